// SPDX-License-Identifier: Apache-2.0
//
// Trains multilingual word and subword vectors on groups of translations.
#include "contrastive.hpp"
#include "corpus.hpp"
#include "embedding_file.hpp"
#include "pairs.hpp"

#include <CLI/CLI.hpp>
#include <tbb/global_control.h>

#include <chrono>
#include <cstdio>
#include <exception>

namespace {

using namespace fabula::training;

struct Options {
    std::vector<std::filesystem::path> files;
    std::filesystem::path output;
    std::size_t epochs{3};
    std::uint64_t min_count{5};
    std::size_t subword_rows{std::size_t{1} << 19};
    std::size_t threads{2};
    ContrastiveOptions contrastive;
    PairOptions pairs;
    std::vector<std::string> source_weights;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TrainedEmbedding collect(const Corpus& corpus, const ContrastiveTrainer& trainer,
                         const Options& options) {
    TrainedEmbedding out;
    out.dimension = options.contrastive.dimension;
    out.subword_rows = options.subword_rows;
    for (const WordType& type : corpus.types)
        if (type.count >= options.min_count)
            out.words.push_back(type);
    const auto table = trainer.table();
    const auto own = static_cast<std::ptrdiff_t>(out.words.size() * out.dimension);
    out.word_rows.assign(table.begin(), table.begin() + own);
    out.subword_table.assign(table.begin() + own, table.end());
    return out;
}

void run(const Options& options) {
    const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                      options.threads);
    const auto start = std::chrono::steady_clock::now();
    const Corpus corpus = read_corpus(options.files);
    const Features features = make_features(corpus, options.min_count, options.subword_rows);
    std::fprintf(stderr, "%zu lines, %zu groups, %zu words, %zu rows, %.0f s\n",
                 corpus.lines.size(), corpus.groups.size() - 1, corpus.types.size(),
                 features.row_count, seconds_since(start));

    ContrastiveTrainer trainer(features, options.contrastive);
    std::mt19937_64 random(options.contrastive.seed);
    const std::vector<float> word_weights(corpus.types.size(), 1.0F);
    const auto text = [&](std::uint32_t line) { return corpus.text(corpus.lines[line]); };
    for (std::size_t epoch = 0; epoch < options.epochs; ++epoch) {
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
            loss += trainer.step(batches[b], text, word_weights, rate);
            ++steps;
            if (steps == 250 || b + 1 == batches.size()) {
                std::fprintf(stderr, "epoch %zu, batch %zu of %zu, loss %.4f, %.0f s\n", epoch + 1,
                             b + 1, batches.size(), loss / static_cast<double>(steps),
                             seconds_since(start));
                loss = 0;
                steps = 0;
            }
        }
    }
    save_embedding(options.output, collect(corpus, trainer, options));
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Train multilingual vectors on files of `group TAB language TAB text`"};
    app.add_option("files", options.files, "Plain training files")->required();
    app.add_option("-o,--output", options.output, "File for the trained rows")->required();
    app.add_option("--epochs", options.epochs)->capture_default_str();
    app.add_option("--dimension", options.contrastive.dimension)->capture_default_str();
    app.add_option("--batch", options.contrastive.batch)->capture_default_str();
    app.add_option("--scale", options.contrastive.scale)->capture_default_str();
    app.add_option("--learning-rate", options.contrastive.learning_rate)->capture_default_str();
    app.add_option("--min-count", options.min_count, "Words seen as often get a row of their own")
        ->capture_default_str();
    app.add_option("--subword-rows", options.subword_rows)->capture_default_str();
    app.add_option("--pairs-per-group", options.pairs.pairs_per_group)->capture_default_str();
    app.add_option("--source-weight", options.source_weights, "NAME=TIMES an epoch");
    app.add_option("--seed", options.contrastive.seed)->capture_default_str();
    app.add_option("--threads", options.threads)->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        for (const std::string& item : options.source_weights) {
            const std::size_t equals = item.find('=');
            if (equals == std::string::npos)
                throw std::invalid_argument("--source-weight " + item + ": expected NAME=TIMES");
            options.pairs.source_weights[item.substr(0, equals)] =
                std::stod(item.substr(equals + 1));
        }
        run(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "train_embedding: %s\n", error.what());
        return 1;
    }
    return 0;
}
