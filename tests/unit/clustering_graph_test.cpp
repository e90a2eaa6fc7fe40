// SPDX-License-Identifier: Apache-2.0
#include "clustering/average_linkage.hpp"
#include "clustering/log_odds.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <fabula/clustering.hpp>
#include <fabula/error.hpp>
#include <fabula/neighbours.hpp>

#include <limits>
#include <map>

using namespace fabula;

namespace {

using Labels = std::vector<std::uint32_t>;

SimilarityGraph graph_of(std::size_t nodes, std::vector<Edge> edges, float missing = 0.02F) {
    return {nodes, std::move(edges), missing};
}

Clustering components(const SimilarityGraph& graph, double min_probability = 0.5) {
    return cluster_graph(graph, {ClusterMethod::connected_components, min_probability});
}

std::string refusal(const SimilarityGraph& graph, const ClusteringOptions& options, Errc code) {
    try {
        (void)cluster_graph(graph, options);
    } catch (const Error& error) {
        CHECK(error.code() == code);
        return error.what();
    }
    FAIL("no error was thrown");
    return {};
}

std::string refusal(const SimilarityGraph& graph) {
    return refusal(graph, {}, Errc::bad_input);
}

} // namespace

TEST_CASE("clustering: no articles, and articles without an edge") {
    for (const auto method : {ClusterMethod::average_linkage, ClusterMethod::refined_linkage,
                              ClusterMethod::branch_cut, ClusterMethod::connected_components}) {
        CHECK(cluster_graph({}, {method, 0.5}) == Clustering{});
        CHECK(cluster_graph(graph_of(3, {}), {method, 0.5}) == Clustering{{0, 1, 2}, 3});
    }
}

TEST_CASE("clustering: labels are dense and in the order of first members") {
    const auto graph = graph_of(6, {{0, 5, 0.9F}, {1, 3, 0.9F}, {2, 4, 0.9F}});
    const Clustering expected{{0, 1, 2, 1, 2, 0}, 3};
    CHECK(cluster_graph(graph) == expected);
    CHECK(components(graph) == expected);
}

TEST_CASE("clustering: an edge of exactly the threshold counts") {
    for (const float probability : {0.1F, 0.3F, 0.5F, 0.7F, 0.99F}) {
        const auto graph = graph_of(2, {{0, 1, probability}});
        for (const auto method :
             {ClusterMethod::average_linkage, ClusterMethod::connected_components}) {
            // As a caller would write it: 0.7 as a double is not 0.7F.
            const double as_written = std::round(static_cast<double>(probability) * 100) / 100;
            CHECK(cluster_graph(graph, {method, as_written}).clusters == 1);
            CHECK(cluster_graph(graph, {method, as_written + 0.001}).clusters == 2);
        }
    }
}

TEST_CASE("clustering: a missing pair votes against a merge in average linkage alone") {
    // ln-odds 2.20 and −3.89: the mean of 0-2 (missing) and 1-2 is below 0.
    const auto path = graph_of(3, {{0, 1, 0.95F}, {1, 2, 0.9F}});
    CHECK(cluster_graph(path).labels == Labels{0, 0, 1});
    CHECK(components(path).labels == Labels{0, 0, 0});
    // With a mild stand-in for missing pairs, −0.85, it is above.
    CHECK(cluster_graph(graph_of(3, path.edges, 0.3F)).labels == Labels{0, 0, 0});
}

TEST_CASE("clustering: an edge that says no splits what two others say") {
    auto triangle = graph_of(3, {{0, 1, 0.9F}, {0, 2, 0.6F}, {1, 2, 0.6F}});
    CHECK(cluster_graph(triangle).labels == Labels{0, 0, 0});
    triangle.edges[1].probability = 0.1F;
    CHECK(cluster_graph(triangle).labels == Labels{0, 0, 1});
}

