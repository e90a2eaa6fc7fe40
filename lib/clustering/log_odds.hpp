// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/portable_math.hpp"

#include <algorithm>
#include <cstdint>

namespace fabula::detail {

/// Log-odds in steps of 2^-20. Sums of integers are exact, so a cluster's total does not depend on
/// the order in which its parts met. A step is a change of probability below 10^-6, and there
/// is room for the sum over 2^37 pairs.
using LogOdds = std::int64_t;

/// As `std::llround`, which the baseline processor has no instruction for, and which is a call
/// then.
[[nodiscard]] inline std::int64_t rounded(double value) {
    const auto whole = static_cast<std::int64_t>(value);
    const double rest = value - static_cast<double>(whole); // exact
    return whole + (rest >= 0.5 ? 1 : 0) - (rest <= -0.5 ? 1 : 0);
}

/// ln(p / (1 − p)) of a probability that is kept in [10^-6, 1 − 10^-6].
[[nodiscard]] inline double unbent_log_odds(float probability) {
    constexpr double least = 1e-6;
    const double p = std::clamp(static_cast<double>(probability), least, 1 - least);
    return portable_log(p / (1 - p));
}

/// The same; what is above 3 (95 %) counts a quarter. So a few pairs that are certain do not
/// outvote many that are not: near copies along a chain of articles do not link its ends.
[[nodiscard]] inline LogOdds log_odds(float probability) {
    constexpr double sure = 3; // 95 %
    const double log_odds = unbent_log_odds(probability);
    const double bent = log_odds > sure ? sure + (log_odds - sure) / 4 : log_odds;
    return rounded(bent * 0x1p20);
}

} // namespace fabula::detail
