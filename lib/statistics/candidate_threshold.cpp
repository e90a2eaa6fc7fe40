// SPDX-License-Identifier: Apache-2.0
#include "statistics/candidate_threshold.hpp"

#include "base/portable_math.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace fabula::detail {

namespace {

constexpr double few_words = 30;
constexpr double many_words = 120;
constexpr double most_above = 1536; ///< others that may lie above the threshold
constexpr double few_others = 10'000;
constexpr double least_above = 384;  ///< of many words, among many others
constexpr double least_share = 0.04; ///< that a sample can tell

} // namespace

CandidateThreshold::CandidateThreshold(double others) : others_(others) {}

bool CandidateThreshold::is_needed() const {
    return 2 * most_above < others_;
}

float CandidateThreshold::of(std::span<float> sample, double deviation, std::size_t words,
                             double calibration) const {
    const double length = std::clamp(static_cast<double>(words), few_words, many_words);
    const double part = portable_log(length / few_words) / portable_log(many_words / few_words);
    const double of_many_words =
        std::clamp(most_above * std::sqrt(few_others / others_), least_above, most_above);
    const double above = most_above * portable_pow(of_many_words / most_above, part);
    if (2 * above >= others_ || sample.empty())
        return -1.0F;
    const double share = above / others_;
    const double sampled = std::max(share, least_share);
    const auto place = std::min(
        static_cast<std::size_t>(sampled * static_cast<double>(sample.size())), sample.size() - 1);
    std::nth_element(sample.begin(), sample.begin() + static_cast<std::ptrdiff_t>(place),
                     sample.end(), std::greater<>());
    const double beyond = normal_quantile(1 - share) - normal_quantile(1 - sampled);
    return static_cast<float>(std::clamp(
        static_cast<double>(sample[place]) + beyond * deviation * calibration, -1.0, 1.0));
}

double normal_quantile(double p) {
    if (p < 0.5)
        return -normal_quantile(1 - p);
    const double t = std::sqrt(-2 * portable_log(1 - p));
    return t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                   (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

} // namespace fabula::detail
