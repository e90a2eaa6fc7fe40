// SPDX-License-Identifier: Apache-2.0
#include "statistics/candidate_threshold.hpp"

#include "base/portable_math.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

namespace {

constexpr double few_words = 30;
constexpr double many_words = 120;
constexpr double most_above = 512; ///< others that may lie above the threshold
constexpr double few_others = 10'000;
constexpr double least_above = 128; ///< of many words, among many others

} // namespace

CandidateThreshold::CandidateThreshold(double others) : others_(others) {}

float CandidateThreshold::of(const CosineDistribution& distribution, std::size_t words,
                             double calibration) const {
    const double length = std::clamp(static_cast<double>(words), few_words, many_words);
    const double part = portable_log(length / few_words) / portable_log(many_words / few_words);
    const double of_many_words =
        std::clamp(most_above * std::sqrt(few_others / others_), least_above, most_above);
    const double above = most_above * portable_pow(of_many_words / most_above, part);
    if (2 * above >= others_)
        return -1.0F;
    const double deviations = normal_quantile(1 - above / others_) * calibration;
    return static_cast<float>(
        std::clamp(static_cast<double>(distribution.mean) +
                       deviations * static_cast<double>(distribution.deviation),
                   -1.0, 1.0));
}

double normal_quantile(double p) {
    if (p < 0.5)
        return -normal_quantile(1 - p);
    const double t = std::sqrt(-2 * portable_log(1 - p));
    return t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                   (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

} // namespace fabula::detail
