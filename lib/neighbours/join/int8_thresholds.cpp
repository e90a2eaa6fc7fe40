// SPDX-License-Identifier: Apache-2.0
#include "neighbours/join/int8_thresholds.hpp"

#include "neighbours/join/join_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fabula::detail {
namespace {

/// Rounded down, in int16. A value past the lower end may come back as that end: no product is
/// lower, and what is added to it is never positive where that occurs.
std::int16_t as_threshold(double value) {
    constexpr double lowest = std::numeric_limits<std::int16_t>::min();
    constexpr double highest = std::numeric_limits<std::int16_t>::max();
    return static_cast<std::int16_t>(std::floor(std::clamp(value, lowest, highest)));
}

} // namespace

Int8Thresholds::Int8Thresholds(double scale, std::size_t dimension)
    : half_(scale * scale / 2),
      // The rounding error of a product of unit vectors summed in any order is below dimension ×
      // 2^-24; the rest is for the vectors' own lengths.
      margin_(static_cast<double>(dimension + 16) * 0x1p-23) {}

std::int16_t Int8Thresholds::common(float row_threshold, float slack) const {
    return nearest(slack, pair_threshold(row_threshold, 0));
}

std::int16_t Int8Thresholds::slack(float slack) const {
    return as_threshold(half_ * -static_cast<double>(slack));
}

std::int16_t Int8Thresholds::nearest(float slack, float least) const {
    return as_threshold(
        half_ * (static_cast<double>(least) - margin_ - static_cast<double>(slack)) - 1);
}

} // namespace fabula::detail
