// SPDX-License-Identifier: Apache-2.0
#include "io/collect/file_texts.hpp"

#include "io/json/json_line.hpp"
#include "io/message.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace fabula::detail {

class FileTexts::OpenFile {
public:
    explicit OpenFile(const std::string& name)
        : descriptor_(::open(name.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (descriptor_ < 0)
            throw Error{Errc::unreadable, name + ": cannot be opened" + system_reason(errno)};
    }
    ~OpenFile() { ::close(descriptor_); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

    [[nodiscard]] Identity identity() const {
        struct stat status {};
        if (::fstat(descriptor_, &status) != 0)
            return {}; // of no file
        return {status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
                status.st_mtim.tv_nsec};
    }

private:
    int descriptor_;
};

void FileTexts::open(const std::string& name) {
    const OpenFile file{name};
    files_.push_back({name, file.identity()});
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

std::shared_ptr<const FileTexts::OpenFile> FileTexts::opened(std::size_t file) const {
    const std::lock_guard lock(mutex_);
    Slot& slot = open_[file % most_open];
    if (!slot.open || slot.file != file) {
        slot.open.reset();
        slot.open = std::make_shared<const OpenFile>(files_[file].name);
        slot.file = file;
    }
    return slot.open;
}

void FileTexts::read_line(const Place& place, std::string& line) const {
    const File& file = files_[place.file];
    const std::shared_ptr<const OpenFile> open = opened(place.file);
    line.resize(place.bytes);
    std::size_t done = 0;
    ssize_t got = 1;
    while (done < line.size() && got > 0) {
        got = ::pread(open->descriptor(), line.data() + done, line.size() - done,
                      static_cast<off_t>(place.offset + done));
        if (got < 0 && errno == EINTR)
            got = 1;
        else if (got < 0)
            throw Error{Errc::unreadable, file.name + ": the line at byte " +
                                              std::to_string(place.offset) +
                                              " could not be read again" + system_reason(errno)};
        else
            done += static_cast<std::size_t>(got);
    }
    if (done < line.size() || open->identity() != file.identity)
        throw Error{Errc::unreadable,
                    file.name + ": the file has changed while it was in use; texts are read from "
                                "it several times, so leave it as it is until the end, or have "
                                "them held in memory"};
}

void FileTexts::read(std::size_t i, std::string& text) const {
    const Place& place = places_.at(i);
    if (place.file == in_memory) {
        text = held_[place.offset];
        return;
    }
    /// What a thread keeps from text to text.
    struct Room {
        explicit Room(const FieldNames& of) : names(of), reader(names) {}
        Room(const Room&) = delete;
        Room& operator=(const Room&) = delete;
        FieldNames names; ///< of the texts read last, which may be gone
        JsonLineReader reader;
        std::string line;
        Record parsed;
    };
    thread_local std::unique_ptr<Room> room;
    if (!room || room->names != names_)
        room = std::make_unique<Room>(names_);
    read_line(place, room->line);
    RecordOptions options;
    options.only_text = true;
    if (room->reader.read(room->line, options, room->parsed))
        throw Error{Errc::unreadable, files_[place.file].name + ": the line at byte " +
                                          std::to_string(place.offset) +
                                          " has changed while it was in use"};
    std::swap(text, room->parsed.article.text);
    // Of the line, and of the text that the caller had before.
    if (std::max(room->line.capacity(), room->parsed.article.text.capacity()) > kept_room)
        room.reset();
}

} // namespace fabula::detail
