// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/similarity.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fabula {

/// How a graph of pairs becomes clusters.
enum class ClusterMethod {
    /// Agglomeration by the mean log-odds ln(p / (1 − p)) over all pairs of articles between two
    /// clusters (UPGMA), highest first. A pair without an edge counts with
    /// `SimilarityGraph::missing_probability`, so no chain of weak links can grow a giant cluster.
    /// Probabilities are kept in [10^-6, 1 − 10^-6]: no single pair can outvote all others.
    average_linkage,
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
    ClusterMethod method{ClusterMethod::average_linkage};

    /// Two clusters are merged while the mean log-odds between them is at least that of this
    /// probability; for connected components, the weakest edge that counts. Range (0, 1); rounded
    /// to float, as edges are. Raising it only ever splits clusters: each cluster of the higher
    /// value lies within one of the lower. For average linkage, the mean must also be above the
    /// log-odds of a missing pair, so articles that nothing links stay apart however low this is.
    double min_probability{0.5};

    /// Empty where all is well, else a sentence that names the field and its range.
    [[nodiscard]] std::string validate() const;
};

/// Clusters a graph. Deterministic: depends on the graph alone; sums are exact, and ties go to the
/// pair of clusters with the lowest first members (lower of the two compared first).
///
/// For E edges and n nodes, average linkage takes O(n + E log² E) time while missing pairs count
/// against a merge (`missing_probability` < `min_probability`), and about 80 bytes an edge and
/// 80 bytes a node at its peak beside the graph; connected components O(E + n) and 12 bytes a node.
/// \throws Error(bad_option); Error(bad_input) where the graph is not as `SimilarityGraph` demands:
/// unsorted or repeated edges, `first >= second`, a node or a probability out of range.
[[nodiscard]] Clustering cluster_graph(const SimilarityGraph& graph,
                                       const ClusteringOptions& options = {});

} // namespace fabula
