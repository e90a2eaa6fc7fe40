// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/export.hpp>
#include <fabula/neighbours.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fabula::inline v0 {

/// How a graph of pairs becomes clusters.
enum class ClusterMethod {
    /// Agglomeration by the mean log-odds ln(p / (1 − p)) over all pairs of articles between two
    /// clusters (UPGMA), highest first. A pair without an edge counts with
    /// `SimilarityGraph::missing_probability`, so no chain of weak links can grow a giant cluster.
    /// Probabilities are kept in [10^-6, 1 − 10^-6], and log-odds above 3 count a quarter of what
    /// they are above it: no few certain pairs can outvote many doubtful ones.
    average_linkage,
    /// Average linkage, then moves of single articles to clusters that they fit better, or out into
    /// one of their own. An article moves where both its mean log-odds to its cluster and the sum
    /// of log-odds(p) − log-odds(min_probability) over all pairs within clusters (the objective of
    /// correlation clustering) rise. At the end, each article's mean log-odds to the others of its
    /// cluster are at least those of `min_probability`; a few may lack that only where 32 sweeps
    /// over all articles were not enough. Linkage leaves little to move, and what does move mostly
    /// fitted but a few members of a growing cluster: a little more precision, and a little less
    /// recall.
    refined_linkage,
    /// The dendrogram of average linkage, cut branch by branch: high where a story is dense and low
    /// where it is loose. A pair has the affinity 1 / (1 + exp(−log-odds(p) / 3)), and at least m,
    /// that of `SimilarityGraph::missing_probability`. In each partition of average linkage at 22
    /// probabilities from 0.95 to 0.02, an article scores (A − b) / max(1 − A, 1 − b)^⅜: A is its
    /// mean affinity to the others of its cluster, b its highest to another cluster, but at least m
    /// and 0.35; on the way from a difference to the silhouette (Rousseeuw 1987), whose power is 1.
    /// An article alone scores as one with A = affinity(`min_probability`) and nothing else near.
    /// From the finest partition to the coarsest, a cluster is kept whole where its articles'
    /// scores add up to no less than the best that its pieces reach.
    branch_cut,
    /// All that is connected by edges of `min_probability` or more. Fast and simple; chains.
    connected_components,
};

/// A partition of `labels.size()` articles. Labels are dense and numbered in the order of the first
/// member of each cluster.
struct Clustering {
    std::vector<std::uint32_t> labels;
    std::size_t clusters{};

    friend bool operator==(const Clustering&, const Clustering&) = default;
};

/// How clusters are cut.
struct ClusteringOptions {
    ClusterMethod method{ClusterMethod::branch_cut};

    /// Two clusters are merged while the mean log-odds between them is at least that of this
    /// probability; for connected components, the weakest edge that counts. Range (0, 1); rounded
    /// to float, as edges are. Raising it only ever splits clusters: each cluster of the higher
    /// value lies within one of the lower. (Not so for refined linkage, whose moves depend on the
    /// clusters of this very value; what linkage made of them before the moves obeys.) For average
    /// and refined linkage, the mean must also be above the log-odds of a missing pair, so articles
    /// that nothing links stay apart however low this is. For `branch_cut` it is what two
    /// articles need that nothing else is near: how cautious to be, not a level for all.
    double min_probability{0.5};

    /// 0 = one a usable core; the clusters are the same for any number. Range 0–1024. Linkage and
    /// the scores of `branch_cut` make use of them; the moves of refined linkage and connected
    /// components run on one thread.
    unsigned threads{0};

    /// Empty where all is well, else a sentence that names the field and its range.
    [[nodiscard]] FABULA_EXPORT std::string validate() const;
};

/// Clusters a graph. Deterministic: depends on the graph alone; sums are exact, and ties go to the
/// pair of clusters with the lowest first members (lower of the two compared first).
///
/// For E edges and n nodes, average linkage merges all pairs of clusters at once that are each
/// other's best, and reads the edges of the clusters that this concerns, round by round: mostly a
/// few times E in all, O(n E) at worst. Beside the graph it needs 4 bytes an edge to begin with and
/// 12 for each two clusters that an edge connects, from when one of them has been merged (15 an
/// edge were seen of news, 36 at worst, nodes and all), of the edges within parts that those of
/// `min_probability` or more connect (where missing pairs count against a merge:
/// `missing_probability` < `min_probability`; else of all), 130 bytes a node, and 4 more for each
/// thread. Moves take O(E + n) a sweep, a few sweeps, and no more than
/// 80 bytes an edge and a node; connected components O(E + n) and 12 bytes a node. After linkage
/// down to 0.02, `branch_cut` takes O(22 × (E + n) + E log n) at most, and 20 bytes an edge and 60
/// a node.
///
/// \throws Error(bad_option); Error(bad_input) where the graph is not as `SimilarityGraph` demands:
/// unsorted or repeated edges, `first >= second`, a node or a probability out of range, 2^32 edges
/// or more.
[[nodiscard]] FABULA_EXPORT Clustering cluster_graph(const SimilarityGraph& graph,
                                                     const ClusteringOptions& options = {});

} // namespace fabula::inline v0
