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
    /// Agglomeration by the mean log-odds between two clusters, where a missing pair counts with
    /// `SimilarityGraph::missing_probability`. No chain of weak links can grow a giant cluster.
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
    /// probability; for connected components, the weakest edge that counts. Range (0, 1). Raising
    /// it gives more and smaller clusters.
    double min_probability{0.5};

    [[nodiscard]] std::string validate() const;
};

/// Clusters a graph. Deterministic: depends on the graph alone, ties go to the pair of clusters
/// with the lowest first members. Memory: 40 bytes an edge. \throws Error(bad_option)
[[nodiscard]] Clustering cluster_graph(const SimilarityGraph& graph,
                                       const ClusteringOptions& options = {});

} // namespace fabula
