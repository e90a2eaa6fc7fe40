// SPDX-License-Identifier: Apache-2.0
#include "model/build/fasttext_import.hpp"

#include "model/format/pack_file.hpp"
#include "model/lookup/subwords.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cstring>

namespace fabula::detail {
namespace {

constexpr std::int32_t fasttext_magic = 793712314;

bool has_fasttext_magic(std::span<const std::byte> bytes) {
    std::int32_t magic = 0;
    if (bytes.size() < sizeof magic)
        return false;
    std::memcpy(&magic, bytes.data(), sizeof magic);
    return magic == fasttext_magic;
}

} // namespace

WordStatistics count_words(const ImportedFile& file) {
    struct Word {
        std::string normalised, surface, romanised;
        TokenKind kind{};
        double count{};
    };
    // The embedder sees words as the analyser cuts them: what it cuts up or leaves out (punctuation
    // above all, the most frequent "words" of such files) has no part in its texts.
    TextAnalyzer analyzer;
    std::vector<Word> words;
    double total = 0;
    for (const auto& [surface, count] : file.counts) {
        const AnalyzedText text = analyzer.analyze(surface);
        if (text.tokens.size() != 1 || text.tokens[0].range != ByteRange{0, surface.size()})
            continue;
        const Token& token = text.tokens[0];
        words.push_back({std::string(token.normalised), surface, std::string(token.romanised),
                         token.kind, count});
        total += count;
    }
    // Spellings of one normalised form are one word to the statistics.
    std::map<std::string_view, double> by_normalised;
    if (!(total > 0))
        words.clear(); // no counts to go by
    for (const Word& word : words)
        by_normalised[word.normalised] += word.count / total;

    WordStatistics statistics;
    for (const auto& [normalised, probability] : by_normalised)
        statistics.probabilities.emplace_back(word_hash(normalised),
                                              static_cast<float>(std::min(probability, 1.0)));
    constexpr double smoothing = 2e-3; // the default of EmbedOptions::word_weight
    std::vector<double> sum(file.dimension);
    double weights = 0;
    std::vector<float> vector(file.dimension);
    for (const Word& word : words) {
        std::fill(vector.begin(), vector.end(), 0.0F);
        if (!file.table.add_known({word.normalised, word.romanised, word.surface, word.kind}, 1,
                                  vector.data()))
            continue;
        const double probability = by_normalised[word.normalised];
        const double weight = word.count / total * smoothing / (smoothing + probability);
        weights += weight;
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += weight * static_cast<double>(vector[i]);
    }
    for (const double value : sum)
        statistics.mean.push_back(static_cast<float>(weights > 0 ? value / weights : 0));
    return statistics;
}

ImportedFile import_file(const std::filesystem::path& path,
                         const std::shared_ptr<const ModelFile>& file,
                         const ImportOptions& options) {
    const std::string extension = path.extension().string();
    const bool binary =
        has_fasttext_magic(file->bytes()) || extension == ".bin" || extension == ".ftz";
    return binary ? import_binary(path, file) : import_text(path, file, options);
}

void check_dimension(const std::filesystem::path& path, std::size_t dimension,
                     std::size_t dimension_before) {
    if (dimension != dimension_before)
        throw Error(Errc::bad_option,
                    "model file " + path.string() + " has " + std::to_string(dimension) +
                        " values a word, those before it have " + std::to_string(dimension_before) +
                        ": vectors of one space have one dimension");
}

bool looks_like_fasttext(const std::filesystem::path& path) {
    const std::string beginning = ModelFile::beginning(path, sizeof pack_magic);
    const auto bytes = std::as_bytes(std::span(beginning));
    if (looks_like_pack(bytes))
        return false;
    const std::string extension = path.extension().string();
    return has_fasttext_magic(bytes) || extension == ".bin" || extension == ".ftz" ||
           extension == ".vec" || extension == ".txt";
}

std::shared_ptr<const ModelData>
import_fasttext(const std::map<std::string, std::filesystem::path>& files,
                const ModelOptions& options) {
    ModelParts parts;
    ModelCard& card = parts.card;
    std::vector<std::vector<HashedProbability>> probabilities;
    for (const auto& [tag, path] : files) {
        const auto source = std::make_shared<const ModelFile>(path, options.memory_map);
        ImportedFile file = import_file(path, source);
        if (!parts.tables.empty())
            check_dimension(path, file.dimension, parts.dimension);
        parts.dimension = file.dimension;
        parts.any_language = tag.empty();
        parts.languages.push_back(tag.empty() ? "und" : tag);
        parts.first_table.push_back(parts.tables.size());
        WordStatistics statistics = count_words(file);
        probabilities.push_back(std::move(statistics.probabilities));
        parts.means.insert(parts.means.end(), statistics.mean.begin(), statistics.mean.end());
        card.vocabulary += file.table.row_of_word.size();
        card.subwords += file.table.subwords.rows();
        card.quantisation = to_string(file.table.words.encoding());
        card.bytes += source->bytes().size();
        card.name += (card.name.empty() ? "" : ", ") + path.filename().string();
        card.path += (card.path.empty() ? "" : ", ") + path.string();
        parts.folder = path.parent_path();
        parts.storage.insert(parts.storage.end(), file.storage.begin(), file.storage.end());
        parts.tables.push_back(std::move(file.table));
    }
    card.description = "Word vectors imported from fastText files";
    card.provenance = "imported; word probabilities and language means are estimates";
    card.forms_version = forms_version();

    BuiltWordProbabilities built = build_word_probabilities(probabilities);
    auto payload = std::make_shared<const std::vector<std::byte>>(std::move(built.payload));
    if (const std::string wrong = WordProbabilities::open(
            *payload, built.words, static_cast<std::uint32_t>(parts.languages.size()),
            built.slot_entries, parts.probabilities);
        !wrong.empty())
        throw Error(Errc::unsupported_model, "model file " + card.path + ": " + wrong);
    parts.storage.push_back(std::move(payload));
    return std::make_shared<const ModelData>(std::move(parts));
}

} // namespace fabula::detail
