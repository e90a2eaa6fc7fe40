// SPDX-License-Identifier: Apache-2.0
#include "clustering/average_linkage.hpp"
#include "clustering/branch_cut.hpp"
#include "reference/branch_cut.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

using namespace fabula;

namespace {

/// Of lone articles from −0.25 to 0.6.
constexpr std::array<float, 7> least{0.002F, 0.15F, 0.3F, 0.5F, 0.75F, 0.96F, 0.998F};

/// Stories, or pairs of any probability, ties or none.
SimilarityGraph any_graph(test::Random& random, std::uint32_t nodes, int round) {
    SimilarityGraph graph = round % 2 == 0
                                ? test::story_graph(random, nodes, random.number(nodes / 3 + 1) + 1)
                                : test::random_graph(random, nodes, random.part(),
                                                     round % 4 == 1 ? 0 : random.number(8) + 1);
    if (round % 5 == 0)
        graph.missing_probability = 0.001F + 0.5F * random.part();
    return graph;
}

/// Neither all apart nor as few as can be.
bool is_mixed(const Clustering& clustering) {
    return clustering.clusters > 1 && clustering.clusters < clustering.labels.size();
}

void sort_edges(SimilarityGraph& graph) {
    std::sort(graph.edges.begin(), graph.edges.end(), [](const Edge& a, const Edge& b) {
        return std::pair(a.first, a.second) < std::pair(b.first, b.second);
    });
}

/// With node `new_node[i]` in place of i.
SimilarityGraph renumbered(const SimilarityGraph& graph,
                           const std::vector<std::uint32_t>& new_node) {
    SimilarityGraph out = graph;
    for (Edge& edge : out.edges)
        edge = {std::min(new_node[edge.first], new_node[edge.second]),
                std::max(new_node[edge.first], new_node[edge.second]), edge.probability};
    sort_edges(out);
    return out;
}

} // namespace

TEST_CASE("dendrogram: its partitions are those of average linkage, each nested in the next") {
    test::Random random(31);
    std::size_t mixed = 0;
    for (int round = 0; round < 200; ++round) {
        const SimilarityGraph graph = any_graph(random, random.number(80) + 2, round);
        std::vector<float> levels;
        for (int i = 0; i < 12; ++i)
            levels.push_back(round % 3 == 0 ? 0.005F + 0.99F * random.part()
                                            : static_cast<float>(random.number(7) + 1) / 8);
        std::sort(levels.rbegin(), levels.rend());
        const detail::Dendrogram dendrogram =
            detail::average_linkage_dendrogram(graph, levels, round % 3 + 1);
        REQUIRE(dendrogram.partitions == levels.size() + 1);
        Clustering finer = dendrogram.clustering_of(0);
        CHECK(finer.clusters == graph.nodes);
        for (std::size_t i = 0; i < levels.size(); ++i) {
            INFO("round " << round << ", level " << levels[i]);
            Clustering here = dendrogram.clustering_of(i + 1);
            CHECK(here == detail::average_linkage(graph, levels[i]));
            CHECK(test::refines(finer, here));
            mixed += is_mixed(here) ? 1 : 0;
            finer = std::move(here);
        }
    }
    CHECK(mixed > 500);
}

TEST_CASE("branch cut: scores of what has changed alone give what the definition gives") {
    test::Random random(32);
    std::size_t mixed = 0;
    for (int round = 0; round < 200; ++round) {
        const std::uint32_t nodes = random.number(22) + 1;
        const SimilarityGraph graph = any_graph(random, nodes, round);
        const auto cuts = detail::branch_cuts(graph, least);
        for (std::size_t i = 0; i < least.size(); ++i) {
            INFO("round " << round << ", " << nodes << " nodes, least probability " << least[i]);
            CHECK(cuts[i] == test::branch_cut_naive(graph, least[i]));
            CHECK(cuts[i] == cluster_graph(graph, {ClusterMethod::branch_cut, least[i]}));
            mixed += is_mixed(cuts[i]) ? 1 : 0;
        }
    }
    CHECK(mixed > 200);
}

