// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/lookup/model_data.hpp"
#include "model/lookup/word_batch.hpp"

#include <fabula/text.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// Looked up together. More, and what was fetched for the first is gone before the last is found.
constexpr std::size_t words_at_once = 32;

/// A token found in `source`, whose bytes it refers to; its weight is not set.
[[nodiscard]] WeightedWord weighted_word(const Token& token, std::string_view source);

/// Adds a word, with its weight, of a model that has no table for batches; returns whether it knows
/// anything of it.
bool add_alone(const ModelData& model, int language, const WeightedWord& word, float* out);

/// From a sum of word vectors of these weights in `total` to a vector of unit length less the
/// language's mean; zero where no word was known or nothing but the mean is left. Returns the words
/// that took part: `known_words`, or 0.
std::size_t finish_sum(const ModelData& model, int language, double total, std::size_t known_words,
                       std::span<float> out);

/// Weighted sum of word vectors, each less the mean word vector of its language.
///
/// A word of probability p in its language weighs a / (a + p) (smooth inverse frequency: Arora,
/// Liang, Ma, "A simple but tough-to-beat baseline for sentence embeddings", 2017). In place of
/// their first principal component, the language's mean is taken away, which is what keeps texts of
/// one language from being alike.
class WordSum {
public:
    WordSum(const ModelData& model, int language, double a, std::span<float> out);

    /// Adds a word `weight` times; it stands for `occurrences` in the text. `source` is the text
    /// that it was found in. The bytes of both are read until `finish`: look-ups are made for many
    /// words at once.
    void add(const Token& token, std::string_view source, double weight,
             std::size_t occurrences = 1);

    /// Takes the mean away and scales to unit length; zero where no word was known.
    /// Returns the number of words that took part, all occurrences counted.
    std::size_t finish();

private:
    struct Pending {
        double weight;
        std::size_t occurrences;
    };

    void add_pending();

    const ModelData& model_;
    int language_;
    double a_;
    std::span<float> out_;
    /// Where the model has a table for that.
    struct Batch {
        Pool<UnknownWords>::Lease remembered;
        WordBatch words;

        Batch(const ModelData& model, const WordTable& table)
            : remembered(model.unknown_words().borrow()), words(table, *remembered) {}
    };
    std::optional<Batch> batch_;
    std::vector<WeightedWord> words_;
    std::vector<Pending> pending_; ///< as long as `words_`
    std::vector<std::uint64_t> hashes_;
    std::vector<float> probabilities_;
    double total_{}; ///< of the weights
    std::size_t known_words_{};
};

} // namespace fabula::detail
