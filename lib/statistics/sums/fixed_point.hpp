// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace fabula::detail {

// What is summed up over a collection is summed up in whole numbers: parts of it can then be added
// in any order, and taken away again, without a trace.

/// Units of a document weight: fine enough for the 256 stories' worth of neighbours that one is
/// made of. A sum of them is in units of its own, as stories of many members need finer ones.
inline constexpr double weight_units = 1 << 14U;
inline constexpr double sum_units = 1 << 20U;
/// Units of a component of a vector of unit length.
inline constexpr double component_units = 1 << 11U;

/// So many stories, in `weight_units`, are summed up without overflow, whatever their vectors:
/// 2^26.
inline constexpr std::uint64_t most_weight = std::uint64_t{1} << 40U;

/// At least one unit.
[[nodiscard]] inline std::uint64_t in_units(double value, double units) {
    return static_cast<std::uint64_t>(std::max(1.0, std::round(value * units)));
}

/// The nearest document weight that is a whole number of units.
[[nodiscard]] inline double whole_weight(double value) {
    return static_cast<double>(in_units(value, weight_units)) / weight_units;
}

[[nodiscard]] inline double component_in_units(float value) {
    return std::round(static_cast<double>(value) * component_units);
}

} // namespace fabula::detail
