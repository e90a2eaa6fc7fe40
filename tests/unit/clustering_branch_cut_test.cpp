// SPDX-License-Identifier: Apache-2.0
#include "clustering/branch_cut.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

using namespace fabula;

namespace {

using Labels = std::vector<std::uint32_t>;

Labels cut(const SimilarityGraph& graph, double lone_score) {
    return cluster_graph(graph, {ClusterMethod::branch_cut,
                                 static_cast<double>(test::probability_of_lone_score(lone_score))})
        .labels;
}

/// Whose pairs have the probabilities probability(i, j); 0 = no edge.
template <class Probability>
SimilarityGraph graph_of(std::uint32_t nodes, const Probability& probability) {
    SimilarityGraph graph{nodes, {}, 0.02F};
    for (std::uint32_t i = 0; i < nodes; ++i)
        for (std::uint32_t j = i + 1; j < nodes; ++j)
            if (const float p = probability(i, j); p > 0)
                graph.edges.push_back({i, j, p});
    return graph;
}

} // namespace

// Affinities: 0.2 -> 0.387, 0.3 -> 0.430, 0.5 -> 0.500, 0.55 -> 0.517, 0.6 -> 0.534, 0.9 -> 0.675,
// 0.95 -> 0.727, 0.9999 -> 0.956.

TEST_CASE("branch cut: tight pairs with weak links between them stay apart") {
    const auto graph =
        graph_of(4, [](std::uint32_t i, std::uint32_t j) { return i / 2 == j / 2 ? 0.95F : 0.2F; });
    // Each in pairs scores 0.340 / 0.613^⅜ = 0.409, all together 0.150 / 0.65^⅜ = 0.176.
    CHECK(cut(graph, 0.25) == Labels{0, 0, 1, 1});
    CHECK(cut(graph, 0.01) == Labels{0, 0, 1, 1});
    CHECK(cut(graph, 0.4) == Labels{0, 0, 1, 1});
    CHECK(cut(graph, 0.42) == Labels{0, 1, 2, 3});
}

TEST_CASE("branch cut: articles that are all a little alike come together") {
    const auto graph = graph_of(6, [](auto, auto) { return 0.3F; });
    // (0.430 − 0.35) / 0.65^⅜ = 0.0939 each.
    CHECK(cut(graph, 0.093) == Labels(6, 0));
    CHECK(cut(graph, 0.095) == Labels{0, 1, 2, 3, 4, 5});
}

TEST_CASE("branch cut: an article with weak links joins only where few are left alone") {
    const auto graph = graph_of(4, [](auto, std::uint32_t j) { return j < 3 ? 0.9F : 0.3F; });
    // Apart 3 × 0.245 / 0.570^⅜ = 3 × 0.303 and the lone score, which is less as the others are
    // nearer: (0.391 − 0.35 − (0.430 − 0.391) / 10) / 0.646^⅜ = 0.044 in place of 0.048; together
    // 3 × (0.594 − 0.35) / 0.65^⅜ + 0.094.
    CHECK(cut(graph, 0.047) == Labels{0, 0, 0, 0});
    CHECK(cut(graph, 0.049) == Labels{0, 0, 0, 1});
    CHECK(cut(graph, 0.3) == Labels{0, 0, 0, 1});
    CHECK(cut(graph, 0.31) == Labels{0, 1, 2, 3});
}

TEST_CASE("branch cut: each branch has a level of its own") {
    // Two tight stories that resemble each other more than the articles of a loose one do.
    const auto graph = graph_of(9, [](std::uint32_t i, std::uint32_t j) {
        if (i / 3 == j / 3)
            return i < 6 ? 0.9999F : 0.55F;
        return j < 6 ? 0.6F : 0.0F;
    });
    const Labels stories{0, 0, 0, 1, 1, 1, 2, 2, 2};
    CHECK(cut(graph, 0.15) == stories);
    for (const double level : {0.1, 0.5, 0.55, 0.6, 0.7, 0.9})
        CHECK(cluster_graph(graph, {ClusterMethod::average_linkage, level}).labels != stories);
}

TEST_CASE("branch cut: a chain falls into small pieces") {
    const auto graph =
        graph_of(30, [](std::uint32_t i, std::uint32_t j) { return j == i + 1 ? 0.95F : 0.0F; });
    for (const double lone_score : {0.01, 0.1, 0.25, 0.35}) {
        const Labels labels = cut(graph, lone_score);
        std::array<int, 30> sizes{};
        for (const std::uint32_t label : labels)
            ++sizes.at(label);
        INFO("lone score " << lone_score);
        CHECK(*std::max_element(sizes.begin(), sizes.end()) == 2);
    }
}

TEST_CASE("branch cut: where both are as good, articles come together") {
    auto pair = graph_of(2, [](auto, auto) { return 0.5F; });
    // Whatever stands for a missing pair, two articles need what they are asked for.
    for (const float missing : {0.001F, 0.02F, 0.13F, 0.3F, 0.45F}) {
        pair.missing_probability = missing;
        const auto cut_at = [&](float least) {
            return cluster_graph(pair, {ClusterMethod::branch_cut, static_cast<double>(least)})
                .labels;
        };
        CHECK(cut_at(0.5F) == Labels{0, 0});
        CHECK(cut_at(std::nextafter(0.5F, 1.0F)) == Labels{0, 1});
    }
}

TEST_CASE("branch cut: what is unlikely is looked at, and no merge is made without evidence") {
    // The loosest partition is that of 0.02, the probability of a missing pair.
    const auto graph = graph_of(4, [](auto, std::uint32_t j) { return j == 3 ? 0.02F : 0.97F; });
    CHECK(cut(graph, 0.1) == Labels{0, 0, 0, 1});
    CHECK(cut(graph_of(3, [](auto, auto) { return 0.02F; }), 1e-6) == Labels{0, 1, 2});
}

TEST_CASE("branch cut: several least probabilities at once") {
    const auto graph = graph_of(4, [](auto, std::uint32_t j) { return j < 3 ? 0.9F : 0.3F; });
    const std::array<double, 3> scores{0.08, 0.31, 0.02};
    std::vector<float> least;
    for (const double score : scores)
        least.push_back(test::probability_of_lone_score(score));
    const auto cuts = detail::branch_cuts(graph, least);
    REQUIRE(cuts.size() == 3);
    for (std::size_t i = 0; i < scores.size(); ++i)
        CHECK(cuts[i].labels == cut(graph, scores[i]));
    CHECK(detail::branch_cuts(graph, {}).empty());
}
