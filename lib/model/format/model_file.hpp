// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace fabula::detail {

/// All bytes of a file: read into memory of its own, or mapped.
///
/// What was read stays, whatever becomes of the file. A mapping is the file itself: where that is
/// shortened, the next look beyond its end ends the program (SIGBUS).
class ModelFile {
public:
    /// \throws Error(file_not_found, unreadable)
    ModelFile(const std::filesystem::path& path, bool memory_map);
    ~ModelFile();
    ModelFile(const ModelFile&) = delete;
    ModelFile& operator=(const ModelFile&) = delete;

    [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return bytes_; }

    /// XXH3-64 of the bytes from `offset` on. Those of a mapped file are read through a small
    /// buffer: a third of the time that it takes in the mapping, and no page becomes resident.
    /// \throws Error(unreadable)
    [[nodiscard]] std::uint64_t checksum(std::size_t offset) const;

    /// The first bytes of a file, `count` of them where it has so many.
    /// \throws Error(file_not_found, unreadable)
    [[nodiscard]] static std::string beginning(const std::filesystem::path& path,
                                               std::size_t count);

private:
    /// Opens a regular file, and closes it.
    class Descriptor {
    public:
        explicit Descriptor(const std::filesystem::path& path);
        ~Descriptor();
        Descriptor(const Descriptor&) = delete;
        Descriptor& operator=(const Descriptor&) = delete;

        [[nodiscard]] std::size_t size() const noexcept { return size_; }
        void read(std::size_t offset, std::span<std::byte> out) const;
        [[nodiscard]] const std::byte* map() const;

    private:
        [[noreturn]] void fail(const std::string& what) const;

        const std::filesystem::path& path_;
        int number_;
        std::size_t size_{};
    };
    struct Free {
        void operator()(std::byte* bytes) const noexcept;
    };

    std::filesystem::path path_;
    std::optional<Descriptor> file_;        ///< of a mapped file
    std::unique_ptr<std::byte, Free> copy_; ///< of any other
    std::span<const std::byte> bytes_;
};

} // namespace fabula::detail
