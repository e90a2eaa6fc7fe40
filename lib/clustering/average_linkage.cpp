// SPDX-License-Identifier: Apache-2.0
#include "clustering/average_linkage.hpp"

#include "clustering/agglomeration.hpp"
#include "clustering/disjoint_sets.hpp"
#include "clustering/linkage_scale.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

namespace fabula::detail {
namespace {

constexpr std::size_t few_edges = std::size_t{1} << 20U; ///< whose gains take 8 MiB

/// For each node the part of the graph that it is in, which no merge can join with another: what is
/// connected by edges that allow a merge by themselves. A mean that allows one needs such an edge.
std::vector<std::uint32_t> mergeable_parts(const SimilarityGraph& graph, const LinkageScale& scale,
                                           std::span<const LogOdds> gains) {
    DisjointSets sets(graph.nodes);
    for (std::size_t at = 0; at < graph.edges.size(); ++at)
        if (gains.empty() ? scale.allows(graph.edges[at]) : scale.allows(MeanGain(gains[at], 1))) {
            const Edge& edge = graph.edges[at];
            const std::uint32_t a = sets.find(edge.first);
            const std::uint32_t b = sets.find(edge.second);
            sets.attach(std::max(a, b), std::min(a, b));
        }
    return sets.clustering().labels;
}

/// Calls use(agglomeration) with one that stops at this probability.
template <class Use>
auto with_agglomeration(const SimilarityGraph& graph, float min_probability, unsigned threads,
                        const Use& use) {
    const LinkageScale scale(graph, min_probability);
    // Each edge is looked at from both ends, and more than once: a logarithm each time, unless
    // there is memory for all.
    std::vector<LogOdds> gains;
    if (graph.edges.size() <= few_edges) {
        gains.reserve(graph.edges.size());
        for (const Edge& edge : graph.edges)
            gains.push_back(scale.gain(edge));
    }
    // Where missing pairs do not count against a merge, weak edges alone may add up to one.
    const std::vector<std::uint32_t> parts =
        scale.least > 0 ? mergeable_parts(graph, scale, gains) : std::vector<std::uint32_t>();
    return use(Agglomeration(graph, scale, parts, gains, threads));
}

} // namespace

Clustering average_linkage(const SimilarityGraph& graph, float min_probability, unsigned threads) {
    return with_agglomeration(graph, min_probability, threads,
                              [](Agglomeration&& linkage) { return linkage.run(); });
}

Dendrogram average_linkage_dendrogram(const SimilarityGraph& graph,
                                      std::span<const float> min_probabilities, unsigned threads) {
    std::vector<Agglomeration::Merged> history;
    with_agglomeration(graph, min_probabilities.back(), threads,
                       [&](Agglomeration&& linkage) { (void)linkage.run(&history); });

    // Each cluster is a chain of its nodes, and a merge hangs one chain on another.
    constexpr auto none = std::numeric_limits<std::uint32_t>::max();
    const auto never = static_cast<std::uint8_t>(min_probabilities.size() + 1);
    std::vector<std::uint32_t> next(graph.nodes, none);
    std::vector<std::uint32_t> last(graph.nodes);
    std::iota(last.begin(), last.end(), 0U);
    std::vector<std::uint8_t> joined(graph.nodes, never); // to the node before, by node
    std::vector<LinkageScale> scales;
    for (const float probability : min_probabilities)
        scales.emplace_back(graph, probability);
    for (const auto& [stays, goes, mean] : history) {
        const auto first =
            std::find_if(scales.begin(), scales.end(),
                         [mean = mean](const auto& scale) { return scale.allows(mean); });
        next[last[stays]] = goes;
        last[stays] = last[goes];
        joined[goes] = static_cast<std::uint8_t>(first - scales.begin() + 1);
    }
    Dendrogram out;
    out.partitions = min_probabilities.size() + 1;
    out.order.reserve(graph.nodes);
    out.joined_in.reserve(graph.nodes);
    for (std::uint32_t node = 0; node < graph.nodes; ++node)
        if (joined[node] == never)
            for (std::uint32_t at = node; at != none; at = next[at]) {
                out.order.push_back(at);
                out.joined_in.push_back(joined[at]);
            }
    return out;
}

} // namespace fabula::detail
