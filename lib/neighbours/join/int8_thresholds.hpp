// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace fabula::detail {

/// The thresholds of `PairBlock` for rows of int8 with this scale, see `Int8Scale`. Each is lower
/// by one than it need be: the kernels ask for more than the sum of two of them.
class Int8Thresholds {
public:
    Int8Thresholds() = default;
    Int8Thresholds(double scale, std::size_t dimension);

    /// Of a row with this slack and threshold; see `pair_threshold`.
    [[nodiscard]] std::int16_t common(float row_threshold, float slack) const;
    [[nodiscard]] std::int16_t slack(float slack) const;
    /// For a row that wants no cosine below `least` for itself.
    [[nodiscard]] std::int16_t nearest(float slack, float least) const;

    /// Of two rows with this product of their numbers, up to their slack.
    [[nodiscard]] float cosine_of(std::int16_t product) const {
        return static_cast<float>(product / (2 * half_));
    }

private:
    double half_{};   ///< a cosine of 1 in the kernels' thresholds
    double margin_{}; ///< of the rounding of a cosine
};

} // namespace fabula::detail
