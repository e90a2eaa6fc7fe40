// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/lexical_features.hpp"
#include "statistics/language_calibration.hpp"
#include "statistics/time_gap.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace fabula::detail {

/// What is measured of a pair of articles; each is symmetric in the two. The weights of terms are
/// those of the collection, see `ScoreNormalization::weigh`.
enum class PairFeature : std::size_t {
    bias,            ///< 1
    s_norm,          ///< see `s_norm`, adjusted to the two languages
    length,          ///< of the shorter article: 0 for one word, 1 for 200 words or more
    s_norm_length,   ///< product of the two above: long texts agree more closely
    brevity,         ///< what the shorter article lacks of five words: 0.8 for one word, then less
    hubness,         ///< mean of the two articles' `hubness` in the collection
    cross_language,  ///< 1 where the languages differ
    terms,           ///< cosine of the term vectors, one language
    cross_names,     ///< root of `TermOverlap::names`, two languages
    cross_words,     ///< root of `TermOverlap::words`, two languages: international words
    unmatched_names, ///< part of the names' weight of the article with less that is not shared
    shared_numbers,  ///< part of the numbers of the article with fewer that both have
    unmatched_numbers, ///< part of them that the other article lacks
    shared_dates,      ///< as `shared_numbers`, of the days and months that they speak of
    time_gap,          ///< see `TimeNearness`; 0 without dates
    count
};

inline constexpr std::size_t pair_feature_count = static_cast<std::size_t>(PairFeature::count);

/// As users read it in an explanation.
[[nodiscard]] std::string_view name_of(PairFeature feature) noexcept;
/// Of its coefficient in a model file, after "pair." or "alone.": five are as the first edition
/// called them, so that its model files stay readable.
[[nodiscard]] std::string_view coefficient_key(PairFeature feature) noexcept;

struct PairFeatures {
    std::array<double, pair_feature_count> values{};
    /// How far they are measured against a collection: 0 = the two are alone, 1 = in a large one.
    double collected{};

    [[nodiscard]] double operator[](PairFeature feature) const {
        return values[static_cast<std::size_t>(feature)];
    }
    double& operator[](PairFeature feature) { return values[static_cast<std::size_t>(feature)]; }
};

/// `s_norm` is that of the two articles, see `ScoreNormalization`; `overlap` that of their
/// terms.
[[nodiscard]] PairFeatures measure_pair(const LexicalFeatures& a, const LexicalFeatures& b,
                                        const TermOverlap& overlap, double s_norm,
                                        const TimeNearness& nearness,
                                        const LanguageCalibration& calibration);
[[nodiscard]] PairFeatures measure_pair(const LexicalFeatures& a, const LexicalFeatures& b,
                                        double s_norm, const TimeNearness& nearness = {},
                                        const LanguageCalibration& calibration = {});

} // namespace fabula::detail
