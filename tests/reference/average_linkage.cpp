// SPDX-License-Identifier: Apache-2.0
#include "reference/average_linkage.hpp"

#include "clustering/linkage_scale.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace fabula::test {

Clustering average_linkage_naive(const SimilarityGraph& graph, float min_probability) {
    const detail::LinkageScale scale(graph, min_probability);
    std::map<std::pair<std::uint32_t, std::uint32_t>, detail::LogOdds> gains;
    for (const Edge& edge : graph.edges)
        gains[{edge.first, edge.second}] = scale.gain(edge);

    // In the order of first members, as each merge goes into the earlier cluster.
    std::vector<std::vector<std::uint32_t>> clusters(graph.nodes);
    for (std::uint32_t node = 0; node < graph.nodes; ++node)
        clusters[node] = {node};
    for (;;) {
        detail::MeanGain best;
        std::size_t best_a = 0;
        std::size_t best_b = 0;
        for (std::size_t a = 0; a < clusters.size(); ++a)
            for (std::size_t b = a + 1; b < clusters.size(); ++b) {
                detail::LogOdds sum = 0;
                for (const std::uint32_t i : clusters[a])
                    for (const std::uint32_t j : clusters[b])
                        if (const auto gain = gains.find({std::min(i, j), std::max(i, j)});
                            gain != gains.end())
                            sum += gain->second;
                const detail::MeanGain mean(sum, clusters[a].size() * clusters[b].size());
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

} // namespace fabula::test