TEST_CASE("clustering: a long chain of weak links does not become one cluster") {
    SimilarityGraph chain = graph_of(10'000, {});
    for (std::uint32_t i = 0; i + 1 < chain.nodes; ++i)
        chain.edges.push_back({i, i + 1, 0.6F});
    const Clustering pairs = cluster_graph(chain);
    CHECK(pairs.clusters == 5'000);
    CHECK(pairs.labels[9'998] == pairs.labels[9'999]);
    CHECK(components(chain).clusters == 1);
}

TEST_CASE("clustering: ties go to the lowest first members") {
    // Two equal choices for 1; then {0, 1} and 2 have no edge but the 1-2 one.
    CHECK(cluster_graph(graph_of(3, {{0, 1, 0.7F}, {1, 2, 0.7F}}),
                        {.method = ClusterMethod::average_linkage})
              .labels == Labels{0, 0, 1});
    // A ring of four: 0-1 comes first, then 2-3.
    CHECK(cluster_graph(graph_of(4, {{0, 1, 0.7F}, {0, 3, 0.7F}, {1, 2, 0.7F}, {2, 3, 0.7F}}))
              .labels == Labels{0, 0, 1, 1});
}

TEST_CASE("clustering: without evidence nothing merges, however low the threshold") {
    // 0-1 is as likely as a missing pair, 2-3 less likely, 4-5 a little more.
    const auto graph = graph_of(6, {{0, 1, 0.02F}, {2, 3, 0.01F}, {4, 5, 0.03F}});
    CHECK(cluster_graph(graph, {ClusterMethod::average_linkage, 0.001}).labels ==
          Labels{0, 1, 2, 3, 4, 4});
}

TEST_CASE("clustering: a thousand near-duplicates of one article are one story") {
    SimilarityGraph graph = graph_of(1'003, {});
    for (std::uint32_t i = 0; i < 1'000; ++i)
        for (std::uint32_t j = i + 1; j < 1'000; ++j)
            graph.edges.push_back({i, j, 0.9999F});
    graph.edges.push_back({1'000, 1'001, 0.8F});
    const Clustering clustering = cluster_graph(graph);
    CHECK(clustering.clusters == 3);
    CHECK(std::count(clustering.labels.begin(), clustering.labels.end(), 0U) == 1'000);
}

TEST_CASE("clustering: certain edges do not outvote everything") {
    // Probability 1 counts as 1 − 10^-6, log-odds 5.7: a few missing pairs outweigh one such edge.
    SimilarityGraph graph = graph_of(6, {{0, 1, 1}, {0, 2, 1}, {0, 3, 1}, {1, 2, 1}, {2, 3, 1}});
    graph.edges.insert(graph.edges.begin() + 4, {1, 3, 1});
    graph.edges.push_back({3, 4, 1});
    graph.edges.push_back({4, 5, 1});
    CHECK(cluster_graph(graph).labels == Labels{0, 0, 0, 0, 1, 1});
    // Above 3, log-odds count a quarter: 3 + (13.8 - 3) / 4.
    CHECK(static_cast<double>(detail::log_odds(1)) * 0x1p-20 == Approx(5.704).margin(1e-3));
    CHECK(static_cast<double>(detail::log_odds(0)) * 0x1p-20 == Approx(-13.816).margin(1e-3));
    CHECK(detail::log_odds(0.9F) == -detail::log_odds(0.1F));
    CHECK(detail::log_odds(0.5F) == 0);
}

TEST_CASE("clustering: options and graphs out of range are refused by name") {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    for (const double bad : {0.0, 1.0, -0.5, 2.0, static_cast<double>(nan)})
        CHECK_THAT(
            refusal(graph_of(1, {}), {ClusterMethod::average_linkage, bad}, Errc::bad_option),
            Catch::Matchers::ContainsSubstring("min_probability is "));
    CHECK(ClusteringOptions{}.validate().empty());

    CHECK_THAT(refusal(graph_of(3, {{1, 0, 0.5F}})),
               Catch::Matchers::ContainsSubstring("edge 0") &&
                   Catch::Matchers::ContainsSubstring("first < second"));
    CHECK_THAT(refusal(graph_of(3, {{1, 1, 0.5F}})),
               Catch::Matchers::ContainsSubstring("first < second"));
    CHECK_THAT(refusal(graph_of(3, {{0, 3, 0.5F}})),
               Catch::Matchers::ContainsSubstring("nodes below 3"));
    CHECK_THAT(refusal(graph_of(3, {{0, 1, nan}})),
               Catch::Matchers::ContainsSubstring("probability in [0, 1]"));
    CHECK_THAT(refusal(graph_of(3, {{0, 1, 1.5F}})),
               Catch::Matchers::ContainsSubstring("probability in [0, 1]"));
    CHECK_THAT(refusal(graph_of(3, {{0, 2, 0.5F}, {0, 1, 0.5F}})),
               Catch::Matchers::ContainsSubstring("edge 1") &&
                   Catch::Matchers::ContainsSubstring("sort the edges"));
    CHECK_THAT(refusal(graph_of(3, {{0, 1, 0.5F}, {0, 1, 0.6F}})),
               Catch::Matchers::ContainsSubstring("each pair once"));
    CHECK_THAT(refusal(graph_of(3, {}, 0)),
               Catch::Matchers::ContainsSubstring("missing_probability"));
    CHECK_THAT(refusal(graph_of(3, {}, nan)),
               Catch::Matchers::ContainsSubstring("missing_probability"));
    CHECK_THAT(refusal(graph_of(std::numeric_limits<std::size_t>::max(), {})),
               Catch::Matchers::ContainsSubstring("nodes"));
}
