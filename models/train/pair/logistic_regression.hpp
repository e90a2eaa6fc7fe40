// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scoring/pair_features.hpp"

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

/// What each coefficient may be; both 0 for a feature that is left out.
struct Bounds {
    double least{-1e9};
    double most{1e9};
};
using AllBounds = std::array<Bounds, detail::pair_feature_count>;

/// Maximises Σ weight × log-likelihood − ridge / 2 × Σ coefficient² (the bias is free) by Newton's
/// method; a coefficient that leaves its bounds is held at the one that it passed and the rest is
/// fitted again.
[[nodiscard]] Coefficients fit_logistic(std::span<const Example> examples, double ridge,
                                        const AllBounds& bounds);

} // namespace fabula::training
