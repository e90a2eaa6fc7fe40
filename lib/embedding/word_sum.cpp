// SPDX-License-Identifier: Apache-2.0
#include "embedding/word_sum.hpp"

#include "embedding/analyzed_article.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

WordSum::WordSum(const ModelData& model, int language, double a, std::span<float> out)
    : model_(model), language_(language), a_(a), out_(out) {
    std::fill(out.begin(), out.end(), 0.0F);
}

void WordSum::add(const Token& token, std::string_view source, double weight,
                  std::size_t occurrences) {
    const double p = model_.word_probability(language_, token.native);
    const double share = weight * a_ / (a_ + p);
    if (model_.add_word(token.native, token.fold, surface_of(token, source), token.kind, language_,
                        static_cast<float>(share), out_.data())) {
        total_ += share;
        words_ += occurrences;
    }
}

std::size_t WordSum::finish() {
    const std::span<const float> mean = model_.mean(language_);
    double squares = 0;
    for (std::size_t d = 0; d < out_.size(); ++d) {
        out_[d] -= static_cast<float>(total_ * static_cast<double>(mean[d]));
        squares += static_cast<double>(out_[d]) * static_cast<double>(out_[d]);
    }
    // A text of nothing but the mean (or whose words cancel out) has no direction.
    const double norm = std::sqrt(squares);
    if (!(norm > 1e-6 * total_) || words_ == 0) {
        std::fill(out_.begin(), out_.end(), 0.0F);
        return 0;
    }
    for (float& value : out_)
        value = static_cast<float>(static_cast<double>(value) / norm);
    return words_;
}

} // namespace fabula::detail
