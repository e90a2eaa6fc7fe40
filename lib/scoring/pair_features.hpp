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
/// those of the background, see `ScoreNormalization::weigh`. A feature that is of pairs in one
/// language is 0 for those in two, and the other way round.
///
/// The last six are about **forms**: texts that say the same in the same words but for what is
/// filled in, such as the results of two companies. Where the wording is the same, likeness of
/// meaning and of words says little, and what differs says much.
enum class PairFeature : std::size_t {
    bias,                  ///< 1
    cross_language,        ///< 1 where the languages differ
    s_norm,                ///< one language; see `s_norm`, adjusted to the language
    cross_s_norm,          ///< two languages
    s_norm_length,         ///< product of `s_norm` and `length`: long texts agree more closely
    cross_s_norm_length,   ///< the same of two languages
    length,                ///< of the shorter article, one language: 0 for one word, 1 from 200 on
    cross_length,          ///< the same of two languages
    brevity,               ///< what the shorter article lacks of five words: 0.8 for one word
    terms,                 ///< cosine of the term vectors, one language
    stems,                 ///< root of `stem_cosine`, one language: common words, in any form
    stems_length,          ///< product of `stems` and `length`
    names,                 ///< root of what names add to `terms`
    cross_names,           ///< ln(1 + `TermOverlap::shared_names`), two languages
    cross_words,           ///< root of `TermOverlap::words`, two languages: international words
    unmatched_names,       ///< see `TermOverlap::unmatched_names`, one language
    cross_unmatched_names, ///< the same of two languages
    shared_numbers,        ///< ln(1 + numbers that both have)
    unmatched_numbers,     ///< ln(1 + numbers of the article with fewer that the other lacks)
    unmatched_dates,       ///< part of the days and months that the other lacks, likewise
    time_gap,              ///< `TimeNearness` of their distance; 0 where one has no date
    form,                  ///< how far the wording is the same: resemblance of the sketches of
                           ///< one language, 1 from 1/4 on
    form_s_norm,           ///< product of `form` and `s_norm`
    form_terms,            ///< product of `form` and `terms`
    form_names,            ///< product of `form` and `unmatched_names`
    form_numbers,          ///< product of `form` and `unmatched_numbers`
    form_dates,            ///< product of `form` and `unmatched_dates`
    count
};

inline constexpr std::size_t pair_feature_count = static_cast<std::size_t>(PairFeature::count);

/// "bias", "s_norm", ...: the name of the feature, and of its coefficient in a model file.
[[nodiscard]] std::string_view name_of(PairFeature feature) noexcept;

struct PairFeatures {
    std::array<double, pair_feature_count> values{};

    double& operator[](PairFeature feature) { return values[static_cast<std::size_t>(feature)]; }
    double operator[](PairFeature feature) const {
        return values[static_cast<std::size_t>(feature)];
    }
};

/// Measures a pair; `s_norm` is that of its cosine. Without a collection nearness and calibration
/// are the model's. A pure function of its arguments.
[[nodiscard]] PairFeatures measure_pair(const LexicalFeatures& a, const LexicalFeatures& b,
                                        double s_norm, const TimeNearness& nearness = {},
                                        const LanguageCalibration& calibration = {});
/// The same, where the overlap of their terms is at hand.
[[nodiscard]] PairFeatures measure_pair(const LexicalFeatures& a, const LexicalFeatures& b,
                                        const TermOverlap& overlap, double s_norm,
                                        const TimeNearness& nearness,
                                        const LanguageCalibration& calibration);

} // namespace fabula::detail
