// SPDX-License-Identifier: Apache-2.0
//
// Makes a model file from the rows of one or several trainings, word frequencies and parallel
// sentences.
#include "average.hpp"
#include "corpus.hpp"
#include "model/format/pack_writer.hpp"
#include "model/lookup/word_parts.hpp"
#include "program.hpp"
#include "statistics.hpp"
#include "whitening.hpp"
#include "word_vectors.hpp"

#include <fabula/error.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>

namespace {

using namespace fabula;
using namespace fabula::training;

struct Options {
    std::vector<std::filesystem::path> embeddings;
    std::filesystem::path frequencies;
    std::filesystem::path parallel; ///< the same sentences in every language of the model
    std::vector<std::filesystem::path> sentences;
    std::filesystem::path card;
    std::filesystem::path output;
    double word_weight{2e-3};
    double whitening{0.1};
    double least_probability{2e-6};
    std::size_t word_group{2};
    std::size_t subword_group{4};
};

/// What is stored for each word and stem.
std::vector<float> entry_rows(const TrainedEmbedding& embedding, const WordVectors& words) {
    const std::size_t dimension = embedding.dimension;
    std::vector<float> rows(embedding.entry_rows.size());
    tbb::parallel_for(std::size_t{0}, rows.size() / dimension, [&](std::size_t i) {
        words.entry(i, {rows.data() + i * dimension, dimension});
    });
    return rows;
}

/// What parallel sentences say of the languages and of the space.
struct SentenceStatistics {
    std::vector<std::vector<float>> means; ///< mean word vector of each language
    std::vector<float> units;              ///< the sentences' vectors as at use, a row each
};

SentenceStatistics
sentence_statistics(const Corpus& parallel, std::size_t dimension, const WordVectors& words,
                    const std::map<std::string, training::WordProbabilities>& probabilities,
                    double a) {
    std::vector<float> vectors(parallel.types.size() * dimension);
    tbb::parallel_for(std::size_t{0}, parallel.types.size(), [&](std::size_t t) {
        words.word_vector(parallel.types[t], {vectors.data() + t * dimension, dimension});
    });
    std::vector<std::vector<double>> sums(parallel.languages.size(),
                                          std::vector<double>(dimension));
    std::vector<double> totals(parallel.languages.size());
    std::vector<double> line_sums(parallel.lines.size() * dimension);
    std::vector<double> line_totals(parallel.lines.size());
    for (std::size_t i = 0; i < parallel.lines.size(); ++i) {
        const Line& line = parallel.lines[i];
        const auto& probability = probabilities.at(parallel.languages[line.language]);
        double* sum = line_sums.data() + i * dimension;
        for (const std::uint32_t word : parallel.text(line)) {
            const auto p = probability.find(parallel.types[word].normalised);
            const double weight = a / (a + (p == probability.end() ? 0.0 : p->second));
            line_totals[i] += weight;
            for (std::size_t d = 0; d < dimension; ++d)
                sum[d] += weight * static_cast<double>(vectors[word * dimension + d]);
        }
        totals[line.language] += line_totals[i];
        for (std::size_t d = 0; d < dimension; ++d)
            sums[line.language][d] += sum[d];
    }
    SentenceStatistics out;
    for (std::size_t language = 0; language < sums.size(); ++language) {
        std::vector<float>& mean = out.means.emplace_back(dimension);
        for (std::size_t d = 0; d < dimension; ++d)
            mean[d] = static_cast<float>(sums[language][d] / std::max(totals[language], 1e-9));
    }
    out.units.resize(line_sums.size());
    for (std::size_t i = 0; i < parallel.lines.size(); ++i) {
        double* sum = line_sums.data() + i * dimension;
        const std::vector<float>& mean = out.means[parallel.lines[i].language];
        double squares = 0;
        for (std::size_t d = 0; d < dimension; ++d) {
            sum[d] -= line_totals[i] * static_cast<double>(mean[d]);
            squares += sum[d] * sum[d];
        }
        const double scale = squares > 0 ? 1 / std::sqrt(squares) : 0;
        for (std::size_t d = 0; d < dimension; ++d)
            out.units[i * dimension + d] = static_cast<float>(scale * sum[d]);
    }
    return out;
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
    TrainedEmbedding embedding = mean_embedding(options.embeddings);
    const WordVectors words(embedding);
    std::vector<float> rows = entry_rows(embedding, words);
    const Corpus parallel = read_corpus(std::span(&options.parallel, 1), 1000);
    const auto probabilities =
        estimate_word_probabilities(read_corpus(options.sentences, 1000),
                                    read_word_frequencies(options.frequencies), parallel.languages);
    SentenceStatistics sentences = sentence_statistics(parallel, embedding.dimension, words,
                                                       probabilities, options.word_weight);
    // All that is linear is made here, so that it costs nothing at use.
    const PartialWhitening whitening(sentences.units, embedding.dimension, options.whitening);
    whitening.apply(rows);
    whitening.apply(embedding.subword_table);
    for (std::vector<float>& mean : sentences.means)
        whitening.apply(mean);

    detail::PackSource source;
    read_card(options.card, source.card);
    source.dimension = embedding.dimension;
    std::vector<std::uint64_t> hashes;
    for (const WordType& word : embedding.words)
        hashes.push_back(detail::word_hash(word.normalised));
    for (const std::string& stem : embedding.stems)
        hashes.push_back(detail::stem_hash(stem));
    source.word_hashes = hashes;
    source.word_rows = rows;
    source.subword_rows = embedding.subword_table;
    source.word_options.group = options.word_group;
    source.subword_options.group = options.subword_group;
    for (std::size_t i = 0; i < parallel.languages.size(); ++i) {
        detail::PackLanguage& language = source.languages.emplace_back();
        language.tag = parallel.languages[i];
        language.mean = sentences.means[i];
        for (const auto& [word, p] : probabilities.at(language.tag))
            if (p >= options.least_probability)
                language.words.emplace_back(detail::word_hash(word), static_cast<float>(p));
    }
    const detail::PackReport report = detail::write_pack(source, options.output);
    std::fprintf(stderr,
                 "%s: %.1f MiB, %zu words, %zu stems, %zu subwords, %zu languages; mean cosine of "
                 "the stored "
                 "rows %.4f (words), %.4f (subwords); checksum %s\n",
                 options.output.c_str(), static_cast<double>(report.bytes) / 1048576.0,
                 embedding.words.size(), embedding.stems.size(), embedding.subword_rows,
                 parallel.languages.size(), report.word_cosine, report.subword_cosine,
                 report.checksum.c_str());
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Make a model file from trained rows"};
    app.add_option("embedding", options.embeddings,
                   "Output of train_embedding; of several, the mean of their rows")
        ->required();
    app.add_option("-o,--output", options.output)->required();
    app.add_option("--frequencies", options.frequencies, "language TAB word TAB count")->required();
    app.add_option("--parallel", options.parallel,
                   "Sentences that stand in every language: gives the languages and their means")
        ->required();
    app.add_option("--sentences", options.sentences, "Running text for the word probabilities")
        ->required();
    app.add_option("--card", options.card, "JSON with name, version, licence, ...")->required();
    app.add_option("--word-weight", options.word_weight)->capture_default_str();
    app.add_option("--whitening", options.whitening,
                   "How far directions that many sentences share are lessened: 0 = not, 0.5 = all "
                   "directions alike")
        ->capture_default_str();
    app.add_option("--least-probability", options.least_probability,
                   "Rarer words are not listed in the word probabilities")
        ->capture_default_str();
    app.add_option("--word-group", options.word_group, "Values a product code stands for")
        ->capture_default_str();
    app.add_option("--subword-group", options.subword_group)->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    return run_program("build_pack", [&] { run(options); });
}
