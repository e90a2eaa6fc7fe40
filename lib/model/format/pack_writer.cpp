// SPDX-License-Identifier: Apache-2.0
#include "model/format/pack_writer.hpp"

#include "model/format/pack_draft.hpp"
#include "model/format/pack_file.hpp"
#include "model/lookup/word_index.hpp"

#include <fabula/error.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

namespace fabula::detail {
namespace {

nlohmann::json manifest_of(const PackFile& pack) {
    nlohmann::json manifest = nlohmann::json::parse(pack.manifest, nullptr, false);
    if (!manifest.is_object() || !manifest.value("languages", nlohmann::json()).is_array())
        pack.refuse("its manifest is not the JSON of a model");
    return manifest;
}

void check(const PackSource& source) {
    if (source.dimension == 0 || source.dimension > max_pack_dimension)
        refuse_pack("the dimension " + std::to_string(source.dimension) + " is not in 1–65535");
    if (source.word_rows.size() / source.dimension != source.word_hashes.size() ||
        source.word_rows.size() % source.dimension != 0)
        refuse_pack(std::to_string(source.word_hashes.size()) + " words have " +
                    std::to_string(source.word_rows.size()) + " values, not " +
                    std::to_string(source.dimension) + " each");
    if (source.subword_scheme != fabula_subword_scheme && source.subword_scheme != "none")
        refuse_pack("the subword scheme \"" + source.subword_scheme + "\" is not \"" +
                    std::string(fabula_subword_scheme) + R"(" or "none")");
    if (source.subword_scheme == "none" && !source.subword_rows.empty())
        refuse_pack("it has subword rows and the subword scheme \"none\"");
}

// The words that each file spells belong to one language, or to all where there is one table.
void check_tables(const PackTables& source, std::span<const PackLanguage> languages) {
    if (source.tables.empty() || source.tables.size() > max_pack_tables)
        refuse_pack("it has " + std::to_string(source.tables.size()) + " tables, not 1–" +
                    std::to_string(max_pack_tables));
    std::set<std::string> seen;
    for (const PackTable& table : source.tables) {
        const std::string name = "the table of \"" + table.language + "\" ";
        const bool known =
            table.language.empty()
                ? source.tables.size() == 1 && languages.size() == 1
                : std::any_of(languages.begin(), languages.end(),
                              [&](const PackLanguage& l) { return l.tag == table.language; });
        if (!known || !seen.insert(table.language).second)
            refuse_pack(name + "is of no language of its own");
        if (table.words.rows != table.index.order.size() ||
            table.words.columns != source.dimension ||
            (table.subwords.rows > 0 && table.subwords.columns != source.dimension))
            refuse_pack(name + "has rows that do not fit its words or the dimension");
        if (table.scheme == SubwordScheme::fabula ||
            (table.scheme == SubwordScheme::none && table.subwords.rows > 0))
            refuse_pack(name + "has subwords that do not fit its scheme");
        const std::size_t rows = table.pruned ? table.kept_buckets.size() : table.buckets;
        if (table.subwords.rows > 0 && table.subwords.rows != rows)
            refuse_pack(name + "has " + std::to_string(table.subwords.rows) + " rows for " +
                        std::to_string(rows) + " buckets");
    }
}

} // namespace

PackReport write_pack(const PackSource& source, const std::filesystem::path& path) {
    check(source);
    const std::size_t dimension = source.dimension;
    const auto languages = sorted_languages(source.languages, dimension);
    PackReport report;
    PackDraft draft;
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
                    refuse_pack("the words and their weights differ in number");
                weights.push_back(source.word_weights[index.order[i]]);
            }
        }
        EncodedRows encoded = encode_rows(rows, dimension, source.word_options, weights);
        report.word_cosine = encoded.mean_cosine;
        draft.add_rows(PackSectionKind::vocabulary_rows, PackSectionKind::vocabulary_codebook,
                       std::move(encoded));
    }
    if (!source.subword_rows.empty()) {
        EncodedRows encoded = encode_rows(source.subword_rows, dimension, source.subword_options);
        report.subword_cosine = encoded.mean_cosine;
        draft.add_rows(PackSectionKind::subword_rows, PackSectionKind::subword_codebook,
                       std::move(encoded));
    }
    draft.add_languages(languages, dimension);
    nlohmann::json manifest = card_manifest(source.card, languages);
    manifest["subword_scheme"] = source.subword_scheme;
    manifest["coefficients"] = source.coefficients;
    draft.save(pack_version, manifest, path, report);
    return report;
}

