// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedding/word_numbers.hpp"
#include "model/lookup/model_data.hpp"
#include "model/lookup/word_batch.hpp"

#include <fabula/text.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// The vectors of distinct words of one language, each looked up once, for texts that share their
/// words: the sentences of articles. Memory: 4 × dimension + 32 bytes a word.
class WordVectors {
public:
    /// `a` as in `WordSum`.
    WordVectors(const ModelData& model, int language, double a);

    /// The number of a word, from 0 in the order of first occurrence. The bytes of both are read
    /// until `look_up`, which comes before `sum`.
    [[nodiscard]] std::uint32_t number(const Token& token, std::string_view source);
    void look_up();
    [[nodiscard]] std::size_t size() const { return numbers_.size(); }

    /// The sum of these words as `WordSum` defines it, up to rounding, in `out`.
    void sum(std::span<const std::uint32_t> words, std::span<float> out) const;

private:
    const ModelData& model_;
    int language_;
    double a_;
    WordNumbers numbers_{256};
    std::vector<WeightedWord> new_words_; ///< since the last `look_up`
    std::vector<double> weights_; ///< a / (a + p), or 0 where the model knows nothing of the word
    std::vector<float> values_;   ///< words × dimension
};

} // namespace fabula::detail
