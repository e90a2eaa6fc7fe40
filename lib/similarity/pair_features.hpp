// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evidence/article_evidence.hpp"
#include "similarity/language_scale.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace fabula::detail {

/// What is measured of a pair of articles; each is symmetric in the two.
enum class PairFeature : std::size_t {
    bias,            ///< 1
    cosine,          ///< of the article vectors, adjusted to the two languages
    length,          ///< of the shorter article: 0 for one word, 1 for 200 words or more
    cosine_length,   ///< product of the two above: long texts agree more closely
    cross_language,  ///< 1 where the languages differ
    terms,           ///< root of the cosine of the term vectors, one language
    cross_terms,     ///< the same, two languages: names and international words
    shared_numbers,  ///< part of the numbers of the article with fewer that both have
    foreign_numbers, ///< part of them that the other article lacks
    time_gap,        ///< ln(4 days / (1 day + gap)): above 0 within three days; 0 without dates
    count
};

inline constexpr std::size_t pair_feature_count = static_cast<std::size_t>(PairFeature::count);

/// Also the key of its coefficient in a model file, after "pair.".
[[nodiscard]] std::string_view name_of(PairFeature feature) noexcept;

struct PairFeatures {
    std::array<double, pair_feature_count> values{};

    [[nodiscard]] double operator[](PairFeature feature) const {
        return values[static_cast<std::size_t>(feature)];
    }
    double& operator[](PairFeature feature) { return values[static_cast<std::size_t>(feature)]; }
};

[[nodiscard]] PairFeatures measure_pair(const ArticleEvidence& a, const ArticleEvidence& b,
                                        float cosine, const LanguageScale& scale = {});

} // namespace fabula::detail