TEST_CASE("branch cut: the number of threads does not matter") {
    test::Random random(33);
    for (int round = 0; round < 6; ++round) {
        const SimilarityGraph graph =
            round == 0 ? test::story_graph(random, 3'000, 150) : any_graph(random, 400, round);
        const auto alone = detail::branch_cuts(graph, least, 1);
        INFO("round " << round);
        for (const unsigned threads : {2U, 4U})
            CHECK(detail::branch_cuts(graph, least, threads) == alone);
    }
}

TEST_CASE("branch cut: raising the least probability only splits clusters") {
    test::Random random(34);
    std::size_t splits = 0;
    for (int round = 0; round < 60; ++round) {
        const SimilarityGraph graph = any_graph(random, 150, round);
        std::vector<float> rising;
        for (float probability = 0.01F; probability < 1; probability += 0.02F)
            rising.push_back(probability);
        const auto cuts = detail::branch_cuts(graph, rising);
        for (std::size_t i = 1; i < cuts.size(); ++i) {
            INFO("round " << round << ", least probability " << rising[i]);
            CHECK(test::refines(cuts[i], cuts[i - 1]));
            splits += cuts[i] == cuts[i - 1] ? 0 : 1;
        }
    }
    CHECK(splits > 200);
}

TEST_CASE("branch cut: without ties, another order of the nodes gives the same partition") {
    test::Random random(35);
    for (int round = 0; round < 30; ++round) {
        const SimilarityGraph graph = test::story_graph(random, 200, random.number(60) + 1);
        std::vector<std::uint32_t> new_node(graph.nodes);
        std::iota(new_node.begin(), new_node.end(), 0U);
        random.shuffle(new_node);
        const auto here = detail::branch_cuts(graph, least);
        const auto there = detail::branch_cuts(renumbered(graph, new_node), least);
        for (std::size_t i = 0; i < least.size(); ++i) {
            Clustering back{std::vector<std::uint32_t>(graph.nodes), there[i].clusters};
            for (std::size_t node = 0; node < graph.nodes; ++node)
                back.labels[node] = there[i].labels[new_node[node]];
            INFO("round " << round << ", least probability " << least[i]);
            CHECK(here[i].clusters == back.clusters);
            CHECK(test::refines(here[i], back));
        }
    }
}

TEST_CASE("branch cut: parts without an edge between them do not know of each other") {
    test::Random random(36);
    for (int round = 0; round < 60; ++round) {
        const SimilarityGraph one = any_graph(random, random.number(60) + 1, round);
        SimilarityGraph other = any_graph(random, random.number(60) + 1, round + 1);
        other.missing_probability = one.missing_probability;
        // Their nodes in turn, as far as they go.
        std::array<std::vector<std::uint32_t>, 2> places;
        SimilarityGraph both{one.nodes + other.nodes, {}, one.missing_probability};
        for (std::uint32_t node = 0; node < both.nodes; ++node) {
            const bool to_one =
                places[0].size() < one.nodes && (node % 2 == 0 || places[1].size() == other.nodes);
            places[to_one ? 0 : 1].push_back(node);
        }
        for (std::size_t part = 0; part < 2; ++part)
            for (const Edge& edge : (part == 0 ? one : other).edges)
                both.edges.push_back(
                    {places[part][edge.first], places[part][edge.second], edge.probability});
        sort_edges(both);
        const auto together = detail::branch_cuts(both, least);
        for (std::size_t part = 0; part < 2; ++part) {
            const auto alone = detail::branch_cuts(part == 0 ? one : other, least);
            for (std::size_t i = 0; i < least.size(); ++i) {
                std::vector<std::uint32_t> labels;
                for (const std::uint32_t place : places[part])
                    labels.push_back(together[i].labels[place]);
                INFO("round " << round << ", least probability " << least[i]);
                CHECK(detail::dense_labels(std::move(labels), both.nodes) == alone[i]);
            }
        }
    }
}
