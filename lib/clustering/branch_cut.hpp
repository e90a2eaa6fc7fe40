// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

#include <span>
#include <vector>

namespace fabula::detail {

/// `ClusterMethod::branch_cut`, one clustering for each least probability: the dendrogram and the
/// scores of its clusters are found once for all of them. The graph must be valid.
///
/// An article in a cluster of the partition P has the score
///
///     s = (A − b) / max(1 − A, 1 − b)^⅜
///     A = mean affinity to the other members of its cluster
///     b = max(m, 0.35, highest mean affinity to another cluster of P),
///
/// that of an article alone is the same of A = affinity(min_probability), b = max(m, 0.35) and a
/// tenth of what its nearest neighbour is nearer than A: so two articles that nothing else is near
/// need this probability to come together, and one that is near to several others, to none of which
/// alone it belongs, has less reason to stay by itself. The affinity of a pair is 1 / (1 +
/// exp(−ln(p / (1 − p)) / 3)), without an edge m, that of `missing_probability`; no pair has less.
/// From the finest partition to the coarsest, a cluster is taken whole where the sum of its
/// members' scores is at least the best sum of its pieces, which are the clusters of the partition
/// before. (A cluster that is in both is scored anew, as those about it may have changed.)
///
/// Affinities and scores are integers in steps of 2^-30, and so sums do not depend on the order of
/// anything. Raising the least probability only splits clusters: it raises the best sum of pieces,
/// and no score of a cluster of two or more. So what is taken whole with a higher one is
/// with a lower one, too, and lies within what is taken there from then on.
///
/// O(E × partitions + E log n + n × partitions × clusterings) after linkage, mostly much less: an
/// article is scored anew only where its own cluster or that of a neighbour is another than in the
/// partition before. Beside the graph 20 bytes an edge and, when linkage is done, 50 a node and 10
/// more for each clustering. `threads` = 0: one a core.
[[nodiscard]] std::vector<Clustering> branch_cuts(const SimilarityGraph& graph,
                                                  std::span<const float> min_probabilities,
                                                  unsigned threads = 1);

} // namespace fabula::detail
