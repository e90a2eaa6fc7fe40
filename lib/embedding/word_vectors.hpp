// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/model_data.hpp"
#include "model/word_batch.hpp"

#include <fabula/text.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// The vectors of distinct words, each looked up once, for texts that share their words: the
/// sentences of an article. Memory: 4 × dimension + some 100 bytes a word.
class WordVectors {
public:
    /// `a` as in `WordSum`.
    WordVectors(const ModelData& model, int language, double a);

    /// Words are numbered from 0 in the order that they are added in. The bytes of both are read
    /// until `look_up`.
    void add(const Token& token, std::string_view source);
    void look_up();

    /// The sum of these words as `WordSum` defines it, up to rounding, in `out`.
    void sum(std::span<const std::uint32_t> words, std::span<float> out) const;

private:
    const ModelData& model_;
    int language_;
    double a_;
    std::vector<WeightedWord> words_;
    std::vector<double> weights_; ///< a / (a + p), or 0 where the model knows nothing of the word
    std::vector<float> values_;   ///< words × dimension
};

} // namespace fabula::detail
