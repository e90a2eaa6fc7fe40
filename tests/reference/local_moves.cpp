// SPDX-License-Identifier: Apache-2.0
#include "reference/local_moves.hpp"

#include "clustering/dense_labels.hpp"
#include "clustering/linkage_scale.hpp"

#include <fabula/neighbours.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace fabula::test {
namespace {

using detail::LinkageScale;
using detail::LogOdds;

/// How an article fits a cluster that it is not counted in.
struct Fit {
    LogOdds sum{}; ///< of log-odds − least over its pairs with the members
    double mean{}; ///< the same, over their number; 0 where there are none

    Fit() = default;
    Fit(LogOdds gains, std::size_t members, const LinkageScale& scale)
        : sum(gains - scale.cost() * static_cast<LogOdds>(members)),
          mean(members == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(members)) {}

    [[nodiscard]] bool beats(const Fit& own) const { return sum > own.sum && mean > own.mean; }
};

} // namespace

detail::MovedClustering local_moves_naive(const SimilarityGraph& graph, float min_probability,
                                          const Clustering& start, std::size_t most_sweeps) {
    const LinkageScale scale(graph, min_probability);
    std::map<std::pair<std::uint32_t, std::uint32_t>, LogOdds> gains;
    for (const Edge& edge : graph.edges)
        gains[{edge.first, edge.second}] = scale.gain(edge);

    std::vector<std::uint32_t> cluster_of = start.labels;
    std::size_t numbers = start.clusters;
    const auto fit = [&](std::uint32_t node, std::uint32_t cluster) {
        LogOdds sum = 0;
        std::size_t members = 0;
        for (std::uint32_t other = 0; other < graph.nodes; ++other) {
            if (other == node || cluster_of[other] != cluster)
                continue;
            ++members;
            const auto found = gains.find({std::min(node, other), std::max(node, other)});
            sum += found == gains.end() ? 0 : found->second;
        }
        return Fit(sum, members, scale);
    };

    detail::MovedClustering out;
    std::size_t moved = 1;
    while (moved > 0 && out.sweeps < most_sweeps) {
        moved = 0;
        for (std::uint32_t node = 0; node < graph.nodes; ++node) {
            const Fit here = fit(node, cluster_of[node]);
            Fit best = here;
            std::uint32_t target = cluster_of[node];
            const auto alone = static_cast<std::uint32_t>(numbers);
            if (Fit{}.beats(here)) {
                best = Fit{};
                target = alone;
            }
            for (std::uint32_t other = 0; other < graph.nodes; ++other) {
                if (!gains.contains({std::min(node, other), std::max(node, other)}) ||
                    cluster_of[other] == cluster_of[node])
                    continue;
                const Fit there = fit(node, cluster_of[other]);
                if (there.beats(here) && there.mean > best.mean) {
                    best = there;
                    target = cluster_of[other];
                }
            }
            if (target == cluster_of[node])
                continue;
            numbers += target == alone ? 1 : 0;
            cluster_of[node] = target;
            ++moved;
        }
        out.moves += moved;
        ++out.sweeps;
    }
    out.clustering = detail::dense_labels(std::move(cluster_of), numbers);
    return out;
}

detail::LogOdds clustering_objective(const SimilarityGraph& graph, float min_probability,
                                     const Clustering& clustering) {
    const LinkageScale scale(graph, min_probability);
    LogOdds sum = 0;
    for (const Edge& edge : graph.edges)
        if (clustering.labels[edge.first] == clustering.labels[edge.second])
            sum += scale.gain(edge);
    std::vector<LogOdds> size(clustering.clusters, 0);
    for (const std::uint32_t label : clustering.labels)
        ++size[label];
    for (const LogOdds members : size)
        sum -= scale.cost() * (members * (members - 1) / 2);
    return sum;
}

} // namespace fabula::test