PackReport write_pack(PackTables source, const std::filesystem::path& path) {
    const auto languages = sorted_languages(std::move(source.languages), source.dimension);
    check_tables(source, languages);
    PackReport report;
    PackDraft draft;
    nlohmann::json manifest = card_manifest(source.card, languages);
    for (std::size_t t = 0; t < source.tables.size(); ++t) {
        PackTable& table = source.tables[t];
        nlohmann::json entry = {{"language", table.language},
                                {"scheme", table_scheme_name(table.scheme)}};
        PackSection& index =
            draft.add(PackSectionKind::vocabulary_index, std::move(table.index.payload), t);
        index.rows = table.words.rows;
        index.group = table.index.slot_bits;
        draft.add_rows(PackSectionKind::vocabulary_rows, PackSectionKind::vocabulary_codebook,
                       std::move(table.words), t);
        if (table.subwords.rows > 0) {
            entry["shortest_ngram"] = table.shortest_ngram;
            entry["longest_ngram"] = table.longest_ngram;
            entry["buckets"] = table.buckets;
            if (table.pruned) {
                const auto kept = std::as_bytes(std::span(table.kept_buckets));
                draft.add(PackSectionKind::subword_buckets, {kept.begin(), kept.end()}, t).rows =
                    table.subwords.rows;
            }
            draft.add_rows(PackSectionKind::subword_rows, PackSectionKind::subword_codebook,
                           std::move(table.subwords), t);
        }
        manifest["tables"].push_back(std::move(entry));
    }
    draft.add_languages(languages, source.dimension);
    draft.save(pack_version_tables, manifest, path, report);
    return report;
}

std::string rewrite_manifest(const std::filesystem::path& in, const std::filesystem::path& out,
                             const PackEdits& edits) {
    const PackFile pack = PackFile::open(in);
    nlohmann::json manifest = manifest_of(pack);
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
                refuse_pack("the value of \"" + key + "\" is not finite");
            numbers[key] = value;
        }
    }

    const auto bytes = pack.file->bytes();
    PackBytes file(bytes.begin(),
                   bytes.begin() + static_cast<std::ptrdiff_t>(pack.header.manifest_offset));
    const PackSection* means = pack.find(PackSectionKind::language_means);
    for (const auto& [tag, mean] : edits.means) {
        const auto& tags = manifest["languages"];
        const auto row =
            static_cast<std::size_t>(std::find(tags.begin(), tags.end(), tag) - tags.begin());
        if (means == nullptr || row >= means->rows || mean.size() != means->columns ||
            !std::all_of(mean.begin(), mean.end(), [](float x) { return std::isfinite(x); }))
            refuse_pack("the mean of \"" + tag +
                        "\" does not fit the languages or the dimension of " + in.string());
        std::memcpy(file.data() + means->offset + row * mean.size() * sizeof(float), mean.data(),
                    mean.size() * sizeof(float));
    }
    std::string checksum =
        finish_pack(file, pack.header.version, pack.header.section_count, manifest);
    save_pack(file, out);
    return checksum;
}

std::string rewrite_background(const std::filesystem::path& in, const std::filesystem::path& out,
                               std::string_view bytes) {
    const PackFile pack = PackFile::open(in);
    const nlohmann::json manifest = manifest_of(pack);
    constexpr auto kind = PackSectionKind::background;
    PackDraft draft;
    for (const PackSection& section : pack.sections)
        if (section.kind != static_cast<std::uint32_t>(kind)) {
            const auto payload = pack.payload(section);
            draft.add(kind, {payload.begin(), payload.end()}) = section;
        }
    if (!bytes.empty()) {
        const PackSection* means = pack.find(PackSectionKind::language_means);
        const std::uint32_t dimension = means == nullptr ? 0 : means->columns;
        const std::uint64_t least = background_length(dimension, 0);
        const std::uint64_t terms =
            bytes.size() < least ? 0 : (bytes.size() - least) / background_term_bytes;
        if (bytes.size() != background_length(dimension, terms))
            refuse_pack("the background does not fit the dimension of " + in.string());
        const auto payload = std::as_bytes(std::span(bytes));
        PackSection& section = draft.add(kind, {payload.begin(), payload.end()});
        section.rows = terms;
        section.columns = dimension;
    }
    PackReport report;
    draft.save(pack.header.version, manifest, out, report);
    return report.checksum;
}

} // namespace fabula::detail
