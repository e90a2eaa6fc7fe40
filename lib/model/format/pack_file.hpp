// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/format/model_file.hpp"
#include "model/format/pack_format.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// A model file whose header, section table and checksums have been found sound: every section lies
/// inside the file, aligned, and its length fits its rows, columns and encoding.
struct PackFile {
    std::filesystem::path path;
    std::shared_ptr<const ModelFile> file;
    PackHeader header{};
    std::vector<PackSection> sections;
    std::string_view manifest;

    /// \throws Error(file_not_found, unreadable, damaged_model, unsupported_model)
    [[nodiscard]] static PackFile open(const std::filesystem::path& path, bool memory_map = false);

    /// Null where the file has no such section.
    [[nodiscard]] const PackSection* find(PackSectionKind kind, std::size_t table = 0) const;
    [[nodiscard]] std::span<const std::byte> payload(const PackSection& section) const;

    /// Throws Error(damaged_model): "model file PATH is damaged: WHAT; ...".
    [[noreturn]] void refuse(const std::string& what) const;
};

/// The first eight bytes are those of a pack.
[[nodiscard]] bool looks_like_pack(std::span<const std::byte> bytes);

/// `PackHeader::header_checksum` for a header.
[[nodiscard]] std::uint32_t header_checksum(PackHeader header);

} // namespace fabula::detail
