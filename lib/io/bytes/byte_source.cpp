// SPDX-License-Identifier: Apache-2.0
#include "io/bytes/byte_source.hpp"

#include "io/message.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <ios>
#include <unistd.h>

namespace fabula::detail {

std::string_view ByteSource::peek(std::size_t count) {
    count = std::min(count, block_bytes);
    auto have = static_cast<std::size_t>(egptr() - gptr());
    if (have < count && have > 0)
        std::memmove(buffer_.data(), gptr(), have);
    while (have < count) {
        std::size_t got = 0;
        try {
            got = fill(buffer_.data() + have, buffer_.size() - have);
        } catch (const std::ios_base::failure&) {
            got = 0; // the next read fails in the same way
        }
        have += got;
        setg(buffer_.data(), buffer_.data(), buffer_.data() + have);
        if (got == 0)
            break;
    }
    return {gptr(), std::min(count, have)};
}

ByteSource::int_type ByteSource::underflow() {
    const std::size_t got = fill(buffer_.data(), block_bytes);
    if (got == 0)
        return traits_type::eof();
    setg(buffer_.data(), buffer_.data(), buffer_.data() + got);
    return traits_type::to_int_type(buffer_.front());
}

FileSource::FileSource(const std::string& file)
    : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0)
        throw Error{Errc::unreadable, file + ": cannot be opened" + system_reason(errno)};
}

FileSource::~FileSource() {
    if (descriptor_ != STDIN_FILENO)
        ::close(descriptor_);
}

std::size_t FileSource::fill(char* to, std::size_t room) {
    ssize_t count = 0;
    do {
        count = ::read(descriptor_, to, room);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        throw std::ios_base::failure{"read error"};
    return static_cast<std::size_t>(count);
}

} // namespace fabula::detail
