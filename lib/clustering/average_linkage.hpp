// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clustering/dendrogram.hpp"

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

#include <span>

namespace fabula::detail {

/// Average linkage by mean log-odds, as `cluster_graph` defines it. The graph must be valid.
///
/// By `Agglomeration`: sums are exact and ties settled, so the result is that of summing every pair
/// of clusters anew before each merge. Where missing pairs count as evidence against, a merge needs
/// an edge that allows it by itself, so that edges between parts of the graph that no such edge
/// connects are left out. `threads` = 0: one a core.
[[nodiscard]] Clustering average_linkage(const SimilarityGraph& graph, float min_probability,
                                         unsigned threads = 1);

/// The partitions that `average_linkage` gives at each of these probabilities, which fall, in the
/// time and memory of that at the last of them: no merge has a higher mean than those that made its
/// two clusters, so each partition is what the merges of its probability and above make.
/// Partition 0 has each node alone, partition i + 1 is that of `min_probabilities[i]`; at most 254.
[[nodiscard]] Dendrogram average_linkage_dendrogram(const SimilarityGraph& graph,
                                                    std::span<const float> min_probabilities,
                                                    unsigned threads = 1);

} // namespace fabula::detail
