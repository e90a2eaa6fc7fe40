// SPDX-License-Identifier: Apache-2.0
#include "clustering/branch_cut.hpp"
#include "clustering/linked_clusters.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <utility>
#include <vector>

using namespace fabula;
using namespace fabula::detail;
using fabula::test::Random;
using fabula::test::random_graph;

namespace {

constexpr float least = 0.5F;

std::vector<std::uint32_t> themselves(std::size_t nodes) {
    std::vector<std::uint32_t> out(nodes);
    std::iota(out.begin(), out.end(), 0U);
    return out;
}

Clustering plain(const SimilarityGraph& graph) {
    return branch_cuts(graph, {&least, 1}).front();
}

Clustering cut(const SimilarityGraph& graph, const NodeLinks& links,
               std::vector<std::uint32_t> representatives) {
    return cut_with_links(graph, representatives, links,
                          [](const SimilarityGraph& some) {
                              return branch_cuts(some, {&least, 1});
                          })
        .front();
}

/// Links that a partition meets: they contradict nothing.
NodeLinks random_links(Random& random, std::uint32_t nodes, std::uint32_t pairs) {
    std::vector<std::uint32_t> part(nodes);
    for (std::uint32_t& one : part)
        one = random.number(5);
    NodeLinks out;
    for (std::uint32_t i = 0; i < pairs; ++i) {
        const std::uint32_t a = random.number(nodes);
        const std::uint32_t b = random.number(nodes);
        if (a != b)
            (part[a] == part[b] ? out.must : out.cannot).emplace_back(a, b);
    }
    return out;
}

/// Some nodes stand for others, which have no edges.
std::vector<std::uint32_t> random_representatives(Random& random, SimilarityGraph& graph) {
    std::vector<std::uint32_t> out = themselves(graph.nodes);
    for (std::uint32_t node = 1; node < graph.nodes; ++node)
        if (random.number(5) == 0) {
            const std::uint32_t other = random.number(node);
            if (out[other] == other)
                out[node] = other;
        }
    std::erase_if(graph.edges, [&](const Edge& edge) {
        return out[edge.first] != edge.first || out[edge.second] != edge.second;
    });
    return out;
}

/// Two stories of `size` articles each, with nothing between them.
SimilarityGraph two_stories(std::uint32_t size) {
    SimilarityGraph graph{2 * size, {}, 0.01F};
    for (std::uint32_t a = 0; a < 2 * size; ++a)
        for (std::uint32_t b = a + 1; b < 2 * size; ++b)
            if ((a < size) == (b < size))
                graph.edges.push_back({a, b, 0.95F});
    return graph;
}

} // namespace

TEST_CASE("whatever links say of any graph is so", "[clustering]") {
    Random random{7};
    for (int i = 0; i < 300; ++i) {
        const std::uint32_t nodes = 2 + random.number(40);
        SimilarityGraph graph =
            random_graph(random, nodes, 0.05F + random.part() / 2, random.number(2) * 8);
        graph.missing_probability = 0.05F;
        const auto representatives =
            random.number(2) == 0 ? themselves(nodes) : random_representatives(random, graph);
        const NodeLinks links = random_links(random, nodes, random.number(nodes) + 1);
        const Clustering clusters = cut(graph, links, representatives);
        REQUIRE(clusters.labels.size() == nodes);
        INFO("graph " << i << " of " << nodes);
        for (const auto& [a, b] : links.must)
            CHECK(clusters.labels[a] == clusters.labels[b]);
        for (const auto& [a, b] : links.cannot)
            CHECK(clusters.labels[a] != clusters.labels[b]);
        CHECK(std::set(clusters.labels.begin(), clusters.labels.end()).size() == clusters.clusters);

        // In whichever order they are given.
        NodeLinks turned = links;
        random.shuffle(turned.must);
        random.shuffle(turned.cannot);
        for (auto* pairs : {&turned.must, &turned.cannot})
            for (auto& [a, b] : *pairs)
                std::swap(a, b);
        CHECK(cut(graph, turned, representatives) == clusters);
    }
}

