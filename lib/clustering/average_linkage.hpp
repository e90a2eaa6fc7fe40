// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

namespace fabula::detail {

/// Average linkage by mean log-odds, as `cluster_graph` defines it. The graph must be valid.
///
/// By `Agglomeration`: sums are exact and ties settled, so the result is that of summing every pair
/// of clusters anew before each merge. Where missing pairs count as evidence against, a merge needs
/// an edge that allows it by itself, so that edges between parts of the graph that no such edge
/// connects are left out. `threads` = 0: one a core.
[[nodiscard]] Clustering average_linkage(const SimilarityGraph& graph, float min_probability,
                                         unsigned threads = 1);

} // namespace fabula::detail
