// SPDX-License-Identifier: Apache-2.0
//
// Trains multilingual word, stem and subword vectors on groups of translations.
#include "anchor_texts.hpp"
#include "checkpoint.hpp"
#include "contrastive.hpp"
#include "corpus.hpp"
#include "development.hpp"
#include "embedding_file.hpp"
#include "model/lookup/subwords.hpp"
#include "pairs.hpp"
#include "program.hpp"
#include "statistics.hpp"
#include "vocabulary.hpp"
#include "word_vectors.hpp"

#include <CLI/CLI.hpp>
#include <tbb/global_control.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <optional>
#include <sstream>

namespace {

using namespace fabula::training;

struct Options {
    std::vector<std::filesystem::path> files;
    std::filesystem::path frequencies;
    std::filesystem::path output;
    std::filesystem::path anchor;      ///< folder of English vectors; empty = none
    std::filesystem::path development; ///< parallel texts to follow the training with; empty = none
    std::filesystem::path checkpoint;  ///< empty = none
    std::size_t epochs{5};
    std::size_t subword_rows{std::size_t{1} << 18};
    double word_weight{2e-3};
    std::size_t threads{2};
    VocabularyOptions vocabulary;
    ContrastiveOptions contrastive;
    PairOptions pairs;
    std::vector<std::string> source_weights;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// A fingerprint of all that a training's result depends on but the number of threads.
std::uint64_t settings_of(const Options& options, const Corpus& corpus,
                          const Vocabulary& vocabulary) {
    std::ostringstream text;
    text << options.epochs << ' ' << options.subword_rows << ' ' << options.contrastive.dimension
         << ' ' << options.contrastive.batch << ' ' << options.contrastive.scale << ' '
         << options.contrastive.learning_rate << ' ' << options.contrastive.anchor_weight << ' '
         << options.contrastive.seed << ' ' << options.word_weight << ' '
         << options.pairs.pairs_per_group << ' ' << options.anchor.empty() << ' '
         << corpus.words.size() << ' ' << corpus.lines.size();
    for (const auto& [source, weight] : options.pairs.source_weights)
        text << ' ' << source << '=' << weight;
    for (const std::uint32_t word : vocabulary.words)
        text << ' ' << corpus.types[word].normalised;
    for (const std::string& stem : vocabulary.stems)
        text << ' ' << stem;
    return fabula::detail::word_hash(text.str());
}

/// Words of the sentences are weighted as at use, a / (a + p); dictionary entries as they are.
WordWeights word_weights(const Corpus& corpus, const Options& options,
                         const std::map<std::string, WordProbabilities>& frequencies) {
    std::vector<bool> is_sentences;
    std::vector<std::string> written;
    for (const std::string& source : corpus.sources) {
        is_sentences.push_back(holds_sentences(source));
        const auto weight = options.pairs.source_weights.find(source);
        if (is_sentences.back() &&
            (weight == options.pairs.source_weights.end() || weight->second >= 1))
            written.push_back(source);
    }
    const auto probabilities =
        estimate_word_probabilities(corpus, frequencies, corpus.languages, written);
    WordWeights weights(corpus.words.size(), 1.0F);
    for (const Line& line : corpus.lines) {
        if (!is_sentences[line.source])
            continue;
        const WordProbabilities& of = probabilities.at(corpus.languages[line.language]);
        for (std::uint64_t k = line.first_word; k < line.first_word + line.word_count; ++k)
            if (const auto p = of.find(corpus.types[corpus.words[k]].normalised); p != of.end())
                weights[k] =
                    static_cast<float>(options.word_weight / (options.word_weight + p->second));
    }
    return weights;
}

TrainedEmbedding collect(const Corpus& corpus, const Vocabulary& vocabulary,
                         const ContrastiveTrainer& trainer, const Options& options) {
    TrainedEmbedding out;
    out.dimension = options.contrastive.dimension;
    out.subword_rows = options.subword_rows;
    for (const std::uint32_t word : vocabulary.words)
        out.words.push_back(corpus.types[word]);
    out.stems = vocabulary.stems;
    const auto table = trainer.table();
    const auto own =
        static_cast<std::ptrdiff_t>((out.words.size() + out.stems.size()) * out.dimension);
    const auto languages = static_cast<std::ptrdiff_t>(vocabulary.languages.size() * out.dimension);
    out.entry_rows.assign(table.begin(), table.begin() + own);
    out.subword_table.assign(table.begin() + own + languages, table.end());
    return out;
}

void run(const Options& options) {
    const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                      options.threads);
    const auto start = std::chrono::steady_clock::now();
    Corpus corpus = read_corpus(options.files);
    std::optional<Corpus> development;
    if (!options.development.empty())
        development = read_corpus(std::span(&options.development, 1));
    const auto frequencies = read_word_frequencies(options.frequencies);
    Vocabulary vocabulary = select_vocabulary(corpus, frequencies, options.vocabulary);
    WordWeights weights = word_weights(corpus, options, frequencies);
    vocabulary.languages = add_language_words(corpus, weights);
    const Features features = make_features(corpus, vocabulary, options.subword_rows);
    std::fprintf(stderr,
                 "%zu lines, %zu groups, %zu words, rows: %zu words, %zu stems, %zu subwords, "
                 "%.0f s\n",
                 corpus.lines.size(), corpus.groups.size() - 1, corpus.types.size(),
                 vocabulary.words.size(), vocabulary.stems.size(), options.subword_rows,
                 seconds_since(start));

