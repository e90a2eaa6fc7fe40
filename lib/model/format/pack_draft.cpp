// SPDX-License-Identifier: Apache-2.0
#include "model/format/pack_draft.hpp"

#include "base/atomic_file.hpp"
#include "base/hash.hpp"
#include "model/format/pack_file.hpp"
#include "model/lookup/word_index.hpp"

#include <fabula/error.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <ostream>

namespace fabula::detail {
namespace {

std::size_t aligned(std::size_t offset) {
    return (offset + pack_alignment - 1) / pack_alignment * pack_alignment;
}

PackBytes bytes_of(std::span<const float> values) {
    const auto bytes = std::as_bytes(values);
    return {bytes.begin(), bytes.end()};
}

} // namespace

void refuse_pack(const std::string& sentence) {
    throw Error(Errc::bad_option, "model to write: " + sentence);
}

PackSection& PackDraft::add(PackSectionKind kind, PackBytes payload, std::size_t table) {
    Entry& entry = entries_.emplace_back();
    entry.section.kind =
        static_cast<std::uint32_t>(kind) + static_cast<std::uint32_t>(table) * pack_table_stride;
    entry.payload = std::move(payload);
    return entry.section;
}

void PackDraft::add_rows(PackSectionKind rows_kind, PackSectionKind codebook_kind, EncodedRows rows,
                         std::size_t table) {
    PackSection& section = add(rows_kind, std::move(rows.payload), table);
    section.encoding = static_cast<std::uint32_t>(rows.options.encoding);
    section.rows = rows.rows;
    section.columns = static_cast<std::uint32_t>(rows.columns);
    if (rows.options.encoding != RowEncoding::product)
        return;
    section.group = static_cast<std::uint32_t>(rows.options.group);
    section.norm_low = rows.norms.low;
    section.norm_high = rows.norms.high;
    add(codebook_kind, bytes_of(rows.codebook), table);
}

void PackDraft::add_languages(std::span<const PackLanguage> languages, std::size_t dimension) {
    std::vector<float> means;
    std::vector<std::vector<HashedProbability>> words;
    for (const PackLanguage& language : languages) {
        means.resize(means.size() + dimension);
        std::copy(language.mean.begin(), language.mean.end(),
                  means.end() - static_cast<std::ptrdiff_t>(dimension));
        words.push_back(language.words);
    }
    PackSection& mean_section = add(PackSectionKind::language_means, bytes_of(means));
    mean_section.rows = languages.size();
    mean_section.columns = static_cast<std::uint32_t>(dimension);
    BuiltWordProbabilities probabilities = build_word_probabilities(words);
    PackSection& word_section =
        add(PackSectionKind::word_probabilities, std::move(probabilities.payload));
    word_section.rows = probabilities.words;
    word_section.columns = static_cast<std::uint32_t>(languages.size());
    word_section.group = probabilities.slot_entries;
}

void PackDraft::save(std::uint32_t version, const nlohmann::json& manifest,
                     const std::filesystem::path& path, PackReport& report) {
    std::sort(entries_.begin(), entries_.end(),
              [](const Entry& a, const Entry& b) { return a.section.kind < b.section.kind; });
    std::size_t offset = sizeof(PackHeader) + entries_.size() * sizeof(PackSection);
    for (Entry& entry : entries_) {
        offset = aligned(offset);
        entry.section.offset = offset;
        entry.section.length = entry.payload.size();
        offset += entry.payload.size();
    }
    PackBytes file(aligned(offset));
    std::size_t position = sizeof(PackHeader);
    for (const Entry& entry : entries_) {
        std::memcpy(file.data() + position, &entry.section, sizeof entry.section);
        position += sizeof entry.section;
        if (!entry.payload.empty())
            std::memcpy(file.data() + entry.section.offset, entry.payload.data(),
                        entry.payload.size());
    }
    report.checksum =
        finish_pack(file, version, static_cast<std::uint32_t>(entries_.size()), manifest);
    report.bytes = file.size();
    save_pack(file, path);
}

std::vector<PackLanguage> sorted_languages(std::vector<PackLanguage> languages,
                                           std::size_t dimension) {
    if (languages.size() > max_pack_languages)
        refuse_pack("more than 65535 languages");
    std::sort(languages.begin(), languages.end(),
              [](const PackLanguage& a, const PackLanguage& b) { return a.tag < b.tag; });
    for (std::size_t i = 0; i < languages.size(); ++i) {
        const PackLanguage& language = languages[i];
        const std::string name = '"' + language.tag + '"';
        if (i > 0 && language.tag == languages[i - 1].tag)
            refuse_pack("the language " + name + " is given twice");
        if (!language.mean.empty() && language.mean.size() != dimension)
            refuse_pack("the mean of " + name + " has " + std::to_string(language.mean.size()) +
                        " values");
        if (!std::all_of(language.mean.begin(), language.mean.end(),
                         [](float x) { return std::isfinite(x); }))
            refuse_pack("the mean of " + name + " is not finite");
        if (!std::all_of(language.words.begin(), language.words.end(),
                         [](const auto& word) { return word.second >= 0 && word.second <= 1; }))
            refuse_pack("a word probability of " + name + " is not in [0, 1]");
    }
    return languages;
}

nlohmann::json card_manifest(const ModelCard& card, std::span<const PackLanguage> languages) {
    nlohmann::json manifest = {
        {"name", card.name},
        {"version", card.version},
        {"description", card.description},
        {"licence", card.licence},
        {"attribution", card.attribution},
        {"provenance", card.provenance},
        {"fold", card.forms_version.empty() ? std::string(forms_version()) : card.forms_version},
        {"languages", nlohmann::json::array()},
        {"quality", card.quality},
    };
    for (const PackLanguage& language : languages)
        manifest["languages"].push_back(language.tag);
    return manifest;
}

std::string finish_pack(PackBytes& file, std::uint32_t version, std::uint32_t sections,
                        const nlohmann::json& manifest) {
    std::string text;
    try {
        text = manifest.dump(1);
    } catch (const nlohmann::json::exception&) {
        refuse_pack("a text of its card is not valid UTF-8");
    }
    PackHeader header{};
    std::memcpy(header.magic, pack_magic, sizeof pack_magic);
    header.version = version;
    header.endian_mark = pack_endian_mark;
    header.manifest_offset = file.size();
    header.manifest_length = text.size();
    header.section_offset = sizeof(PackHeader);
    header.section_count = sections;
    const auto bytes = std::as_bytes(std::span(text));
    file.insert(file.end(), bytes.begin(), bytes.end());
    header.file_size = file.size();
    header.checksum =
        XXH3_64bits(file.data() + sizeof(PackHeader), file.size() - sizeof(PackHeader));
    header.header_checksum = header_checksum(header);
    std::memcpy(file.data(), &header, sizeof header);
    return hexadecimal(header.checksum);
}

void save_pack(const PackBytes& file, const std::filesystem::path& path) {
    // A program may have the old file mapped: never write into it.
    write_atomically(path, [&file](std::ostream& out) {
        out.write(reinterpret_cast<const char*>(file.data()),
                  static_cast<std::streamsize>(file.size()));
    });
}

} // namespace fabula::detail
