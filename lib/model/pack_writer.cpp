// SPDX-License-Identifier: Apache-2.0
#include "model/pack_writer.hpp"

#include "model/pack_file.hpp"
#include "model/word_index.hpp"

#include <fabula/error.hpp>

#include <nlohmann/json.hpp>
#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <unistd.h>

namespace fabula::detail {
namespace {

using Bytes = std::vector<std::byte>;

[[noreturn]] void refuse(const std::string& sentence) {
    throw Error(Errc::bad_option, "model to write: " + sentence);
}

struct Draft {
    struct Entry {
        PackSection section{};
        Bytes payload;
    };
    std::vector<Entry> entries;

    PackSection& add(PackSectionKind kind, Bytes payload) {
        Entry& entry = entries.emplace_back();
        entry.section.kind = static_cast<std::uint32_t>(kind);
        entry.payload = std::move(payload);
        return entry.section;
    }

    void add_rows(PackSectionKind rows_kind, PackSectionKind codebook_kind, EncodedRows rows) {
        const auto codebook = std::as_bytes(std::span(rows.codebook));
        PackSection& section = add(rows_kind, std::move(rows.payload));
        section.encoding = static_cast<std::uint32_t>(rows.options.encoding);
        section.rows = rows.rows;
        section.columns = static_cast<std::uint32_t>(rows.columns);
        if (rows.options.encoding != RowEncoding::product)
            return;
        section.group = static_cast<std::uint32_t>(rows.options.group);
        section.norm_low = rows.norms.low;
        section.norm_high = rows.norms.high;
        add(codebook_kind, Bytes(codebook.begin(), codebook.end()));
    }
};

std::size_t aligned(std::size_t offset) {
    return (offset + pack_alignment - 1) / pack_alignment * pack_alignment;
}

// All bytes of the file but for the header's place, which `finish` fills in.
Bytes lay_out(Draft& draft) {
    std::size_t offset = sizeof(PackHeader) + draft.entries.size() * sizeof(PackSection);
    for (Draft::Entry& entry : draft.entries) {
        offset = aligned(offset);
        entry.section.offset = offset;
        entry.section.length = entry.payload.size();
        offset += entry.payload.size();
    }
    Bytes file(aligned(offset));
    std::size_t position = sizeof(PackHeader);
    for (const Draft::Entry& entry : draft.entries) {
        std::memcpy(file.data() + position, &entry.section, sizeof entry.section);
        position += sizeof entry.section;
        if (!entry.payload.empty())
            std::memcpy(file.data() + entry.section.offset, entry.payload.data(),
                        entry.payload.size());
    }
    return file;
}

// Puts the manifest at the end and the header at the start. Returns the checksum.
std::string finish(Bytes& file, std::uint32_t sections, const nlohmann::json& manifest) {
    std::string text;
    try {
        text = manifest.dump(1);
    } catch (const nlohmann::json::exception&) {
        refuse("a text of its card is not valid UTF-8");
    }
    PackHeader header{};
    std::memcpy(header.magic, pack_magic, sizeof pack_magic);
    header.version = pack_version;
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

void save(const Bytes& file, const std::filesystem::path& path) {
    // A program may have the old file mapped: never write into it.
    std::filesystem::path draft = path;
    draft += ".";
    draft += std::to_string(::getpid());
    draft += ".tmp";
    std::error_code failure;
    {
        std::ofstream out(draft, std::ios::binary | std::ios::trunc);
        out.write(reinterpret_cast<const char*>(file.data()),
                  static_cast<std::streamsize>(file.size()));
        out.close();
        if (!out) {
            std::filesystem::remove(draft, failure);
            throw Error(Errc::unreadable, "model file " + path.string() +
                                              " cannot be written: is the folder there, writable "
                                              "and the disk not full?");
        }
    }
    std::filesystem::rename(draft, path, failure);
    if (failure) {
        const std::string reason = failure.message();
        std::filesystem::remove(draft, failure);
        throw Error(Errc::unreadable,
                    "model file " + path.string() + " cannot be replaced: " + reason);
    }
}

void check(const PackSource& source) {
    if (source.dimension == 0 || source.dimension > max_pack_dimension)
        refuse("the dimension " + std::to_string(source.dimension) + " is not in 1–65535");
    if (source.word_rows.size() / source.dimension != source.word_hashes.size() ||
        source.word_rows.size() % source.dimension != 0)
        refuse(std::to_string(source.word_hashes.size()) + " words have " +
               std::to_string(source.word_rows.size()) + " values, not " +
               std::to_string(source.dimension) + " each");
    if (source.subword_scheme != fabula_subword_scheme && source.subword_scheme != "none")
        refuse("the subword scheme \"" + source.subword_scheme +
               "\" is not \"fabula-1\" or \"none\"");
    if (source.subword_scheme == "none" && !source.subword_rows.empty())
        refuse("it has subword rows and the subword scheme \"none\"");
    if (source.languages.size() > max_pack_languages)
        refuse("more than 65535 languages");
    for (const PackLanguage& language : source.languages) {
        if (!language.mean.empty() && language.mean.size() != source.dimension)
            refuse("the mean of \"" + language.tag + "\" has " +
                   std::to_string(language.mean.size()) + " values");
        if (!std::all_of(language.mean.begin(), language.mean.end(),
                         [](float x) { return std::isfinite(x); }))
            refuse("the mean of \"" + language.tag + "\" is not finite");
        if (!std::all_of(language.words.begin(), language.words.end(),
                         [](const auto& word) { return word.second >= 0 && word.second <= 1; }))
            refuse("a word probability of \"" + language.tag + "\" is not in [0, 1]");
    }
}

nlohmann::json manifest_of(const PackSource& source, const std::vector<PackLanguage>& languages) {
    const ModelCard& card = source.card;
    nlohmann::json manifest = {
        {"name", card.name},
        {"version", card.version},
        {"description", card.description},
        {"licence", card.licence},
        {"attribution", card.attribution},
        {"provenance", card.provenance},
        {"fold", card.fold.empty() ? std::string(fold_version()) : card.fold},
        {"subword_scheme", source.subword_scheme},
        {"languages", nlohmann::json::array()},
        {"coefficients", source.coefficients},
        {"quality", card.quality},
    };
    for (const PackLanguage& language : languages)
        manifest["languages"].push_back(language.tag);
    return manifest;
}

} // namespace

PackReport write_pack(const PackSource& source, const std::filesystem::path& path) {
    check(source);
    const std::size_t dimension = source.dimension;
    std::vector<PackLanguage> languages = source.languages;
    std::sort(languages.begin(), languages.end(),
              [](const PackLanguage& a, const PackLanguage& b) { return a.tag < b.tag; });
    for (std::size_t i = 1; i < languages.size(); ++i)
        if (languages[i].tag == languages[i - 1].tag)
            refuse("the language \"" + languages[i].tag + "\" is given twice");

    PackReport report;
    Draft draft;
    BuiltWordIndex index = build_word_index(source.word_hashes);
    report.words_dropped = source.word_hashes.size() - index.order.size();
    {
        PackSection& section =
            draft.add(PackSectionKind::vocabulary_index, std::move(index.payload));
        section.rows = index.order.size();
        section.group = index.slot_bits;
        std::vector<float> rows(index.order.size() * dimension);
        std::vector<float> weights;
        for (std::size_t i = 0; i < index.order.size(); ++i) {
            std::copy_n(source.word_rows.data() + index.order[i] * dimension, dimension,
                        rows.data() + i * dimension);
            if (!source.word_weights.empty()) {
                if (source.word_weights.size() != source.word_hashes.size())
                    refuse("the words and their weights differ in number");
                weights.push_back(source.word_weights[index.order[i]]);
            }
        }
        EncodedRows encoded = encode_rows(rows, dimension, source.word_options, weights);
        report.word_cosine = encoded.mean_cosine;
        report.word_error = encoded.relative_error;
        draft.add_rows(PackSectionKind::vocabulary_rows, PackSectionKind::vocabulary_codebook,
                       std::move(encoded));
    }
    if (!source.subword_rows.empty()) {
        EncodedRows encoded = encode_rows(source.subword_rows, dimension, source.subword_options,
                                          source.subword_weights);
        report.subword_cosine = encoded.mean_cosine;
        report.subword_error = encoded.relative_error;
        draft.add_rows(PackSectionKind::subword_rows, PackSectionKind::subword_codebook,
                       std::move(encoded));
    }
    std::vector<float> means;
    std::vector<std::vector<HashedProbability>> words;
    for (const PackLanguage& language : languages) {
        means.resize(means.size() + dimension);
        std::copy(language.mean.begin(), language.mean.end(),
                  means.end() - static_cast<std::ptrdiff_t>(dimension));
        words.push_back(language.words);
    }
    const auto mean_bytes = std::as_bytes(std::span(means));
    PackSection& mean_section =
        draft.add(PackSectionKind::language_means, Bytes(mean_bytes.begin(), mean_bytes.end()));
    mean_section.rows = languages.size();
    mean_section.columns = static_cast<std::uint32_t>(dimension);
    BuiltWordProbabilities probabilities = build_word_probabilities(words);
    PackSection& word_section =
        draft.add(PackSectionKind::word_probabilities, std::move(probabilities.payload));
    word_section.rows = probabilities.words;
    word_section.columns = static_cast<std::uint32_t>(languages.size());
    word_section.group = probabilities.slot_entries;

    Bytes file = lay_out(draft);
    report.checksum = finish(file, static_cast<std::uint32_t>(draft.entries.size()),
                             manifest_of(source, languages));
    report.bytes = file.size();
    save(file, path);
    return report;
}

std::string rewrite_manifest(const std::filesystem::path& in, const std::filesystem::path& out,
                             const PackEdits& edits) {
    const PackFile pack = PackFile::open(in);
    nlohmann::json manifest = nlohmann::json::parse(pack.manifest, nullptr, false);
    if (!manifest.is_object() || !manifest.value("languages", nlohmann::json()).is_array())
        pack.refuse("its manifest is not the JSON of a model");
    for (const auto& [name, text] : edits.texts)
        manifest[name] = text;
    for (const auto& [name, values, drop] :
         {std::tuple{"coefficients", &edits.coefficients, edits.drop_coefficients},
          std::tuple{"quality", &edits.quality, edits.drop_quality}}) {
        nlohmann::json& numbers = manifest[name];
        if (drop || !numbers.is_object())
            numbers = nlohmann::json::object();
        for (const auto& [key, value] : *values) {
            if (!std::isfinite(value))
                refuse("the value of \"" + key + "\" is not finite");
            numbers[key] = value;
        }
    }

    const auto bytes = pack.file->bytes();
    Bytes file(bytes.begin(),
               bytes.begin() + static_cast<std::ptrdiff_t>(pack.header.manifest_offset));
    const PackSection* means = pack.find(PackSectionKind::language_means);
    for (const auto& [tag, mean] : edits.means) {
        const auto& tags = manifest["languages"];
        const auto row =
            static_cast<std::size_t>(std::find(tags.begin(), tags.end(), tag) - tags.begin());
        if (means == nullptr || row >= means->rows || mean.size() != means->columns ||
            !std::all_of(mean.begin(), mean.end(), [](float x) { return std::isfinite(x); }))
            refuse("the mean of \"" + tag + "\" does not fit the languages or the dimension of " +
                   in.string());
        std::memcpy(file.data() + means->offset + row * mean.size() * sizeof(float), mean.data(),
                    mean.size() * sizeof(float));
    }
    const std::string checksum = finish(file, pack.header.section_count, manifest);
    save(file, out);
    return checksum;
}

} // namespace fabula::detail
