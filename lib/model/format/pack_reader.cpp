// SPDX-License-Identifier: Apache-2.0
#include "language/fasttext_file.hpp"
#include "model/format/pack_file.hpp"
#include "model/format/pack_writer.hpp"
#include "model/lookup/model_data.hpp"
#include "model/lookup/subwords.hpp"

#include <fabula/error.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace fabula::detail {
namespace {

// Log-odds: those of one in a million are 14.
constexpr float largest_coefficient = 1e6F;

// Refuses a section of which one of the first `count` floats is beyond ±`largest` or no number.
// With a right checksum it would otherwise make its way into every vector.
void check_floats(const PackFile& pack, const PackSection& section, std::size_t count,
                  float largest = largest_model_value) {
    const std::byte* const first = pack.payload(section).data();
    // The bits of positive floats are in the order of the floats, and infinity and NaN come last.
    const auto limit = std::bit_cast<std::int32_t>(largest);
    bool sound = true;
    for (std::size_t i = 0; i < count; ++i) {
        std::int32_t bits;
        std::memcpy(&bits, first + i * sizeof bits, sizeof bits);
        sound &= (bits & 0x7FFFFFFF) <= limit;
    }
    for (std::size_t i = 0; i < count && !sound; ++i) {
        float value;
        std::memcpy(&value, first + i * sizeof value, sizeof value);
        if (!(std::abs(value) <= largest))
            pack.refuse("value " + std::to_string(i + 1) + " of its section " +
                        std::to_string(section.kind) + " is " + number_text(value) + ", beyond ±" +
                        number_text(largest));
    }
}

RowMatrix open_rows(const PackFile& pack, PackSectionKind kind, PackSectionKind codebook_kind,
                    std::size_t dimension, std::size_t number) {
    const PackSection* section = pack.find(kind, number);
    if (section == nullptr)
        return {};
    const std::string name = "its section " + std::to_string(section->kind) + " ";
    if (section->columns != dimension)
        pack.refuse(name + "has " + std::to_string(section->columns) +
                    " columns, the mean vectors have " + std::to_string(dimension));
    const auto encoding = static_cast<RowEncoding>(section->encoding);
    const auto payload = pack.payload(*section);
    std::span<const std::byte> codebook;
    const std::size_t floats = encoding == RowEncoding::float32 ? section->rows * dimension
                               : encoding == RowEncoding::int8  ? section->rows
                                                                : 0;
    if (encoding == RowEncoding::product) {
        const PackSection* codes = pack.find(codebook_kind, number);
        if (codes == nullptr || codes->length != dimension * centroids_per_group * sizeof(float))
            pack.refuse(name + "has no codebook of its size");
        codebook = pack.payload(*codes);
        // A value is a norm × that of a centroid.
        check_floats(pack, *codes, codebook.size() / sizeof(float),
                     largest_model_value / std::max(1.0F, section->norm_high));
    }
    check_floats(pack, *section, floats);
    return RowMatrix::encoded(encoding, payload, codebook, section->rows, dimension, section->group,
                              {section->norm_low, section->norm_high});
}

const PackSection& required(const PackFile& pack, PackSectionKind kind, std::size_t number = 0) {
    const PackSection* section = pack.find(kind, number);
    if (section == nullptr)
        pack.refuse("it has no section " + std::to_string(static_cast<std::uint32_t>(kind)) +
                    (number > 0 ? " of table " + std::to_string(number) : ""));
    return *section;
}

// What the manifest says of a table.
struct TableEntry {
    std::string language;
    std::string scheme_name;
    SubwordScheme scheme{};
    std::uint32_t shortest_ngram{}, longest_ngram{}, buckets{};
};

void read_number(const nlohmann::json& entry, const char* name, std::uint32_t& value) {
    // Numbers that are negative or too large would be cut to size without a word.
    if (const auto found = entry.find(name); found != entry.end()) {
        const auto wide = found->is_number_unsigned() ? found->get<std::uint64_t>() : ~0ULL;
        value = static_cast<std::uint32_t>(std::min<std::uint64_t>(wide, 0xFFFFFFFFU));
    }
}

std::vector<TableEntry> read_tables(const nlohmann::json& manifest) {
    std::vector<TableEntry> tables;
    for (const auto& entry : manifest.at("tables")) {
        TableEntry& table = tables.emplace_back();
        entry.at("language").get_to(table.language);
        entry.at("scheme").get_to(table.scheme_name);
        read_number(entry, "shortest_ngram", table.shortest_ngram);
        read_number(entry, "longest_ngram", table.longest_ngram);
        read_number(entry, "buckets", table.buckets);
    }
    return tables;
}

// Version 1 writes "none" for a table without subwords; its words are normalised forms as ever.
SubwordScheme scheme_of(const PackFile& pack, const std::string& name) {
    if (pack.header.version == pack_version) {
        if (name == fabula_subword_scheme || name == "none")
            return SubwordScheme::fabula;
    } else
        for (const SubwordScheme scheme : {SubwordScheme::none, SubwordScheme::fasttext})
            if (name == table_scheme_name(scheme))
                return scheme;
    throw Error(Errc::unsupported_model,
                "model file " + pack.path.string() + " has the subword scheme \"" + name +
                    "\", this library knows \"" + std::string(fabula_subword_scheme) +
                    "\", \"fasttext\" and \"words\"; use a model and a library of the same "
                    "release");
}

std::vector<TableEntry> read_manifest(const PackFile& pack, ModelParts& parts) {
    ModelCard& card = parts.card;
    std::vector<TableEntry> tables;
    try {
        const auto manifest = nlohmann::json::parse(pack.manifest);
        for (const auto& [name, field] : {std::pair{"name", &card.name},
                                          {"version", &card.version},
                                          {"description", &card.description},
                                          {"licence", &card.licence},
                                          {"attribution", &card.attribution},
                                          {"provenance", &card.provenance}})
            *field = manifest.value(name, std::string());
        manifest.at("fold").get_to(card.forms_version);
        manifest.at("languages").get_to(parts.languages);
        if (pack.header.version == pack_version)
            manifest.at("subword_scheme").get_to(tables.emplace_back().scheme_name);
        else
            tables = read_tables(manifest);
        parts.coefficients = manifest.value("coefficients", parts.coefficients);
        card.quality = manifest.value("quality", card.quality);
    } catch (const nlohmann::json::exception& problem) {
        pack.refuse(std::string("its manifest cannot be read: ") + problem.what());
    }
    for (const auto& [name, value] : parts.coefficients)
        if (!(std::abs(value) <= largest_coefficient))
            pack.refuse("its coefficient \"" + name + "\" is " + number_text(value) + ", beyond ±" +
                        number_text(largest_coefficient));
    if (!std::is_sorted(parts.languages.begin(), parts.languages.end()))
        pack.refuse("the languages of its manifest are not sorted");
    const std::string path = pack.path.string();
    for (TableEntry& table : tables)
        table.scheme = scheme_of(pack, table.scheme_name);
    if (card.forms_version != forms_version())
        throw Error(Errc::unsupported_model,
                    "model file " + path + " was trained with the word forms \"" +
                        card.forms_version + "\", this library has \"" +
                        std::string(forms_version()) +
                        "\"; use a model and a library of the same release");
    card.path = path;
    card.bytes = pack.header.file_size;
    card.checksum = hexadecimal(pack.header.checksum);
    return tables;
}

// The rows of fastText's n-grams.
void open_buckets(const PackFile& pack, const TableEntry& entry, std::size_t number,
                  WordTable& table) {
    const std::string name = "table " + std::to_string(number) + " ";
    table.shortest_ngram = entry.shortest_ngram;
    table.longest_ngram = entry.longest_ngram;
    table.buckets = entry.buckets;
    if (entry.longest_ngram == 0 || entry.longest_ngram > max_pack_ngram || entry.buckets == 0)
        pack.refuse(name + "has impossible n-grams");
    const PackSection* kept = pack.find(PackSectionKind::subword_buckets, number);
    if (kept == nullptr) {
        if (table.subwords.rows() != table.buckets)
            pack.refuse(name + "has " + std::to_string(table.subwords.rows()) + " rows for " +
                        std::to_string(table.buckets) + " buckets");
        return;
    }
    const auto bytes = pack.payload(*kept);
    if (kept->rows != table.subwords.rows() || bytes.size() != kept->rows * sizeof(std::uint32_t))
        pack.refuse(name + "has buckets that do not fit its rows");
    table.pruned = true;
    table.kept_buckets.reserve(kept->rows);
    for (std::uint32_t row = 0; row < kept->rows; ++row) {
        std::uint32_t bucket;
        std::memcpy(&bucket, bytes.data() + row * sizeof bucket, sizeof bucket);
        table.kept_buckets.emplace(bucket, row);
    }
}

void open_table(const PackFile& pack, const TableEntry& entry, std::size_t number,
                ModelParts& parts) {
    WordTable& table = parts.tables.emplace_back();
    table.scheme = entry.scheme;
    const PackSection& index = required(pack, PackSectionKind::vocabulary_index, number);
    if (const std::string wrong =
            WordIndex::open(pack.payload(index), index.rows, index.group, table.index);
        !wrong.empty())
        pack.refuse(wrong);
    required(pack, PackSectionKind::vocabulary_rows, number);
    table.words = open_rows(pack, PackSectionKind::vocabulary_rows,
                            PackSectionKind::vocabulary_codebook, parts.dimension, number);
    table.subwords = open_rows(pack, PackSectionKind::subword_rows,
                               PackSectionKind::subword_codebook, parts.dimension, number);
    if (table.words.rows() != table.index.words())
        pack.refuse("its vocabulary has " + std::to_string(table.index.words()) + " words and " +
                    std::to_string(table.words.rows()) + " rows");
    if (table.scheme == SubwordScheme::fasttext && table.subwords.rows() > 0)
        open_buckets(pack, entry, number, table);
    parts.card.vocabulary += table.words.rows();
    parts.card.subwords += table.subwords.rows();
}

// Which table is asked first for each language.
void assign_tables(const PackFile& pack, const std::vector<TableEntry>& entries,
                   ModelParts& parts) {
    parts.first_table.assign(parts.languages.size(), ModelParts::all_tables);
    parts.any_language = entries.size() == 1 && entries[0].language.empty();
    if (parts.any_language && parts.languages.size() != 1)
        pack.refuse("its one table is of no language");
    for (std::size_t t = 0; t < entries.size() && !parts.any_language; ++t) {
        const auto found =
            std::find(parts.languages.begin(), parts.languages.end(), entries[t].language);
        const auto language = static_cast<std::size_t>(found - parts.languages.begin());
        if (found == parts.languages.end() || parts.first_table[language] != ModelParts::all_tables)
            pack.refuse("table " + std::to_string(t) + " is of no language of its own");
        parts.first_table[language] = t;
    }
}

// Only whether its size fits: what is in it is decoded, and looked at, by whoever asks for it.
std::span<const std::byte> open_background(const PackFile& pack, std::size_t dimension) {
    const PackSection* section = pack.find(PackSectionKind::background);
    if (section == nullptr)
        return {};
    if (section->columns != dimension)
        pack.refuse("its background is of " + std::to_string(section->columns) +
                    " dimensions, its mean vectors are of " + std::to_string(dimension));
    if (section->rows > section->length / background_term_bytes ||
        section->length != background_length(dimension, section->rows))
        pack.refuse("its background has a length that does not fit its " +
                    std::to_string(section->rows) + " terms");
    return pack.payload(*section);
}

} // namespace