TEST_CASE("links that say what is so already change nothing", "[clustering]") {
    Random random{11};
    for (int i = 0; i < 100; ++i) {
        const std::uint32_t nodes = 2 + random.number(30);
        SimilarityGraph graph = random_graph(random, nodes, 0.3F);
        graph.missing_probability = 0.05F;
        const Clustering clusters = plain(graph);
        NodeLinks apart;
        for (int pair = 0; pair < 20; ++pair) {
            const std::uint32_t a = random.number(nodes);
            const std::uint32_t b = random.number(nodes);
            if (clusters.labels[a] != clusters.labels[b])
                apart.cannot.emplace_back(a, b);
        }
        CHECK(cut(graph, apart, themselves(nodes)) == clusters);
        CHECK(cut(graph, {}, themselves(nodes)) == clusters);
    }
}

TEST_CASE("clusters without a linked node stay as they are where nothing leads to them",
          "[clustering]") {
    // Two graphs side by side, links in the first alone.
    Random random{13};
    for (int i = 0; i < 60; ++i) {
        SimilarityGraph graph = random_graph(random, 20, 0.25F);
        const SimilarityGraph other = random_graph(random, 20, 0.25F);
        graph.nodes = 40;
        graph.missing_probability = 0.05F;
        for (const Edge& edge : other.edges)
            graph.edges.push_back({edge.first + 20, edge.second + 20, edge.probability});
        const NodeLinks links = random_links(random, 20, 6);
        const Clustering before = plain(graph);
        const Clustering after = cut(graph, links, themselves(40));
        for (std::uint32_t a = 20; a < 40; ++a)
            for (std::uint32_t b = 20; b < 40; ++b)
                CHECK((before.labels[a] == before.labels[b]) ==
                      (after.labels[a] == after.labels[b]));
    }
}

TEST_CASE("one correction chains no stories", "[clustering]") {
    for (const std::uint32_t size : {3U, 6U, 20U}) {
        const SimilarityGraph graph = two_stories(size);
        const Clustering clusters = cut(graph, {{{0, size}}, {}}, themselves(graph.nodes));
        CHECK(clusters.labels[0] == clusters.labels[size]);
        for (std::uint32_t a = 1; a < size; ++a) {
            CHECK(clusters.labels[a] == clusters.labels[1]);
            CHECK(clusters.labels[size + a] == clusters.labels[size + 1]);
        }
        CHECK(clusters.labels[1] != clusters.labels[size + 1]);
        // The two are with one of the stories, not by themselves.
        CHECK((clusters.labels[0] == clusters.labels[1] ||
               clusters.labels[0] == clusters.labels[size + 1]));
    }
}

TEST_CASE("a story with two that cannot be together is parted where it is loosest",
          "[clustering]") {
    SimilarityGraph graph = two_stories(5);
    for (std::uint32_t a = 0; a < 5; ++a)
        for (std::uint32_t b = 5; b < 10; ++b)
            graph.edges.push_back({a, b, 0.8F});
    std::sort(graph.edges.begin(), graph.edges.end(), [](const Edge& a, const Edge& b) {
        return std::pair(a.first, a.second) < std::pair(b.first, b.second);
    });
    REQUIRE(plain(graph).clusters == 1);
    const Clustering clusters = cut(graph, {{}, {{2, 7}}}, themselves(10));
    CHECK(clusters.clusters == 2);
    for (std::uint32_t a = 0; a < 5; ++a) {
        CHECK(clusters.labels[a] == clusters.labels[2]);
        CHECK(clusters.labels[a + 5] == clusters.labels[7]);
    }
}

TEST_CASE("near-duplicates that cannot be together are parted", "[clustering]") {
    const SimilarityGraph graph{4, {{0, 1, 0.9F}}, 0.01F};
    std::vector<std::uint32_t> representatives{0, 1, 0, 0};
    const auto branch = [](const SimilarityGraph& some) { return branch_cuts(some, {&least, 1}); };
    const Clustering clusters =
        cut_with_links(graph, representatives, {{}, {{0, 2}}}, branch).front();
    CHECK(clusters.labels == std::vector<std::uint32_t>{0, 0, 1, 0});
    CHECK(representatives == std::vector<std::uint32_t>{0, 1, 2, 0});
}
