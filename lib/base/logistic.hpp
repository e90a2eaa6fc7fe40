// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/portable_math.hpp"

namespace fabula::detail {

/// The probability of these log-odds: 1 / (1 + exp(-x)).
[[nodiscard]] inline double logistic(double x) {
    return 1.0 / (1.0 + portable_exp(-x));
}

} // namespace fabula::detail
