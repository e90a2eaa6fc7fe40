// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace fabula::detail {

/// The cosine below which an article's neighbours are too many to tell anything: that which m of n
/// others lie above, as a sample of them tells. Pairs below are what any two articles have; looking
/// at them costs time and memory and finds nothing.
///
/// m is 512 among up to 10,000 others. Among n more it is 512 × √(10,000 / n), no less than 128,
/// for articles of 120 words or more, so that what there is to compare does not outgrow memory.
/// Short ones say less, so that their reports are less near, and cost less to compare: for 30 words
/// or fewer m stays 512, and between the two it falls geometrically with the logarithm of the
/// length. Where m is n / 2 or more, there is no threshold (−1): small collections are compared
/// pair by pair.
///
/// What fewer than one in 25 lie above, a sample is too small to tell. From there on the cosines
/// are taken to be normally distributed.
class CandidateThreshold {
public:
    static constexpr std::size_t sample_size = 1024;

    /// `others`: how many articles lie within the time window of one.
    explicit CandidateThreshold(double others);

    /// Whether any article has one; else no sample is needed.
    [[nodiscard]] bool is_needed() const;

    /// Of an article by its cosines with a `sample` of the others, which are reordered, and the
    /// standard `deviation` of such cosines. `calibration` is that of its language with itself, see
    /// `LanguageCalibration`: where true translations are less near, the threshold is lower.
    [[nodiscard]] float of(std::span<float> sample, double deviation, std::size_t words,
                           double calibration) const;

private:
    double others_;
};

/// Φ⁻¹, the quantile function of the standard normal distribution, for p in (0, 1); absolute error
/// below 5e-4 (Abramowitz & Stegun, "Handbook of Mathematical Functions", 26.2.23).
[[nodiscard]] double normal_quantile(double p);

} // namespace fabula::detail
