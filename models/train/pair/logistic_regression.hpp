// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "similarity/pair_features.hpp"

#include <array>
#include <span>

namespace fabula::training {

using Coefficients = std::array<double, detail::pair_feature_count>;

/// One pair with its gold answer and what it counts.
struct Example {
    detail::PairFeatures features;
    bool same_story{};
    double weight{1};
};

/// Bounds by sign: features whose growth must never speak against (+1) or for (-1) the same story.
using Signs = std::array<int, detail::pair_feature_count>;

/// Maximises Σ weight × log-likelihood − ridge / 2 × Σ coefficient² (the bias is free) by Newton's
/// method; a coefficient that leaves the side its sign allows is held at zero and the rest is
/// fitted again.
[[nodiscard]] Coefficients fit_logistic(std::span<const Example> examples, double ridge,
                                        const Signs& signs);

} // namespace fabula::training
