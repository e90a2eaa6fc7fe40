// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

namespace fabula::test {

/// `ClusterMethod::branch_cut` by its definition: each partition by average linkage anew, every
/// score by sums over all pairs, the choice by recursion from the coarsest partition down.
[[nodiscard]] Clustering branch_cut_naive(const SimilarityGraph& graph, float min_probability);

} // namespace fabula::test
