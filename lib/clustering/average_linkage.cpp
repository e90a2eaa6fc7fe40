// SPDX-License-Identifier: Apache-2.0
#include "clustering/average_linkage.hpp"

#include "clustering/agglomeration.hpp"
#include "clustering/disjoint_sets.hpp"
#include "clustering/linkage_scale.hpp"

#include <algorithm>
#include <map>
#include <utility>
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

Clustering average_linkage_naive(const SimilarityGraph& graph, float min_probability) {
    const LinkageScale scale(graph, min_probability);
    std::map<std::pair<std::uint32_t, std::uint32_t>, LogOdds> gains;
    for (const Edge& edge : graph.edges)
        gains[{edge.first, edge.second}] = scale.gain(edge);

    // In the order of first members, as each merge goes into the earlier cluster.
    std::vector<std::vector<std::uint32_t>> clusters(graph.nodes);
    for (std::uint32_t node = 0; node < graph.nodes; ++node)
        clusters[node] = {node};
    for (;;) {
        MeanGain best;
        std::size_t best_a = 0;
        std::size_t best_b = 0;
        for (std::size_t a = 0; a < clusters.size(); ++a)
            for (std::size_t b = a + 1; b < clusters.size(); ++b) {
                LogOdds sum = 0;
                for (const std::uint32_t i : clusters[a])
                    for (const std::uint32_t j : clusters[b])
                        if (const auto gain = gains.find({std::min(i, j), std::max(i, j)});
                            gain != gains.end())
                            sum += gain->second;
                const MeanGain mean(sum, clusters[a].size() * clusters[b].size());
                if (mean > best) {
                    best = mean;
                    best_a = a;
                    best_b = b;
                }
            }
        if (!scale.allows(best))
            break;
        clusters[best_a].insert(clusters[best_a].end(), clusters[best_b].begin(),
                                clusters[best_b].end());
        clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(best_b));
    }

    Clustering result;
    result.labels.resize(graph.nodes);
    result.clusters = clusters.size();
    for (std::uint32_t label = 0; label < clusters.size(); ++label)
        for (const std::uint32_t node : clusters[label])
            result.labels[node] = label;
    return result;
}

} // namespace fabula::detail
