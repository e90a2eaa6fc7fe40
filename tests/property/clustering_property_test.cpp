// SPDX-License-Identifier: Apache-2.0
#include "clustering/average_linkage.hpp"
#include "reference/average_linkage.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

#include <array>
#include <limits>
#include <map>
#include <numeric>

using namespace fabula;

namespace {

/// Dense, and in the order of first members.
bool well_labelled(const Clustering& clustering) {
    std::uint32_t next = 0;
    for (const std::uint32_t label : clustering.labels) {
        if (label > next)
            return false;
        next += label == next ? 1 : 0;
    }
    return next == clustering.clusters;
}

/// A few groups, in each of which some articles are near all others, and so the best of most.
SimilarityGraph hub_graph(test::Random& random, std::uint32_t nodes, std::uint32_t groups,
                          float outside) {
    std::vector<float> size(nodes);
    for (float& value : size)
        value = random.part();
    SimilarityGraph graph;
    graph.nodes = nodes;
    for (std::uint32_t i = 0; i < nodes; ++i)
        for (std::uint32_t j = i + 1; j < nodes; ++j) {
            const bool same = i % groups == j % groups;
            if (same || random.part() < outside)
                graph.edges.push_back(
                    {i, j, same ? 0.3F + 0.7F * size[i] * size[j] : 0.5F * random.part()});
        }
    return graph;
}

constexpr std::array<float, 7> thresholds{0.005F, 0.03F, 0.2F, 0.5F, 0.6F, 0.9F, 0.999F};

} // namespace

TEST_CASE("average linkage: reciprocal merges give what summing all pairs anew gives") {
    test::Random random(11);
    for (int round = 0; round < 400; ++round) {
        const std::uint32_t nodes = random.number(28) + 1;
        SimilarityGraph graph =
            round % 8 == 0   ? hub_graph(random, nodes, random.number(3) + 1, 0.3F)
            : round % 4 == 0 ? test::story_graph(random, nodes, random.number(5) + 1)
                             : test::random_graph(random, nodes, random.part(),
                                                  round % 4 == 1 ? 0 : random.number(5) + 1);
        if (round % 3 == 0)
            graph.missing_probability = 0.001F + 0.9F * random.part();
        for (const float threshold : thresholds) {
            INFO("round " << round << ", " << nodes << " nodes, threshold " << threshold);
            const Clustering fast = detail::average_linkage(graph, threshold);
            CHECK(fast == test::average_linkage_naive(graph, threshold));
            CHECK(fast == detail::average_linkage(graph, threshold, 3));
            CHECK(well_labelled(fast));
        }
    }
}

TEST_CASE("average linkage: lists that are long enough for several threads") {
    test::Random random(17);
    std::size_t report = 0;
    for (const std::uint32_t groups : {1U, 3U, 40U})
        for (const float missing : {0.01F, 0.25F}) {
            SimilarityGraph graph = hub_graph(random, 700, groups, 0.2F);
            graph.missing_probability = missing;
            for (const float threshold : {0.26F, 0.5F, 0.7F}) {
                INFO(groups << " groups, missing " << missing << ", threshold " << threshold);
                const Clustering alone = detail::average_linkage(graph, threshold, 1);
                report += alone.clusters > 1 && alone.clusters < graph.nodes ? 1 : 0;
                for (const unsigned threads : {2U, 5U})
                    CHECK(detail::average_linkage(graph, threshold, threads) == alone);
            }
        }
    CHECK(report > 9);
}

TEST_CASE("clustering: raising min_probability only splits clusters") {
    test::Random random(12);
    for (int round = 0; round < 24; ++round) {
        const SimilarityGraph graph =
            round % 2 == 0 ? test::story_graph(random, 150, random.number(20) + 1)
                           : test::random_graph(random, 100, random.part(), random.number(12));
        for (const auto method :
             {ClusterMethod::average_linkage, ClusterMethod::connected_components}) {
            Clustering coarse = cluster_graph(graph, {method, 0.001});
            for (double threshold = 0.05; threshold < 1; threshold += 0.05) {
                Clustering fine = cluster_graph(graph, {method, threshold});
                INFO("round " << round << ", threshold " << threshold);
                CHECK(well_labelled(fine));
                CHECK(test::refines(fine, coarse));
                coarse = std::move(fine);
            }
        }
    }
}

TEST_CASE("clustering: average linkage stays within connected components of possible links") {
    test::Random random(13);
    for (int round = 0; round < 40; ++round) {
        SimilarityGraph graph = test::story_graph(random, 120, random.number(30) + 1);
        const Clustering average = cluster_graph(graph);
        // Any merge needs at least one edge that is itself likely enough.
        CHECK(test::refines(average,
                            cluster_graph(graph, {ClusterMethod::connected_components, 0.5})));
    }
}

TEST_CASE("clustering: without ties, another order of the nodes gives the same partition") {
    test::Random random(14);
    for (int round = 0; round < 30; ++round) {
        const SimilarityGraph graph = test::story_graph(random, 200, random.number(40) + 1);
        std::vector<std::uint32_t> new_node(graph.nodes);
        std::iota(new_node.begin(), new_node.end(), 0U);
        random.shuffle(new_node);
        SimilarityGraph moved = graph;
        for (Edge& edge : moved.edges)
            edge = {std::min(new_node[edge.first], new_node[edge.second]),
                    std::max(new_node[edge.first], new_node[edge.second]), edge.probability};
        std::sort(moved.edges.begin(), moved.edges.end(), [](const Edge& a, const Edge& b) {
            return std::pair(a.first, a.second) < std::pair(b.first, b.second);
        });
        for (const auto method :
             {ClusterMethod::average_linkage, ClusterMethod::connected_components}) {
            const Clustering here = cluster_graph(graph, {method, 0.5});
            const Clustering there = cluster_graph(moved, {method, 0.5});
            Clustering back{std::vector<std::uint32_t>(graph.nodes), there.clusters};
            for (std::size_t i = 0; i < graph.nodes; ++i)
                back.labels[i] = there.labels[new_node[i]];
            INFO("round " << round);
            CHECK(here.clusters == there.clusters);
            CHECK(test::refines(here, back));
        }
    }
}

TEST_CASE("connected components: what a flood over the edges gives") {
    test::Random random(15);
    for (int round = 0; round < 100; ++round) {
        const SimilarityGraph graph =
            test::random_graph(random, random.number(60) + 1, 0.08F * random.part());
        const float threshold = 0.01F + 0.9F * random.part();
        constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
        Clustering expected{std::vector<std::uint32_t>(graph.nodes, unseen), 0};
        for (std::uint32_t node = 0; node < graph.nodes; ++node) {
            if (expected.labels[node] != unseen)
                continue;
            std::vector<std::uint32_t> frontier{node};
            expected.labels[node] = static_cast<std::uint32_t>(expected.clusters);
            while (!frontier.empty()) {
                const std::uint32_t from = frontier.back();
                frontier.pop_back();
                for (const Edge& edge : graph.edges) {
                    if (edge.probability < threshold || (edge.first != from && edge.second != from))
                        continue;
                    const std::uint32_t to = edge.first == from ? edge.second : edge.first;
                    if (expected.labels[to] == unseen) {
                        expected.labels[to] = expected.labels[from];
                        frontier.push_back(to);
                    }
                }
            }
            ++expected.clusters;
        }
        CHECK(cluster_graph(graph, {ClusterMethod::connected_components,
                                    static_cast<double>(threshold)}) == expected);
    }
}
