// SPDX-License-Identifier: Apache-2.0
#include "clustering/average_linkage.hpp"
#include "clustering/branch_cut.hpp"
#include "clustering/disjoint_sets.hpp"
#include "clustering/local_moves.hpp"

#include <fabula/clustering.hpp>
#include <fabula/error.hpp>
#include <fabula/neighbours.hpp>

#include <algorithm>
#include <limits>

namespace fabula::inline v0 {
namespace {

[[noreturn]] void refuse(std::size_t index, const Edge& edge, const std::string& why) {
    throw Error(Errc::bad_input, "edge " + std::to_string(index) + " of the graph, (" +
                                     std::to_string(edge.first) + ", " +
                                     std::to_string(edge.second) + ", " +
                                     std::to_string(edge.probability) + "), " + why);
}

void check(const SimilarityGraph& graph) {
    if (graph.nodes >= std::numeric_limits<std::uint32_t>::max())
        throw Error(Errc::bad_input, "a graph of " + std::to_string(graph.nodes) +
                                         " nodes is larger than the 4294967294 that fit");
    if (graph.edges.size() > std::numeric_limits<std::uint32_t>::max())
        throw Error(Errc::bad_input, "a graph of " + std::to_string(graph.edges.size()) +
                                         " edges is larger than the 4294967295 that fit; leave "
                                         "out the least probable ones");
    if (!(graph.missing_probability > 0 && graph.missing_probability < 1))
        throw Error(Errc::bad_input, "missing_probability of the graph is " +
                                         std::to_string(graph.missing_probability) +
                                         ", but must be in (0, 1)");
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        const Edge& edge = graph.edges[i];
        if (edge.first >= edge.second)
            refuse(i, edge, "must have first < second");
        if (edge.second >= graph.nodes)
            refuse(i, edge, "must name nodes below " + std::to_string(graph.nodes));
        if (!(edge.probability >= 0 && edge.probability <= 1))
            refuse(i, edge, "must have a probability in [0, 1]");
        if (i == 0)
            continue;
        const Edge& last = graph.edges[i - 1];
        if (last.first > edge.first || (last.first == edge.first && last.second >= edge.second))
            refuse(i, edge,
                   "must come after the edge before it; sort the edges by (first, second) and give "
                   "each pair once");
    }
}

Clustering connected_components(const SimilarityGraph& graph, float min_probability) {
    detail::DisjointSets sets(graph.nodes);
    for (const Edge& edge : graph.edges) {
        if (edge.probability < min_probability)
            continue;
        const std::uint32_t a = sets.find(edge.first);
        const std::uint32_t b = sets.find(edge.second);
        sets.attach(std::max(a, b), std::min(a, b));
    }
    return sets.clustering();
}

} // namespace

std::string ClusteringOptions::validate() const {
    if (!(min_probability > 0 && min_probability < 1))
        return "min_probability is " + std::to_string(min_probability) + ", but must be in (0, 1)";
    if (threads > 1024)
        return "threads is " + std::to_string(threads) + ", but must be in 0–1024";
    return {};
}

Clustering cluster_graph(const SimilarityGraph& graph, const ClusteringOptions& options) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    check(graph);
    // Edges hold floats: as a double, 0.7 would lie above the edge that was given 0.7.
    const auto min_probability = static_cast<float>(options.min_probability);
    switch (options.method) {
    case ClusterMethod::connected_components:
        return connected_components(graph, min_probability);
    case ClusterMethod::refined_linkage:
        return detail::local_moves(graph, min_probability,
                                   detail::average_linkage(graph, min_probability, options.threads))
            .clustering;
    case ClusterMethod::branch_cut:
        return detail::branch_cuts(graph, {&min_probability, 1}, options.threads).front();
    case ClusterMethod::average_linkage:
        break;
    }
    return detail::average_linkage(graph, min_probability, options.threads);
}

} // namespace fabula::inline v0
