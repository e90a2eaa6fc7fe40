// SPDX-License-Identifier: Apache-2.0
#include "io/file_texts.hpp"

#include "io/json_line.hpp"
#include "io/message.hpp"

#include <fabula/error.hpp>

#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <unistd.h>
#include <utility>

namespace fabula::detail {

FileTexts::~FileTexts() {
    for (const File& file : files_)
        ::close(file.descriptor);
}

void FileTexts::open(const std::string& name) {
    const int descriptor = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        throw Error{Errc::unreadable, name + ": cannot be opened" + system_reason(errno)};
    files_.push_back({name, descriptor});
}

void FileTexts::add_line(std::uint64_t offset, std::size_t bytes) {
    if (bytes > std::numeric_limits<std::uint32_t>::max())
        throw Error{Errc::bad_input, files_.back().name + ": the line at byte " +
                                         std::to_string(offset) + " is longer than 4 GiB"};
    places_.push_back(
        {offset, static_cast<std::uint32_t>(bytes), static_cast<std::uint32_t>(files_.size() - 1)});
}

void FileTexts::add_text(std::string&& text) {
    places_.push_back({held_.size(), 0, in_memory});
    held_.push_back(std::move(text));
}

void FileTexts::read(std::size_t i, std::string& text) const {
    const Place& place = places_.at(i);
    if (place.file == in_memory) {
        text = held_[place.offset];
        return;
    }
    const File& file = files_[place.file];
    thread_local JsonLineReader reader;
    thread_local std::string line;
    thread_local JsonLine parsed;
    line.resize(place.bytes);
    for (std::size_t done = 0; done < line.size();) {
        const ssize_t got = ::pread(file.descriptor, line.data() + done, line.size() - done,
                                    static_cast<off_t>(place.offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            throw Error{Errc::unreadable,
                        file.name + ": the line at byte " + std::to_string(place.offset) +
                            " could not be read again" +
                            (got < 0 ? system_reason(errno) : ": the file has become shorter")};
        done += static_cast<std::size_t>(got);
    }
    if (reader.read(line, false, parsed))
        throw Error{Errc::unreadable, file.name + ": the line at byte " +
                                          std::to_string(place.offset) +
                                          " has changed while it was in use"};
    std::swap(text, parsed.article.text);
}

} // namespace fabula::detail
