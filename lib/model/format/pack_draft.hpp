// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/format/pack_format.hpp"
#include "model/format/pack_writer.hpp"
#include "model/rows/quantize.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

/// The parts that all writers of model files share.
namespace fabula::detail {

using PackBytes = std::vector<std::byte>;

/// Throws Error(bad_option): "model to write: SENTENCE".
[[noreturn]] void refuse_pack(const std::string& sentence);

/// The sections of a file to be, in any order.
class PackDraft {
public:
    PackSection& add(PackSectionKind kind, PackBytes payload, std::size_t table = 0);

    /// Rows and, for product codes, their codebook.
    void add_rows(PackSectionKind rows_kind, PackSectionKind codebook_kind, EncodedRows rows,
                  std::size_t table = 0);

    /// The sections `language_means` and `word_probabilities`.
    void add_languages(std::span<const PackLanguage> languages, std::size_t dimension);

    /// Writes the file. `report` gets its size and checksum. \throws Error
    void save(std::uint32_t version, const nlohmann::json& manifest,
              const std::filesystem::path& path, PackReport& report);

private:
    struct Entry {
        PackSection section{};
        PackBytes payload;
    };
    std::vector<Entry> entries_;
};

/// By tag. \throws Error(bad_option) where a tag is there twice or a number does not fit
[[nodiscard]] std::vector<PackLanguage> sorted_languages(std::vector<PackLanguage> languages,
                                                         std::size_t dimension);

/// The fields of a card and the tags, as every manifest has them.
[[nodiscard]] nlohmann::json card_manifest(const ModelCard& card,
                                           std::span<const PackLanguage> languages);

/// Puts a manifest behind the sections and the header before them. Returns the checksum.
std::string finish_pack(PackBytes& file, std::uint32_t version, std::uint32_t sections,
                        const nlohmann::json& manifest);

/// The file appears under its name only when it is complete. \throws Error(unwritable)
void save_pack(const PackBytes& file, const std::filesystem::path& path);

} // namespace fabula::detail
