// SPDX-License-Identifier: Apache-2.0
#include "similarity/pair_features.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

std::string_view name_of(PairFeature feature) noexcept {
    switch (feature) {
    case PairFeature::bias:
        return "bias";
    case PairFeature::cosine:
        return "cosine";
    case PairFeature::length:
        return "length";
    case PairFeature::cosine_length:
        return "cosine_length";
    case PairFeature::cross_language:
        return "cross_language";
    case PairFeature::terms:
        return "terms";
    case PairFeature::cross_terms:
        return "cross_terms";
    case PairFeature::shared_numbers:
        return "shared_numbers";
    case PairFeature::foreign_numbers:
        return "foreign_numbers";
    case PairFeature::time_gap:
        return "time_gap";
    case PairFeature::count:
        break;
    }
    return "";
}

PairFeatures measure_pair(const ArticleEvidence& a, const ArticleEvidence& b, float cosine,
                          const LanguageScale& scale) {
    constexpr double long_text = 200; // words
    constexpr double seconds_per_day = 86400;
    PairFeatures out;
    out[PairFeature::bias] = 1;
    out[PairFeature::cosine] = scale.adjust(static_cast<double>(cosine), a.language, b.language);
    const double words = std::max<double>(1, std::min(a.words, b.words));
    out[PairFeature::length] = std::min(1.0, std::log(words) / std::log(long_text));
    out[PairFeature::cosine_length] = out[PairFeature::cosine] * out[PairFeature::length];
    const double terms = std::sqrt(static_cast<double>(term_cosine(a, b)));
    const bool cross = a.language != b.language;
    out[PairFeature::cross_language] = cross ? 1 : 0;
    out[cross ? PairFeature::cross_terms : PairFeature::terms] = terms;
    // One more in the denominator: two of two numbers say more than one of one.
    const NumberOverlap numbers = number_overlap(a, b);
    const double of = static_cast<double>(numbers.smaller) + 1;
    out[PairFeature::shared_numbers] = static_cast<double>(numbers.shared) / of;
    out[PairFeature::foreign_numbers] = static_cast<double>(numbers.smaller - numbers.shared) / of;
    if (const auto gap = time_gap(a.published, b.published)) {
        const double days = static_cast<double>(gap->count()) / seconds_per_day;
        out[PairFeature::time_gap] = std::log(4.0 / (1.0 + days));
    }
    return out;
}

} // namespace fabula::detail