std::shared_ptr<const ModelData> ModelData::open_pack(const std::filesystem::path& path,
                                                      const ModelOptions& options) {
    const PackFile pack = PackFile::open(path, options.memory_map);
    ModelParts parts;
    const std::vector<TableEntry> entries = read_manifest(pack, parts);
    if (entries.empty() || entries.size() > max_pack_tables)
        pack.refuse("it has " + std::to_string(entries.size()) + " tables");

    const PackSection& means = required(pack, PackSectionKind::language_means);
    const auto mean_bytes = pack.payload(means);
    if (means.columns == 0 || means.columns > max_pack_dimension ||
        means.rows > max_pack_languages || means.rows != parts.languages.size() ||
        means.length != means.rows * means.columns * sizeof(float))
        pack.refuse("its mean vectors do not fit its " + std::to_string(parts.languages.size()) +
                    " languages");
    check_floats(pack, means, mean_bytes.size() / sizeof(float));
    parts.dimension = means.columns;
    parts.means.resize(means.rows * means.columns);
    if (!parts.means.empty())
        std::memcpy(parts.means.data(), mean_bytes.data(), mean_bytes.size());

    const PackSection& words = required(pack, PackSectionKind::word_probabilities);
    std::string wrong;
    if (words.columns != parts.languages.size())
        wrong = "its word probabilities do not fit its languages";
    if (wrong.empty())
        wrong = WordProbabilities::open(pack.payload(words), words.rows, words.columns, words.group,
                                        parts.probabilities);
    if (!wrong.empty())
        pack.refuse(wrong);
    parts.tables.reserve(entries.size());
    for (std::size_t t = 0; t < entries.size(); ++t)
        open_table(pack, entries[t], t, parts);
    if (pack.header.version != pack_version)
        assign_tables(pack, entries, parts);
    parts.background = open_background(pack, parts.dimension);
    parts.card.quantisation = to_string(parts.tables[0].words.encoding());
    parts.storage.push_back(pack.file);
    parts.folder = path.parent_path();
    return std::make_shared<const ModelData>(std::move(parts));
}

} // namespace fabula::detail
