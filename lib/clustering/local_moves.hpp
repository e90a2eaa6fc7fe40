// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

#include <cstddef>

namespace fabula::detail {

/// What moves have done to a clustering.
struct MovedClustering {
    Clustering clustering;
    std::size_t moves{};
    std::size_t sweeps{}; ///< the last of them found nothing to move, or was the last allowed
};

/// Moves single articles to other clusters, or out into a cluster of their own, as long as the
/// objective of correlation clustering (Bansal, Blum and Chawla 2004) rises:
///
///     objective = Σ over pairs of articles in one cluster of (log-odds(p) − least)
///     least     = the higher of log-odds(min_probability) and log-odds(missing_probability),
///
/// a pair without an edge counting with `missing_probability`. Alone, that sum would be a bad
/// judge: the pairs of one article are no independent witnesses, and a large cluster that an
/// article fits a little would outbid the small one that it fits well, by its number of members.
/// The mean, which is what linkage goes by, errs the other way: a single good pair outbids many. So
/// an article moves only where both agree:
///
/// 1. its mean log-odds to the members of the new cluster is higher than to the others of its own
///    (`least` stands for the mean of an article that is alone), and
/// 2. the objective rises.
///
/// Among several such clusters it takes that of the highest mean; among equals that of its lowest
/// neighbour (an article with an edge to it). Articles take turns by number, in sweeps, until a
/// sweep moves nothing, or `most_sweeps` are done. The objective is an integer that rises with each
/// move, and partitions are finite in number, so it ends without that bound, too.
///
/// Where it ended by itself, no article has a mean log-odds below `least` to the others of its
/// cluster. O(E + n) a sweep for E edges and n nodes; 16 bytes an edge and 40 a node beside the
/// graph. The graph and the clustering must be valid.
[[nodiscard]] MovedClustering local_moves(const SimilarityGraph& graph, float min_probability,
                                          const Clustering& start, std::size_t most_sweeps = 32);

} // namespace fabula::detail
