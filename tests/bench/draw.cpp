// SPDX-License-Identifier: Apache-2.0
#include "draw.hpp"

#include <cmath>

namespace bench {

Weights Weights::zipf(std::size_t n, double exponent) {
    Weights weights;
    for (std::size_t i = 0; i < n; ++i)
        weights.add(std::pow(static_cast<double>(i + 1), -exponent));
    return weights;
}

} // namespace bench
