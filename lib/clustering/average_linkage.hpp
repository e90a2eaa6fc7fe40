// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/clustering.hpp>
#include <fabula/similarity.hpp>

namespace fabula::detail {

/// Average linkage by mean log-odds, as `cluster_graph` defines it. The graph must be valid.
///
/// A heap holds the pairs of clusters that could merge, each under a mean that is never too low: as
/// clusters grow, the mean of a pair that gains no edge can only fall, so an entry is corrected
/// when it comes to the top (lazily), and only a mean that rises needs a new entry. Each merge
/// moves the shorter list of neighbours. Together O(E log² E) for E edges as long as missing pairs
/// count as evidence against; ties and sums are exact, so the result is that of
/// `average_linkage_naive`. While they do, a merge needs an edge that allows it by itself, so parts
/// of the graph that no such edge connects are clustered apart, `threads` of them at a time (0 =
/// one a core): the heaps and their tables are never larger than the largest parts need.
[[nodiscard]] Clustering average_linkage(const SimilarityGraph& graph, float min_probability,
                                         unsigned threads = 1);

/// The same by the definition: before each merge, every pair of clusters is summed anew over all
/// their articles. O(n³); the reference for the tests.
[[nodiscard]] Clustering average_linkage_naive(const SimilarityGraph& graph, float min_probability);

} // namespace fabula::detail
