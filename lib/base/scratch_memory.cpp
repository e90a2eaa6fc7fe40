// SPDX-License-Identifier: Apache-2.0
#include "base/scratch_memory.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <new>
#include <string>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#ifdef __linux__
#include <linux/fs.h>
#include <sys/ioctl.h>
#endif

namespace fabula::detail {
namespace {

/// So much is mapped at once, and may be resident while it is filled. Whole pages.
constexpr std::size_t extent_bytes = std::size_t{64} << 20U;

/// Asks a file system that would write changed pages to another place, or compressed, not to: the
/// room that is taken for them is of use only where they stay. Btrfs does as asked while a file is
/// empty; others write in place by themselves, or cannot be asked.
void write_in_place([[maybe_unused]] int file) {
#ifdef FS_NOCOW_FL
    int flags = 0;
    if (::ioctl(file, FS_IOC_GETFLAGS, &flags) != 0)
        return;
    flags |= FS_NOCOW_FL;
    ::ioctl(file, FS_IOC_SETFLAGS, &flags);
#endif
}

std::size_t rounded_up(std::size_t value, std::size_t to) {
    return (value + to - 1) / to * to;
}

} // namespace

ScratchMemory::ScratchMemory(std::filesystem::path directory, std::size_t may_stay,
                             WhenFull when_full)
    : directory_(std::move(directory)), may_stay_(may_stay), when_full_(when_full) {
    std::string name = (directory_ / "fabula-XXXXXX").string();
    file_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (file_ < 0)
        refuse("no file can be made", errno);
    ::unlink(name.c_str());
    write_in_place(file_);
}

ScratchMemory::~ScratchMemory() {
    for (const Extent& extent : extents_)
        ::munmap(extent.bytes.data(), extent.bytes.size());
    ::close(file_);
}

void ScratchMemory::evict() noexcept {
    const std::lock_guard lock(mutex_);
    evict_locked();
}

void ScratchMemory::evict_locked() noexcept {
    if (file_bytes_ <= may_stay_)
        return;
    // The mapping is shared: what has been written is in the file, whatever this does.
    for (const Extent& extent : extents_)
        if (extent.is_in_file)
            static_cast<void>(::madvise(extent.bytes.data(), extent.bytes.size(), MADV_DONTNEED));
}

void* ScratchMemory::do_allocate(std::size_t bytes, std::size_t alignment) {
    const std::lock_guard lock(mutex_);
    std::size_t begin = rounded_up(used_, alignment);
    if (extents_.empty() || begin > extents_.back().bytes.size() ||
        bytes > extents_.back().bytes.size() - begin) {
        grow(bytes);
        begin = 0; // extents are pages, and no alignment is more
    }
    used_ = begin + bytes;
    return extents_.back().bytes.data() + begin;
}

void ScratchMemory::grow(std::size_t bytes) {
    if (bytes > std::size_t{1} << 62U)
        throw std::bad_alloc();
    const std::size_t size = std::max(extent_bytes, rounded_up(bytes, extent_bytes));
    int error = 0;
    do
        error = ::posix_fallocate(file_, static_cast<off_t>(file_bytes_), static_cast<off_t>(size));
    while (error == EINTR);
    if (error != 0 && when_full_ == WhenFull::refuse)
        refuse("a file cannot grow", error);
    const bool is_in_file = error == 0;
    extents_.reserve(extents_.size() + 1);
    void* const begin = is_in_file ? ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED,
                                            file_, static_cast<off_t>(file_bytes_))
                                   : ::mmap(nullptr, size, PROT_READ | PROT_WRITE,
                                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (begin == MAP_FAILED && !is_in_file)
        throw std::bad_alloc();
    if (begin == MAP_FAILED)
        refuse("a file cannot be mapped", errno);
    extents_.push_back({{static_cast<std::byte*>(begin), size}, is_in_file});
    file_bytes_ += is_in_file ? size : 0;
    evict_locked();
}

void ScratchMemory::refuse(const char* what, int error) const {
    throw Error(error == ENOENT || error == ENOTDIR ? Errc::file_not_found : Errc::unwritable,
                "in the scratch directory " + directory_.string() + " " + what + ": " +
                    std::generic_category().message(error));
}

} // namespace fabula::detail
