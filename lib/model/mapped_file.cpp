// SPDX-License-Identifier: Apache-2.0
#include "model/mapped_file.hpp"

#include <fabula/error.hpp>

#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace fabula::detail {
MappedFile::Descriptor::~Descriptor() {
    if (value >= 0)
        ::close(value);
}

MappedFile::MappedFile(const std::filesystem::path& path) : path_(path) {
    file_.value = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file_.value < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            throw Error(Errc::file_not_found, "model file " + path.string() + " does not exist");
        throw Error(Errc::unreadable, "model file " + path.string() + " cannot be opened: " +
                                          std::generic_category().message(errno));
    }
    struct stat status {};
    if (::fstat(file_.value, &status) != 0 || !S_ISREG(status.st_mode))
        throw Error(Errc::unreadable, "model file " + path.string() + " is not a regular file");
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0)
        return; // nothing to map; the reader will say that it is too short
    void* const address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file_.value, 0);
    if (address == MAP_FAILED)
        throw Error(Errc::unreadable, "model file " + path.string() + " cannot be mapped: " +
                                          std::generic_category().message(errno));
    bytes_ = {static_cast<const std::byte*>(address), size};
}

MappedFile::~MappedFile() {
    if (!bytes_.empty())
        ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

std::uint64_t MappedFile::checksum(std::size_t offset) const {
    std::vector<std::byte> buffer(std::size_t{128} << 10U);
    XXH3_state_t state;
    XXH3_64bits_reset(&state);
    while (offset < bytes_.size()) {
        const ssize_t count =
            ::pread(file_.value, buffer.data(), std::min(buffer.size(), bytes_.size() - offset),
                    static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            throw Error(Errc::unreadable,
                        "model file " + path_.string() + " cannot be read at byte " +
                            std::to_string(offset) + ": " +
                            (count == 0 ? "it has become shorter"
                                        : std::generic_category().message(errno)));
        XXH3_64bits_update(&state, buffer.data(), static_cast<std::size_t>(count));
        offset += static_cast<std::size_t>(count);
    }
    return XXH3_64bits_digest(&state);
}

} // namespace fabula::detail
