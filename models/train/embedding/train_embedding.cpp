// SPDX-License-Identifier: Apache-2.0
//
// Trains multilingual word and subword vectors on groups of translations.
#include "anchor.hpp"
#include "contrastive.hpp"
#include "corpus.hpp"
#include "embedding_file.hpp"
#include "pairs.hpp"

#include <CLI/CLI.hpp>
#include <tbb/global_control.h>

#include <algorithm>
#include <chrono>
#include <cmath>
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
    std::filesystem::path anchor; ///< folder of English vectors; empty = none
};

/// Anchor vectors of the English texts of a batch.
class AnchorTexts {
public:
    AnchorTexts(const Corpus& corpus, const Options& options)
        : corpus_(corpus),
          pivot_(static_cast<std::uint16_t>(
              std::find(corpus.languages.begin(), corpus.languages.end(), options.pairs.pivot) -
              corpus.languages.begin())) {
        if (options.anchor.empty())
            return;
        const Anchor anchor = Anchor::load(options.anchor);
        dimension_ = anchor.dimension();
        if (dimension_ != options.contrastive.dimension)
            throw std::invalid_argument("the anchor has " + std::to_string(dimension_) +
                                        " dimensions, the model another number");
        numbers_.assign(corpus.types.size(), no_word);
        for (const Line& line : corpus.lines)
            if (line.language == pivot_)
                for (const std::uint32_t word : corpus.text(line))
                    if (numbers_[word] == no_word) {
                        numbers_[word] = static_cast<std::uint32_t>(rows_.size() / dimension_);
                        rows_.resize(rows_.size() + dimension_);
                        anchor.word_vector(corpus.types[word].fold,
                                           std::span(rows_).last(dimension_));
                    }
    }

    [[nodiscard]] bool empty() const { return dimension_ == 0; }

    /// One unit row a pair, for its second text; zero where that is not English or not known.
    std::span<const float> units(const std::vector<TextPair>& pairs) {
        units_.assign(pairs.size() * dimension_, 0.0F);
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const Line& line = corpus_.lines[pairs[i].second];
            if (line.language != pivot_)
                continue;
            float* out = units_.data() + i * dimension_;
            for (const std::uint32_t word : corpus_.text(line))
                for (std::size_t d = 0; d < dimension_; ++d)
                    out[d] += rows_[numbers_[word] * dimension_ + d];
            float squares = 0;
            for (std::size_t d = 0; d < dimension_; ++d)
                squares += out[d] * out[d];
            if (squares > 0)
                for (std::size_t d = 0; d < dimension_; ++d)
                    out[d] /= std::sqrt(squares);
        }
        return units_;
    }

private:
    static constexpr std::uint32_t no_word = 0xFFFFFFFFU;
    const Corpus& corpus_;
    std::uint16_t pivot_;
    std::size_t dimension_{};
    std::vector<std::uint32_t> numbers_;
    std::vector<float> rows_;
    std::vector<float> units_;
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
    AnchorTexts anchor_texts(corpus, options);
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
            // The two sides take turns: that costs half, and they pull each other along.
            Anchors anchors;
            if (!anchor_texts.empty())
                anchors = {anchor_texts.units(batches[b]), b % 2};
            loss +=
                static_cast<double>(trainer.step(batches[b], text, word_weights, rate, anchors));
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
    app.add_option("--anchor", options.anchor, "Folder of frozen English vectors as a teacher");
    app.add_option("--anchor-weight", options.contrastive.anchor_weight)->capture_default_str();
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
