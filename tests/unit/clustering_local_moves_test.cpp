// SPDX-License-Identifier: Apache-2.0
#include "clustering/average_linkage.hpp"
#include "clustering/local_moves.hpp"
#include "support/catch.hpp"

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

using namespace fabula;

namespace {

using Labels = std::vector<std::uint32_t>;

/// Missing pairs count as much against as the edges below do for.
SimilarityGraph graph_of(std::size_t nodes, std::vector<Edge> edges) {
    return {nodes, std::move(edges), 0.1F};
}

Labels moved(const SimilarityGraph& graph, const Clustering& start) {
    return detail::local_moves(graph, 0.5F, start).clustering.labels;
}

} // namespace

TEST_CASE("local moves: nothing to move") {
    CHECK(detail::local_moves({}, 0.5F, {}).clustering == Clustering{});
    const auto graph = graph_of(4, {{0, 1, 0.9F}, {2, 3, 0.9F}});
    const Clustering pairs{{0, 0, 1, 1}, 2};
    const auto result = detail::local_moves(graph, 0.5F, pairs);
    CHECK(result.clustering == pairs);
    CHECK(result.moves == 0);
    CHECK(result.sweeps == 1);
}

TEST_CASE("local moves: an article that does not fit leaves") {
    // 3 has one edge into the triangle of 0, 1 and 2, and two missing pairs.
    const auto graph = graph_of(4, {{0, 1, 0.9F}, {0, 2, 0.9F}, {0, 3, 0.9F}, {1, 2, 0.9F}});
    CHECK(moved(graph, {{0, 0, 0, 0}, 1}) == Labels{0, 0, 0, 1});
}

TEST_CASE("local moves: an article that is alone joins what it fits") {
    const auto graph = graph_of(3, {{0, 1, 0.9F}, {0, 2, 0.9F}, {1, 2, 0.6F}});
    CHECK(moved(graph, {{0, 1, 1}, 2}) == Labels{0, 0, 0});
    CHECK(moved(graph, {{0, 1, 2}, 3}) == Labels{0, 0, 0});
}

TEST_CASE("local moves: a better fit to fewer members wins only where the sum rises as well") {
    // 0 fits 1 well, and 2, 3 and 4 a little less: 1 × ln 9 < 3 × ln 7, though the mean is higher.
    const std::vector<Edge> inside{{2, 3, 0.9F}, {2, 4, 0.9F}, {3, 4, 0.9F}};
    const auto tied = [&](float to_group) {
        std::vector<Edge> edges{{0, 1, 0.9F}, {0, 2, to_group}, {0, 3, to_group}, {0, 4, to_group}};
        edges.insert(edges.end(), inside.begin(), inside.end());
        return graph_of(5, edges);
    };
    const Clustering group{{0, 1, 0, 0, 0}, 2};
    const Clustering pair{{0, 0, 1, 1, 1}, 2};
    CHECK(moved(tied(0.875F), group) == group.labels);
    CHECK(moved(tied(0.875F), pair) == pair.labels); // nor does number outbid the better fit
    CHECK(moved(tied(0.6F), group) == pair.labels);  // 1 × ln 9 > 3 × ln 1.5
    CHECK(moved(tied(0.95F), pair) == group.labels); // ln 19 > ln 9
}

TEST_CASE("local moves: among equal clusters, that of the lowest neighbour") {
    const auto graph = graph_of(
        5, {{0, 1, 0.9F}, {0, 4, 0.8F}, {1, 4, 0.8F}, {2, 3, 0.9F}, {2, 4, 0.8F}, {3, 4, 0.8F}});
    CHECK(moved(graph, {{0, 0, 1, 1, 2}, 3}) == Labels{0, 0, 1, 1, 0});
    CHECK(moved(graph, {{0, 0, 1, 1, 1}, 2}) == Labels{0, 0, 1, 1, 1}); // no better: it stays
}

TEST_CASE("local moves: sweeps are bounded") {
    const auto graph = graph_of(3, {{0, 1, 0.9F}, {0, 2, 0.9F}, {1, 2, 0.6F}});
    const auto none = detail::local_moves(graph, 0.5F, {{0, 1, 2}, 3}, 0);
    CHECK(none.clustering.labels == Labels{0, 1, 2});
    CHECK(none.sweeps == 0);
    CHECK(detail::local_moves(graph, 0.5F, {{0, 1, 2}, 3}, 1).moves > 0);
}

TEST_CASE("local moves: an early merge that later ones made wrong is taken back") {
    // Linkage joins 1 and 2 first; 0 and 1, and 2 and 3, would be the better pairs once all is
    // seen.
    const auto graph = graph_of(6, {{0, 1, 0.93F},
                                    {0, 2, 0.2F},
                                    {0, 4, 0.93F},
                                    {1, 2, 0.94F},
                                    {1, 4, 0.93F},
                                    {2, 3, 0.93F},
                                    {2, 4, 0.2F},
                                    {2, 5, 0.93F},
                                    {3, 5, 0.99F}});
    const Labels linked = cluster_graph(graph).labels;
    const Labels refined = cluster_graph(graph, {ClusterMethod::refined_linkage, 0.5}).labels;
    INFO("linked " << linked[0] << linked[1] << linked[2] << linked[3] << linked[4] << linked[5]);
    CHECK(linked != refined);
    CHECK(refined == Labels{0, 0, 1, 1, 0, 1});
}
