// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "statistics/score_normalization.hpp"

#include <cstddef>

namespace fabula::detail {

/// The cosine below which an article's neighbours are too many to tell anything.
///
/// If the cosines of an article with the others were normally distributed, with the mean and the
/// deviation that its collection gives it, m of n others would lie above
///
///     mean + deviation × Φ⁻¹(1 − m / n)
///
/// Pairs below are what any two articles have; looking at them costs time and memory and finds
/// nothing. m is 512 among up to 10,000 others. Among n more it is 512 × √(10,000 / n), no less
/// than 128, for articles of 120 words or more, so that what there is to compare does not outgrow
/// memory. Short ones say less, so that their reports are less near, and cost less to compare: for
/// 30 words or fewer m stays 512, and between the two it falls geometrically with the logarithm of
/// the length. Where m is n / 2 or more, there is no threshold (−1): small collections are compared
/// pair by pair.
class CandidateThreshold {
public:
    /// `others`: how many articles lie within the time window of one.
    explicit CandidateThreshold(double others);

    /// `calibration` is that of its language with itself, see `LanguageCalibration`: where true
    /// translations are less near, the threshold is lower.
    [[nodiscard]] float of(const CosineDistribution& distribution, std::size_t words,
                           double calibration) const;

private:
    double others_;
};

/// Φ⁻¹, the quantile function of the standard normal distribution, for p in (0, 1); absolute error
/// below 5e-4 (Abramowitz & Stegun, "Handbook of Mathematical Functions", 26.2.23).
[[nodiscard]] double normal_quantile(double p);

} // namespace fabula::detail
