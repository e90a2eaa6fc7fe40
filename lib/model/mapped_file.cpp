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

namespace fabula::detail {
namespace {

// Closes the descriptor when the constructor is left; the mapping stays.
struct Descriptor {
    int value;
    ~Descriptor() {
        if (value >= 0)
            ::close(value);
    }
};

} // namespace

MappedFile::MappedFile(const std::filesystem::path& path) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.value < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            throw Error(Errc::file_not_found, "model file " + path.string() + " does not exist");
        throw Error(Errc::unreadable, "model file " + path.string() + " cannot be opened: " +
                                          std::generic_category().message(errno));
    }
    struct stat status {};
    if (::fstat(file.value, &status) != 0 || !S_ISREG(status.st_mode))
        throw Error(Errc::unreadable, "model file " + path.string() + " is not a regular file");
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0)
        return; // nothing to map; the reader will say that it is too short
    void* const address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.value, 0);
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
    constexpr std::size_t window = std::size_t{4} << 20U; // a multiple of every page size
    XXH3_state_t state;
    XXH3_64bits_reset(&state);
    for (std::size_t begin = 0; begin < bytes_.size(); begin += window) {
        const auto part = bytes_.subspan(begin, std::min(window, bytes_.size() - begin));
        void* const address = const_cast<std::byte*>(part.data());
#ifdef MADV_POPULATE_READ
        // One call instead of a page fault for every few pages; where the kernel is too old for it,
        // the faults do the work.
        ::madvise(address, part.size(), MADV_POPULATE_READ);
#endif
        const std::size_t skip = offset > begin ? std::min(offset - begin, part.size()) : 0;
        XXH3_64bits_update(&state, part.data() + skip, part.size() - skip);
        // The bytes stay in the page cache and come back at a touch.
        ::madvise(address, part.size(), MADV_DONTNEED);
    }
    return XXH3_64bits_digest(&state);
}

} // namespace fabula::detail
