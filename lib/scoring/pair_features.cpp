// SPDX-License-Identifier: Apache-2.0
#include "scoring/pair_features.hpp"

#include "base/portable_math.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

std::string_view name_of(PairFeature feature) noexcept {
    switch (feature) {
    case PairFeature::bias:
        return "bias";
    case PairFeature::s_norm:
        return "s_norm";
    case PairFeature::length:
        return "length";
    case PairFeature::s_norm_length:
        return "s_norm_length";
    case PairFeature::brevity:
        return "brevity";
    case PairFeature::hubness:
        return "hubness";
    case PairFeature::cross_language:
        return "cross_language";
    case PairFeature::terms:
        return "terms";
    case PairFeature::cross_names:
        return "cross_names";
    case PairFeature::cross_words:
        return "cross_words";
    case PairFeature::unmatched_names:
        return "unmatched_names";
    case PairFeature::shared_numbers:
        return "shared_numbers";
    case PairFeature::unmatched_numbers:
        return "unmatched_numbers";
    case PairFeature::shared_dates:
        return "shared_dates";
    case PairFeature::time_gap:
        return "time_gap";
    case PairFeature::count:
        break;
    }
    return "";
}

std::string_view coefficient_key(PairFeature feature) noexcept {
    switch (feature) {
    case PairFeature::s_norm:
        return "closeness";
    case PairFeature::s_norm_length:
        return "closeness_length";
    case PairFeature::hubness:
        return "crowding";
    case PairFeature::unmatched_names:
        return "foreign_names";
    case PairFeature::unmatched_numbers:
        return "foreign_numbers";
    default:
        return name_of(feature);
    }
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
    PairFeatures out;
    out[PairFeature::bias] = 1;
    out[PairFeature::s_norm] = s_norm * calibration.factor(a.language, b.language);
    const double words = std::max<double>(1, std::min(a.words, b.words));
    out[PairFeature::length] = std::min(1.0, portable_log(words) / portable_log(long_text));
    out[PairFeature::brevity] = std::max(0.0, 1 - words / few_words);
    out[PairFeature::s_norm_length] = out[PairFeature::s_norm] * out[PairFeature::length];
    const bool cross = a.language != b.language;
    if (cross) {
        out[PairFeature::cross_language] = 1;
        out[PairFeature::cross_names] = std::sqrt(overlap.names);
        out[PairFeature::cross_words] = std::sqrt(overlap.words);
    } else {
        out[PairFeature::terms] = overlap.all;
    }
    out[PairFeature::unmatched_names] = overlap.unmatched_names;
    const KeyOverlap numbers = key_overlap(a.numbers, b.numbers);
    out[PairFeature::shared_numbers] = numbers.shared_part();
    out[PairFeature::unmatched_numbers] = numbers.unmatched_part();
    out[PairFeature::shared_dates] = key_overlap(a.dates, b.dates).shared_part();
    if (const auto gap = time_gap(a.published, b.published))
        out[PairFeature::time_gap] = nearness.of(*gap);
    return out;
}

} // namespace fabula::detail
