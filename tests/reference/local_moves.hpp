// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clustering/local_moves.hpp"
#include "clustering/log_odds.hpp"

#include <fabula/neighbours.hpp>

#include <cstddef>

namespace fabula::test {

/// `detail::local_moves` by its definition: each possible move is scored by summing the pairs of
/// both clusters anew. O(n²) a sweep and more.
[[nodiscard]] detail::MovedClustering local_moves_naive(const SimilarityGraph& graph,
                                                        float min_probability,
                                                        const Clustering& start,
                                                        std::size_t most_sweeps = 32);

/// The objective that moves raise, summed over all pairs. O(n²).
[[nodiscard]] detail::LogOdds clustering_objective(const SimilarityGraph& graph,
                                                   float min_probability,
                                                   const Clustering& clustering);

} // namespace fabula::test
