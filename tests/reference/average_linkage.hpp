// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

namespace fabula::test {

/// Average linkage by its definition: before each merge, every pair of clusters is summed anew over
/// all their articles. O(n³).
[[nodiscard]] Clustering average_linkage_naive(const SimilarityGraph& graph, float min_probability);

} // namespace fabula::test
