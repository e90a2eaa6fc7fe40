// SPDX-License-Identifier: Apache-2.0
#include "model/model_data.hpp"
#include "model/pack_file.hpp"
#include "model/subwords.hpp"

#include <fabula/error.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace fabula::detail {
namespace {

// True where every float of a section, or of its first `count`, is finite. Unfit numbers that a
// right checksum covers would otherwise make their way into every vector.
bool all_finite(std::span<const std::byte> bytes, std::size_t count) {
    bool finite = true;
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t bits;
        std::memcpy(&bits, bytes.data() + i * sizeof bits, sizeof bits);
        finite &= (bits & 0x7F800000U) != 0x7F800000U;
    }
    return finite;
}

RowMatrix open_rows(const PackFile& pack, PackSectionKind kind, PackSectionKind codebook_kind,
                    std::size_t dimension) {
    const PackSection* section = pack.find(kind);
    if (section == nullptr)
        return {};
    const std::string name = "its section " + std::to_string(section->kind) + " ";
    if (section->columns != dimension)
        pack.refuse(name + "has " + std::to_string(section->columns) +
                    " columns, the mean vectors have " + std::to_string(dimension));
    const auto encoding = static_cast<RowEncoding>(section->encoding);
    const auto payload = pack.payload(*section);
    std::span<const std::byte> codebook;
    std::size_t floats = encoding == RowEncoding::float32 ? section->rows * dimension
                         : encoding == RowEncoding::int8  ? section->rows
                                                          : 0;
    if (encoding == RowEncoding::product) {
        const PackSection* codes = pack.find(codebook_kind);
        if (codes == nullptr || codes->length != dimension * centroids_per_group * sizeof(float))
            pack.refuse(name + "has no codebook of its size");
        codebook = pack.payload(*codes);
        if (!all_finite(codebook, codebook.size() / sizeof(float)))
            pack.refuse("a codebook has a value that is not finite");
    }
    if (!all_finite(payload, floats))
        pack.refuse(name + "has a value that is not finite");
    return RowMatrix::encoded(encoding, payload, codebook, section->rows, dimension, section->group,
                              {section->norm_low, section->norm_high});
}

const PackSection& required(const PackFile& pack, PackSectionKind kind) {
    const PackSection* section = pack.find(kind);
    if (section == nullptr)
        pack.refuse("it has no section " + std::to_string(static_cast<std::uint32_t>(kind)));
    return *section;
}

void read_manifest(const PackFile& pack, ModelParts& parts) {
    ModelCard& card = parts.card;
    std::string scheme;
    try {
        const auto manifest = nlohmann::json::parse(pack.manifest);
        for (const auto& [name, field] : {std::pair{"name", &card.name},
                                          {"version", &card.version},
                                          {"description", &card.description},
                                          {"licence", &card.licence},
                                          {"attribution", &card.attribution},
                                          {"provenance", &card.provenance}})
            *field = manifest.value(name, std::string());
        manifest.at("fold").get_to(card.fold);
        manifest.at("subword_scheme").get_to(scheme);
        manifest.at("languages").get_to(parts.languages);
        parts.coefficients = manifest.value("coefficients", parts.coefficients);
        card.quality = manifest.value("quality", card.quality);
    } catch (const nlohmann::json::exception& problem) {
        pack.refuse(std::string("its manifest cannot be read: ") + problem.what());
    }
    if (!std::is_sorted(parts.languages.begin(), parts.languages.end()))
        pack.refuse("the languages of its manifest are not sorted");
    const std::string path = pack.path.string();
    if (scheme != fabula_subword_scheme && scheme != "none")
        throw Error(Errc::unsupported_model,
                    "model file " + path + " has the subword scheme \"" + scheme +
                        "\", this library knows \"" + std::string(fabula_subword_scheme) +
                        "\"; use a model and a library of the same release");
    if (card.fold != fold_version())
        throw Error(Errc::unsupported_model,
                    "model file " + path + " was trained with the fold \"" + card.fold +
                        "\", this library has \"" + std::string(fold_version()) +
                        "\"; use a model and a library of the same release");
    card.path = path;
    card.bytes = pack.header.file_size;
    card.checksum = hexadecimal(pack.header.checksum);
}

} // namespace

std::shared_ptr<const ModelData> ModelData::open_pack(const std::filesystem::path& path) {
    const PackFile pack = PackFile::open(path);
    ModelParts parts;
    read_manifest(pack, parts);

    const PackSection& means = required(pack, PackSectionKind::language_means);
    const auto mean_bytes = pack.payload(means);
    if (means.columns == 0 || means.columns > max_pack_dimension ||
        means.rows > max_pack_languages || means.rows != parts.languages.size() ||
        means.length != means.rows * means.columns * sizeof(float))
        pack.refuse("its mean vectors do not fit its " + std::to_string(parts.languages.size()) +
                    " languages");
    if (!all_finite(mean_bytes, mean_bytes.size() / sizeof(float)))
        pack.refuse("a mean vector has a value that is not finite");
    parts.dimension = means.columns;
    parts.means.resize(means.rows * means.columns);
    if (!parts.means.empty())
        std::memcpy(parts.means.data(), mean_bytes.data(), mean_bytes.size());

    WordTable& table = parts.tables.emplace_back();
    const PackSection& index = required(pack, PackSectionKind::vocabulary_index);
    std::string wrong = WordIndex::open(pack.payload(index), index.rows, index.group, table.index);
    const PackSection& words = required(pack, PackSectionKind::word_probabilities);
    if (wrong.empty() && words.columns != parts.languages.size())
        wrong = "its word probabilities do not fit its languages";
    if (wrong.empty())
        wrong = WordProbabilities::open(pack.payload(words), words.rows, words.columns, words.group,
                                        parts.probabilities);
    if (!wrong.empty())
        pack.refuse(wrong);

    required(pack, PackSectionKind::vocabulary_rows);
    table.words = open_rows(pack, PackSectionKind::vocabulary_rows,
                            PackSectionKind::vocabulary_codebook, parts.dimension);
    table.subwords = open_rows(pack, PackSectionKind::subword_rows,
                               PackSectionKind::subword_codebook, parts.dimension);
    if (table.words.rows() != table.index.words())
        pack.refuse("its vocabulary has " + std::to_string(table.index.words()) + " words and " +
                    std::to_string(table.words.rows()) + " rows");

    parts.card.vocabulary = table.words.rows();
    parts.card.subwords = table.subwords.rows();
    parts.card.quantisation = to_string(table.words.encoding());
    parts.storage.push_back(pack.file);
    parts.folder = path.parent_path();
    return std::make_shared<const ModelData>(std::move(parts));
}

} // namespace fabula::detail
