// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/text.hpp>

#include <Eigen/Core>
#include <fasttext/fasttext.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>

namespace fabula::training {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// How often a word stands in a language's training text; only words that fastText kept.
using WordCounts = std::unordered_map<std::string, std::int64_t>;

/// A fastText model of one language. Not safe for concurrent calls.
class WordVectors {
public:
    /// `file`: a `.bin` of unsupervised training. \throws Error where it cannot be read
    explicit WordVectors(const std::filesystem::path& file);

    [[nodiscard]] const WordCounts& counts() const noexcept { return counts_; }
    [[nodiscard]] Eigen::Index dimension() const { return model_.getDimension(); }

    /// Length 1; zero where neither the word nor any of its n-grams is known.
    [[nodiscard]] const Eigen::RowVectorXf& word(const std::string& normalised);

    struct Sentence {
        Eigen::RowVectorXf mean;
        Eigen::RowVectorXf sif;
    };
    /// The sums of a sentence's word vectors, scaled to length 1: all words alike, and each
    /// weighing a / (a + p) with a = 0.001 and p its share of the training text (0 for a new word).
    [[nodiscard]] Sentence sentence(const std::string& text);

private:
    fasttext::FastText model_;
    std::unordered_map<std::string, Eigen::RowVectorXf> words_; ///< those asked for so far
    WordCounts counts_;
    double total_{};
    TextAnalyzer analyzer_;
};

} // namespace fabula::training
