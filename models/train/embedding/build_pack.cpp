// SPDX-License-Identifier: Apache-2.0
//
// Makes a model file from trained rows, word frequencies and parallel sentences.
#include "corpus.hpp"
#include "embedding_file.hpp"
#include "model/pack_writer.hpp"
#include "model/subwords.hpp"
#include "statistics.hpp"

#include <fabula/error.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <numeric>

namespace {

using namespace fabula;
using namespace fabula::training;

struct Options {
    std::filesystem::path embedding;
    std::filesystem::path frequencies;
    std::filesystem::path parallel; ///< the same sentences in every language of the model
    std::vector<std::filesystem::path> sentences;
    std::filesystem::path card;
    std::filesystem::path output;
    double word_weight{2e-3};
    double least_probability{2e-6};
    std::size_t vocabulary{410000};
    std::size_t word_group{2};
    std::size_t subword_group{4};
};

/// All rows of the vocabulary, each its own row and its subwords' in one.
std::vector<float> compose_all(const TrainedEmbedding& embedding) {
    std::vector<float> rows(embedding.words.size() * embedding.dimension);
    tbb::parallel_for(std::size_t{0}, embedding.words.size(), [&](std::size_t i) {
        const WordType& word = embedding.words[i];
        compose_word(embedding, word.native, word.fold, word.kind,
                     {embedding.word_rows.data() + i * embedding.dimension, embedding.dimension},
                     {rows.data() + i * embedding.dimension, embedding.dimension});
    });
    return rows;
}

/// Mean word vector of each language over the parallel sentences, words weighted as in use.
std::vector<std::vector<float>>
language_means(const Corpus& parallel, const TrainedEmbedding& embedding,
               const std::vector<float>& rows,
               const std::map<std::string, training::WordProbabilities>& probabilities, double a) {
    std::unordered_map<std::string, std::size_t> own;
    for (std::size_t i = 0; i < embedding.words.size(); ++i)
        own.emplace(embedding.words[i].native, i);
    const std::size_t dimension = embedding.dimension;
    std::vector<float> vectors(parallel.types.size() * dimension);
    tbb::parallel_for(std::size_t{0}, parallel.types.size(), [&](std::size_t t) {
        const WordType& type = parallel.types[t];
        const std::span<float> out(vectors.data() + t * dimension, dimension);
        if (const auto found = own.find(type.native); found != own.end())
            std::copy_n(rows.data() + found->second * dimension, dimension, out.begin());
        else
            compose_word(embedding, type.native, type.fold, type.kind, {}, out);
    });
    std::vector<std::vector<double>> sums(parallel.languages.size(),
                                          std::vector<double>(dimension));
    std::vector<double> totals(parallel.languages.size());
    for (const Line& line : parallel.lines) {
        const auto& probability = probabilities.at(parallel.languages[line.language]);
        for (const std::uint32_t word : parallel.text(line)) {
            const auto p = probability.find(parallel.types[word].native);
            const double weight = a / (a + (p == probability.end() ? 0.0 : p->second));
            totals[line.language] += weight;
            for (std::size_t d = 0; d < dimension; ++d)
                sums[line.language][d] +=
                    weight * static_cast<double>(vectors[word * dimension + d]);
        }
    }
    std::vector<std::vector<float>> means;
    for (std::size_t language = 0; language < sums.size(); ++language) {
        std::vector<float>& mean = means.emplace_back(dimension);
        for (std::size_t d = 0; d < dimension; ++d)
            mean[d] = static_cast<float>(sums[language][d] / std::max(totals[language], 1e-9));
    }
    return means;
}

void read_card(const std::filesystem::path& file, ModelCard& card) {
    std::ifstream in(file);
    if (!in)
        throw Error(Errc::file_not_found, file.string() + ": cannot be opened");
    const nlohmann::json json = nlohmann::json::parse(in);
    card.name = json.at("name");
    card.version = json.at("version");
    card.description = json.at("description");
    card.licence = json.at("licence");
    card.attribution = json.at("attribution");
    card.provenance = json.at("provenance");
}

void run(const Options& options) {
    TrainedEmbedding embedding = load_embedding(options.embedding);
    if (embedding.words.size() > options.vocabulary) {
        // The most frequent stay; their order does not matter to the file.
        std::vector<std::size_t> order(embedding.words.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return embedding.words[a].count > embedding.words[b].count;
        });
        order.resize(options.vocabulary);
        TrainedEmbedding kept;
        for (const std::size_t i : order) {
            kept.words.push_back(embedding.words[i]);
            const float* row = embedding.word_rows.data() + i * embedding.dimension;
            kept.word_rows.insert(kept.word_rows.end(), row, row + embedding.dimension);
        }
        embedding.words = std::move(kept.words);
        embedding.word_rows = std::move(kept.word_rows);
    }
    const std::vector<float> rows = compose_all(embedding);
    const Corpus parallel = read_corpus(std::span(&options.parallel, 1), 1000);
    const auto probabilities =
        estimate_word_probabilities(read_corpus(options.sentences, 1000),
                                    read_word_frequencies(options.frequencies), parallel.languages);
    const auto means =
        language_means(parallel, embedding, rows, probabilities, options.word_weight);

    detail::PackSource source;
    read_card(options.card, source.card);
    source.dimension = embedding.dimension;
    std::vector<std::uint64_t> hashes;
    for (const WordType& word : embedding.words)
        hashes.push_back(detail::word_hash(word.native));
    source.word_hashes = hashes;
    source.word_rows = rows;
    source.subword_rows = embedding.subword_table;
    source.word_options.group = options.word_group;
    source.subword_options.group = options.subword_group;
    for (std::size_t i = 0; i < parallel.languages.size(); ++i) {
        detail::PackLanguage& language = source.languages.emplace_back();
        language.tag = parallel.languages[i];
        language.mean = means[i];
        for (const auto& [word, p] : probabilities.at(language.tag))
            if (p >= options.least_probability)
                language.words.emplace_back(detail::word_hash(word), static_cast<float>(p));
    }
    const detail::PackReport report = detail::write_pack(source, options.output);
    std::fprintf(stderr,
                 "%s: %.1f MiB, %zu words, %zu subwords, %zu languages; mean cosine of the stored "
                 "rows %.4f (words), %.4f (subwords); checksum %s\n",
                 options.output.c_str(), static_cast<double>(report.bytes) / 1048576.0,
                 embedding.words.size(), embedding.subword_rows, parallel.languages.size(),
                 report.word_cosine, report.subword_cosine, report.checksum.c_str());
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Make a model file from trained rows"};
    app.add_option("embedding", options.embedding, "Output of train_embedding")->required();
    app.add_option("-o,--output", options.output)->required();
    app.add_option("--frequencies", options.frequencies, "language TAB word TAB count")->required();
    app.add_option("--parallel", options.parallel,
                   "Sentences that stand in every language: gives the languages and their means")
        ->required();
    app.add_option("--sentences", options.sentences, "Running text for the word probabilities")
        ->required();
    app.add_option("--card", options.card, "JSON with name, version, licence, ...")->required();
    app.add_option("--word-weight", options.word_weight)->capture_default_str();
    app.add_option("--least-probability", options.least_probability,
                   "Rarer words are not listed in the word probabilities")
        ->capture_default_str();
    app.add_option("--vocabulary", options.vocabulary, "Words with a row of their own, at most")
        ->capture_default_str();
    app.add_option("--word-group", options.word_group, "Values a product code stands for")
        ->capture_default_str();
    app.add_option("--subword-group", options.subword_group)->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        run(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "build_pack: %s\n", error.what());
        return 1;
    }
    return 0;
}
