// SPDX-License-Identifier: Apache-2.0
#include "model/format/model_file.hpp"

#include "base/hash.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace fabula::detail {
namespace {

std::string system_reason() {
    return std::generic_category().message(errno);
}

// Memory for a whole file; null where there is not enough.
std::byte* allocate(std::size_t size) {
    // The kernel clears pages one by one as they are first written. Large ones take half the time
    // to read the file into, and look-ups, which go all over it, miss fewer addresses.
    constexpr std::size_t large_page = std::size_t{2} << 20U;
    const std::size_t alignment = size < large_page ? 64 : large_page;
    const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
    void* const bytes = std::aligned_alloc(alignment, rounded);
#ifdef MADV_HUGEPAGE
    if (bytes != nullptr && alignment == large_page)
        ::madvise(bytes, rounded, MADV_HUGEPAGE); // a wish: without, it is only slower
#endif
    return static_cast<std::byte*>(bytes);
}

} // namespace

void ModelFile::Free::operator()(std::byte* bytes) const noexcept {
    std::free(bytes);
}

ModelFile::Descriptor::Descriptor(const std::filesystem::path& path)
    : path_(path), number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (number_ < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            throw Error(Errc::file_not_found, "model file " + path.string() + " does not exist");
        fail("cannot be opened: " + system_reason());
    }
    struct stat status {};
    if (::fstat(number_, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(number_);
        fail("is not a regular file");
    }
    size_ = static_cast<std::size_t>(status.st_size);
}

ModelFile::Descriptor::~Descriptor() {
    ::close(number_);
}

void ModelFile::Descriptor::fail(const std::string& what) const {
    throw Error(Errc::unreadable, "model file " + path_.string() + " " + what);
}

void ModelFile::Descriptor::read(std::size_t offset, std::span<std::byte> out) const {
    while (!out.empty()) {
        const ssize_t count = ::pread(number_, out.data(), out.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            fail("cannot be read at byte " + std::to_string(offset) + ": " +
                 (count == 0 ? "it has become shorter" : system_reason()));
        out = out.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::size_t>(count);
    }
}

const std::byte* ModelFile::Descriptor::map() const {
    void* const address = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, number_, 0);
    if (address == MAP_FAILED)
        fail("cannot be mapped: " + system_reason());
    return static_cast<const std::byte*>(address);
}

ModelFile::ModelFile(const std::filesystem::path& path, bool memory_map) : path_(path) {
    file_.emplace(path_);
    const std::size_t size = file_->size();
    if (size == 0)
        return; // the reader will say that it is too short
    if (memory_map) {
        bytes_ = {file_->map(), size};
        return;
    }
    copy_.reset(allocate(size));
    if (!copy_)
        throw Error(Errc::unreadable, "model file " + path.string() + " has " +
                                          std::to_string(size) +
                                          " bytes, more than there is memory for: map it "
                                          "(ModelOptions::memory_map) or use a smaller one");
    file_->read(0, {copy_.get(), size});
    file_.reset();
    bytes_ = {copy_.get(), size};
}

ModelFile::~ModelFile() {
    if (!copy_ && !bytes_.empty())
        ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

std::uint64_t ModelFile::checksum(std::size_t offset) const {
    if (copy_)
        return XXH3_64bits(bytes_.data() + offset, bytes_.size() - offset);
    std::vector<std::byte> buffer(std::size_t{128} << 10U);
    XXH3_state_t state;
    XXH3_64bits_reset(&state);
    while (offset < bytes_.size()) {
        const auto part = std::span(buffer).first(std::min(buffer.size(), bytes_.size() - offset));
        file_->read(offset, part);
        XXH3_64bits_update(&state, part.data(), part.size());
        offset += part.size();
    }
    return XXH3_64bits_digest(&state);
}

std::string ModelFile::beginning(const std::filesystem::path& path, std::size_t count) {
    const Descriptor file(path);
    std::string bytes(std::min(count, file.size()), '\0');
    file.read(0, std::as_writable_bytes(std::span(bytes)));
    return bytes;
}

} // namespace fabula::detail
