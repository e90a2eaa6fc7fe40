// SPDX-License-Identifier: Apache-2.0
#include "clustering/average_linkage.hpp"
#include "clustering/local_moves.hpp"
#include "reference/local_moves.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

#include <array>
#include <map>
#include <utility>

using namespace fabula;

namespace {

/// Any partition, well labelled.
Clustering random_partition(test::Random& random, std::uint32_t nodes, std::uint32_t clusters) {
    std::map<std::uint32_t, std::uint32_t> labels;
    Clustering out;
    for (std::uint32_t node = 0; node < nodes; ++node) {
        const auto next = static_cast<std::uint32_t>(labels.size());
        out.labels.push_back(labels.emplace(random.number(clusters), next).first->second);
    }
    out.clusters = labels.size();
    return out;
}

/// Mean log-odds of each article to the others of its cluster, by the definition; 0 where alone.
std::vector<double> fits(const SimilarityGraph& graph, const Clustering& clustering, double least) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, float> edges;
    for (const Edge& edge : graph.edges)
        edges[{edge.first, edge.second}] = edge.probability;
    std::vector<double> sums(graph.nodes);
    std::vector<double> pairs(graph.nodes);
    for (std::uint32_t i = 0; i < graph.nodes; ++i)
        for (std::uint32_t j = i + 1; j < graph.nodes; ++j) {
            if (clustering.labels[i] != clustering.labels[j])
                continue;
            const auto found = edges.find({i, j});
            const auto log_odds = static_cast<double>(
                detail::log_odds(found == edges.end() ? graph.missing_probability : found->second));
            for (const std::uint32_t node : {i, j}) {
                sums[node] += log_odds - least;
                pairs[node] += 1;
            }
        }
    for (std::size_t node = 0; node < graph.nodes; ++node)
        sums[node] = pairs[node] > 0 ? sums[node] / pairs[node] : 0;
    return sums;
}

constexpr std::array<float, 5> thresholds{0.005F, 0.2F, 0.5F, 0.8F, 0.999F};

} // namespace

TEST_CASE("local moves: the fast sums give what summing all pairs anew gives") {
    test::Random random(21);
    for (int round = 0; round < 300; ++round) {
        const std::uint32_t nodes = random.number(24) + 1;
        SimilarityGraph graph = test::random_graph(random, nodes, random.part(),
                                                   round % 2 == 0 ? 0 : random.number(5) + 1);
        if (round % 3 == 0)
            graph.missing_probability = 0.001F + 0.9F * random.part();
        for (const float threshold : thresholds) {
            INFO("round " << round << ", " << nodes << " nodes, threshold " << threshold);
            for (const Clustering& start :
                 {detail::average_linkage(graph, threshold),
                  random_partition(random, nodes, random.number(nodes) + 1)}) {
                const auto fast = detail::local_moves(graph, threshold, start);
                const auto naive = test::local_moves_naive(graph, threshold, start);
                CHECK(fast.clustering == naive.clustering);
                CHECK(fast.moves == naive.moves);
                CHECK(fast.sweeps == naive.sweeps);
            }
        }
    }
}

TEST_CASE("local moves: each sweep raises the objective until no article is misplaced") {
    test::Random random(22);
    std::size_t graphs = 0;
    std::size_t risen = 0;
    std::size_t most_sweeps = 0;
    for (int round = 0; round < 200; ++round) {
        const std::uint32_t nodes = random.number(60) + 2;
        const SimilarityGraph graph =
            test::random_graph(random, nodes, random.part(), round % 2 == 0 ? 0 : 4);
        for (const float threshold : thresholds) {
            Clustering now = round % 4 < 2 ? detail::average_linkage(graph, threshold)
                                           : random_partition(random, nodes, nodes / 2 + 1);
            const auto whole = detail::local_moves(graph, threshold, now, 1000);
            auto objective = test::clustering_objective(graph, threshold, now);
            ++graphs;
            risen += whole.moves > 0 ? 1 : 0;
            most_sweeps = std::max(most_sweeps, whole.sweeps);
            // Single sweeps number the clusters anew in between, which must not matter.
            for (std::size_t sweep = 0; sweep < whole.sweeps; ++sweep) {
                const auto next = detail::local_moves(graph, threshold, now, 1);
                const auto higher = test::clustering_objective(graph, threshold, next.clustering);
                CHECK((next.moves > 0 ? higher > objective : higher == objective));
                CHECK((next.moves == 0) == (sweep + 1 == whole.sweeps));
                now = next.clustering;
                objective = higher;
            }
            CHECK(now == whole.clustering);
            const auto least = static_cast<double>(
                std::max(detail::log_odds(threshold), detail::log_odds(graph.missing_probability)));
            for (const double fit : fits(graph, now, least))
                CHECK(fit >= 0);
        }
    }
    CHECK(most_sweeps < 32); // what `refined_linkage` allows
    CHECK(risen > graphs / 4);
}

TEST_CASE("refined linkage: stays within connected components of possible links") {
    test::Random random(23);
    for (int round = 0; round < 60; ++round) {
        const SimilarityGraph graph = test::random_graph(random, 120, 0.05F * random.part());
        const Clustering refined = cluster_graph(graph, {ClusterMethod::refined_linkage, 0.5});
        const Clustering whole = cluster_graph(graph, {ClusterMethod::connected_components, 0.5});
        std::map<std::uint32_t, std::uint32_t> within;
        for (std::size_t i = 0; i < graph.nodes; ++i)
            CHECK(within.emplace(refined.labels[i], whole.labels[i]).first->second ==
                  whole.labels[i]);
    }
}
