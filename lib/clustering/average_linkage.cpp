// SPDX-License-Identifier: Apache-2.0
#include "clustering/average_linkage.hpp"

#include "clustering/agglomeration.hpp"
#include "clustering/disjoint_sets.hpp"
#include "clustering/linkage_scale.hpp"

#include <algorithm>
#include <vector>

namespace fabula::detail {
namespace {

/// For each node the part of the graph that it is in, which no merge can join with another: what is
/// connected by edges that allow a merge by themselves. A mean that allows one needs such an edge.
std::vector<std::uint32_t> mergeable_parts(const SimilarityGraph& graph,
                                           const LinkageScale& scale) {
    DisjointSets sets(graph.nodes);
    for (const Edge& edge : graph.edges)
        if (scale.allows(edge)) {
            const std::uint32_t a = sets.find(edge.first);
            const std::uint32_t b = sets.find(edge.second);
            sets.attach(std::max(a, b), std::min(a, b));
        }
    return sets.clustering().labels;
}

} // namespace

Clustering average_linkage(const SimilarityGraph& graph, float min_probability, unsigned threads) {
    const LinkageScale scale(graph, min_probability);
    // Where missing pairs do not count against a merge, weak edges alone may add up to one.
    const std::vector<std::uint32_t> parts =
        scale.least > 0 ? mergeable_parts(graph, scale) : std::vector<std::uint32_t>();
    return Agglomeration(graph, scale, parts, threads).run();
}

} // namespace fabula::detail