    ContrastiveTrainer trainer(features, options.contrastive);
    std::optional<AnchorTexts> anchor_texts;
    if (!options.anchor.empty())
        anchor_texts.emplace(corpus, options.anchor, options.pairs.pivot,
                             options.contrastive.dimension);
    const std::uint64_t settings = settings_of(options, corpus, vocabulary);
    std::size_t epoch = 0;
    if (!options.checkpoint.empty())
        epoch = load_checkpoint(options.checkpoint, trainer, settings);
    if (epoch > 0)
        std::fprintf(stderr, "taken up after epoch %zu\n", epoch);
    const auto text = [&](std::uint32_t number) {
        const Line& line = corpus.lines[number];
        return WeightedWords{corpus.text(line),
                             {weights.data() + line.first_word, line.word_count}};
    };
    for (; epoch < options.epochs; ++epoch) {
        // Each epoch draws from a generator of its own, so that it can be the first after a break.
        std::mt19937_64 random(options.contrastive.seed + epoch);
        const auto batches = draw_batches(corpus, options.pairs, options.contrastive.batch, random);
        double loss = 0;
        std::size_t steps = 0;
        for (std::size_t b = 0; b < batches.size(); ++b) {
            // Falls in a straight line to a tenth.
            const double done = (static_cast<double>(epoch) +
                                 static_cast<double>(b) / static_cast<double>(batches.size())) /
                                static_cast<double>(options.epochs);
            const auto rate =
                static_cast<float>(options.contrastive.learning_rate * (1.0 - 0.9 * done));
            // The two sides take turns: that costs half, and they pull each other along.
            Anchors anchors;
            if (anchor_texts)
                anchors = {anchor_texts->units(batches[b]), b % 2};
            loss += static_cast<double>(trainer.step(batches[b], text, rate, anchors));
            ++steps;
            if (steps == 250 || b + 1 == batches.size()) {
                std::fprintf(stderr, "epoch %zu, batch %zu of %zu, loss %.4f, %.0f s\n", epoch + 1,
                             b + 1, batches.size(), loss / static_cast<double>(steps),
                             seconds_since(start));
                loss = 0;
                steps = 0;
            }
        }
        if (development)
            std::fprintf(stderr, "epoch %zu, development P@1 %.4f\n", epoch + 1,
                         retrieval_precision(collect(corpus, vocabulary, trainer, options),
                                             *development, options.pairs.pivot));
        if (!options.checkpoint.empty())
            save_checkpoint(options.checkpoint, trainer, settings, epoch + 1);
    }
    save_embedding(options.output, collect(corpus, vocabulary, trainer, options));
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Train multilingual vectors on files of `group TAB language TAB text`"};
    app.add_option("files", options.files, "Plain training files")->required();
    app.add_option("--frequencies", options.frequencies, "language TAB word TAB count")->required();
    app.add_option("-o,--output", options.output, "File for the trained rows")->required();
    app.add_option("--checkpoint", options.checkpoint,
                   "File for the state after each epoch; training goes on from it if it is there");
    app.add_option("--development", options.development,
                   "Parallel texts, not trained on: their retrieval is logged after each epoch");
    app.add_option("--epochs", options.epochs)->capture_default_str();
    app.add_option("--dimension", options.contrastive.dimension)->capture_default_str();
    app.add_option("--batch", options.contrastive.batch)->capture_default_str();
    app.add_option("--scale", options.contrastive.scale)->capture_default_str();
    app.add_option("--learning-rate", options.contrastive.learning_rate)->capture_default_str();
    app.add_option("--words", options.vocabulary.words, "Words with a row of their own")
        ->capture_default_str();
    app.add_option("--stems", options.vocabulary.stems, "Stems with a row of their own")
        ->capture_default_str();
    app.add_option("--min-count", options.vocabulary.least_count,
                   "Words seen less often have no row of their own")
        ->capture_default_str();
    app.add_option("--subword-rows", options.subword_rows)->capture_default_str();
    app.add_option("--word-weight", options.word_weight,
                   "a: a word of probability p counts a / (a + p) in a sentence")
        ->capture_default_str();
    app.add_option("--pairs-per-group", options.pairs.pairs_per_group)->capture_default_str();
    app.add_option("--source-weight", options.source_weights, "NAME=TIMES an epoch");
    app.add_option("--anchor", options.anchor, "Folder of frozen English vectors as a teacher");
    app.add_option("--anchor-weight", options.contrastive.anchor_weight)->capture_default_str();
    app.add_option("--seed", options.contrastive.seed)->capture_default_str();
    app.add_option("--threads", options.threads)->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    return run_program("train_embedding", [&] {
        for (const std::string& item : options.source_weights) {
            const std::size_t equals = item.find('=');
            if (equals == std::string::npos)
                throw std::invalid_argument("--source-weight " + item + ": expected NAME=TIMES");
            options.pairs.source_weights[item.substr(0, equals)] =
                std::stod(item.substr(equals + 1));
        }
        run(options);
    });
}
