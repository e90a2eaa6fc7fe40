// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/model_data.hpp"

#include <fabula/text.hpp>

#include <span>
#include <string_view>

namespace fabula::detail {

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
    /// that it was found in.
    void add(const Token& token, std::string_view source, double weight,
             std::size_t occurrences = 1);

    /// Takes the mean away and scales to unit length; zero where no word was known.
    /// Returns the number of words that took part, all occurrences counted.
    std::size_t finish();

private:
    const ModelData& model_;
    int language_;
    double a_;
    std::span<float> out_;
    double total_{}; ///< of the weights
    std::size_t words_{};
};

} // namespace fabula::detail
