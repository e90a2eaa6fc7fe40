// SPDX-License-Identifier: Apache-2.0
#include "scoring/pair_features.hpp"

#include "base/portable_math.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

std::string_view name_of(PairFeature feature) noexcept {
    static constexpr std::array<std::string_view, pair_feature_count> names{
        "bias",
        "cross_language",
        "s_norm",
        "cross_s_norm",
        "s_norm_length",
        "cross_s_norm_length",
        "length",
        "cross_length",
        "brevity",
        "terms",
        "stems",
        "stems_length",
        "names",
        "cross_names",
        "cross_words",
        "unmatched_names",
        "cross_unmatched_names",
        "shared_numbers",
        "unmatched_numbers",
        "unmatched_dates",
        "time_gap",
        "form",
        "form_s_norm",
        "form_terms",
        "form_names",
        "form_numbers",
        "form_dates",
    };
    return feature < PairFeature::count ? names[static_cast<std::size_t>(feature)] : "";
}

PairFeatures measure_pair(const LexicalFeatures& a, const LexicalFeatures& b, double s_norm,
                          const TimeNearness& nearness, const LanguageCalibration& calibration) {
    return measure_pair(a, b, term_overlap(a, b), s_norm, nearness, calibration);
}

PairFeatures measure_pair(const LexicalFeatures& a, const LexicalFeatures& b,
                          const TermOverlap& overlap, double s_norm, const TimeNearness& nearness,
                          const LanguageCalibration& calibration) {
    constexpr double long_text = 200; // words
    constexpr double few_words = 5;
    constexpr double same_wording = 0.25; // resemblance
    PairFeatures out;
    out[PairFeature::bias] = 1;
    const double near = s_norm * calibration.factor(a.language, b.language);
    const double words = std::max<double>(1, std::min(a.words, b.words));
    const double length = std::min(1.0, portable_log(words) / portable_log(long_text));
    out[PairFeature::brevity] = std::max(0.0, 1 - words / few_words);

    const KeyOverlap numbers = key_overlap(a.numbers, b.numbers);
    const double unmatched_numbers =
        portable_log(static_cast<double>(1 + numbers.smaller - numbers.shared));
    const double unmatched_dates = key_overlap(a.dates, b.dates).unmatched_part();
    out[PairFeature::shared_numbers] = portable_log(static_cast<double>(1 + numbers.shared));
    out[PairFeature::unmatched_numbers] = unmatched_numbers;
    out[PairFeature::unmatched_dates] = unmatched_dates;
    if (const auto gap = time_gap(a.published, b.published))
        out[PairFeature::time_gap] = nearness.of(*gap);

    if (a.language != b.language) {
        out[PairFeature::cross_language] = 1;
        out[PairFeature::cross_s_norm] = near;
        out[PairFeature::cross_s_norm_length] = near * length;
        out[PairFeature::cross_length] = length;
        out[PairFeature::cross_names] = portable_log(1 + overlap.shared_names);
        out[PairFeature::cross_words] = std::sqrt(overlap.words);
        out[PairFeature::cross_unmatched_names] = overlap.unmatched_names;
        return out;
    }
    out[PairFeature::s_norm] = near;
    out[PairFeature::s_norm_length] = near * length;
    out[PairFeature::length] = length;
    out[PairFeature::terms] = overlap.all;
    out[PairFeature::stems] = std::sqrt(stem_cosine(a, b));
    out[PairFeature::stems_length] = out[PairFeature::stems] * length;
    out[PairFeature::names] = std::sqrt(std::max(0.0, overlap.all - overlap.words));
    out[PairFeature::unmatched_names] = overlap.unmatched_names;
    const double form = std::min(1.0, resemblance(a.sketch, b.sketch) / same_wording);
    out[PairFeature::form] = form;
    out[PairFeature::form_s_norm] = form * near;
    out[PairFeature::form_terms] = form * overlap.all;
    out[PairFeature::form_names] = form * overlap.unmatched_names;
    out[PairFeature::form_numbers] = form * unmatched_numbers;
    out[PairFeature::form_dates] = form * unmatched_dates;
    return out;
}

} // namespace fabula::detail
