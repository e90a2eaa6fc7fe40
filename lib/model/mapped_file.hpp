// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace fabula::detail {

/// A whole file, mapped read-only and shared: programs that open the same model share its memory. A
/// file must not be shortened while it is mapped (replace it by renaming a new one over it).
class MappedFile {
public:
    /// \throws Error(file_not_found, unreadable)
    explicit MappedFile(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return bytes_; }

    /// XXH3-64 of the bytes from `offset` on, read through a small buffer: a third of the time that
    /// it takes in the mapping, and no page of it becomes resident.
    /// \throws Error(unreadable)
    [[nodiscard]] std::uint64_t checksum(std::size_t offset) const;

private:
    /// Closes itself.
    struct Descriptor {
        int value{-1};
        Descriptor() = default;
        ~Descriptor();
        Descriptor(const Descriptor&) = delete;
        Descriptor& operator=(const Descriptor&) = delete;
    };

    std::filesystem::path path_;
    Descriptor file_;
    std::span<const std::byte> bytes_;
};

} // namespace fabula::detail
