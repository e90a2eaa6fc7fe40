// SPDX-License-Identifier: Apache-2.0
#include "neighbours/candidate_search.hpp"
#include "neighbours/join/dot.hpp"
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/neighbours.hpp>

#include <limits>

using namespace fabula;

namespace {

EmbeddingMatrix matrix(std::size_t dimension, std::vector<float> values) {
    return {values.size() / dimension, dimension, std::move(values)};
}

std::optional<std::chrono::sys_seconds> at(std::int64_t seconds) {
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

template <typename Call>
Errc fault_of(Call call, const std::string& part_of_sentence) {
    try {
        call();
    } catch (const Error& error) {
        CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring(part_of_sentence));
        return error.code();
    }
    FAIL("no error was thrown");
    return {};
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> ends(const SimilarityGraph& graph) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> result;
    for (const Edge& edge : graph.edges)
        result.emplace_back(edge.first, edge.second);
    return result;
}

using Ends = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

} // namespace

TEST_CASE("similarity graph: edges, probabilities and the threshold of a small example") {
    // Cosines: 0-1 0.8, 0-2 0.6, 1-2 0.96.
    const auto rows = matrix(2, {1, 0, 0.8F, 0.6F, 0.6F, 0.8F});
    GraphOptions options;
    options.min_cosine = 0.7F;
    options.cosine_midpoint = 0.8F;
    options.cosine_slope = 10;
    const SimilarityGraph graph = similarity_graph(rows, options);
    CHECK(graph.nodes == 3);
    REQUIRE(ends(graph) == Ends{{0, 1}, {1, 2}});
    CHECK(graph.edges[0].probability == Approx(0.5).margin(1e-5));
    CHECK(graph.edges[1].probability == Approx(1 / (1 + std::exp(-1.6))));
}

TEST_CASE("similarity graph: rows of any length are compared by direction") {
    const auto rows = matrix(2, {1, 0, 1e30F, 0, 1e-40F, 0, 0, 7});
    const SimilarityGraph graph = similarity_graph(rows);
    REQUIRE(ends(graph) == Ends{{0, 1}, {0, 2}, {1, 2}});
    for (const Edge& edge : graph.edges)
        CHECK(edge.probability == Approx(1 / (1 + std::exp(-10.0))));
}

TEST_CASE("similarity graph: a zero row has no edge, whatever the threshold") {
    const auto rows = matrix(2, {1, 0, 0, 0, -1, 0, 0, 0});
    GraphOptions options;
    options.min_cosine = -1;
    const SimilarityGraph graph = similarity_graph(rows, options);
    CHECK(graph.nodes == 4);
    CHECK(ends(graph) == Ends{{0, 2}});
}

TEST_CASE("similarity graph: nothing and one row have no edge") {
    CHECK(similarity_graph({}).nodes == 0);
    CHECK(similarity_graph({}).edges.empty());
    CHECK(similarity_graph(matrix(3, {1, 0, 0})).nodes == 1);
    CHECK(similarity_graph(matrix(3, {1, 0, 0})).edges.empty());
    // Rows of no columns have no direction.
    CHECK(similarity_graph({5, 0, {}}).edges.empty());
}

TEST_CASE("similarity graph: a time window keeps near pairs and those without a time") {
    const auto rows = matrix(1, {1, 1, 1, 1});
    GraphOptions options;
    options.time_window = std::chrono::seconds{10};
    const std::vector<std::optional<std::chrono::sys_seconds>> times{at(100), at(111), {}, at(110)};
    CHECK(ends(similarity_graph(rows, options, times)) ==
          Ends{{0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}});
    // Without times, or without a window, nothing is left out.
    CHECK(similarity_graph(rows, options).edges.size() == 6);
    CHECK(similarity_graph(rows, {}, times).edges.size() == 6);
}

TEST_CASE("similarity graph: the ends of time do not overflow") {
    const auto rows = matrix(1, {1, 1, 1});
    GraphOptions options;
    options.time_window = std::chrono::seconds{std::numeric_limits<std::int64_t>::max()};
    const std::vector<std::optional<std::chrono::sys_seconds>> times{
        at(std::numeric_limits<std::int64_t>::min()), at(0),
        at(std::numeric_limits<std::int64_t>::max())};
    CHECK(ends(similarity_graph(rows, options, times)) == Ends{{1, 2}});
}

TEST_CASE("similarity graph: a pair stays where either side keeps it, ties go to the lower index") {
    // 1, 2, 3 and 4 are copies; 0 is near them and nearest to no one.
    const auto rows = matrix(2, {0.8F, 0.6F, 1, 0, 1, 0, 1, 0, 1, 0});
    GraphOptions options;
    options.max_neighbours = 1;
    // 0 keeps 1; 1 keeps 2; 2, 3 and 4 keep 1.
    CHECK(ends(similarity_graph(rows, options)) == Ends{{0, 1}, {1, 2}, {1, 3}, {1, 4}});
    options.max_neighbours = 0;
    CHECK(similarity_graph(rows, options).edges.size() == 10);
}

TEST_CASE("similarity graph: options out of range are named") {
    const auto sentence = [](auto set) {
        GraphOptions options;
        set(options);
        return options.validate();
    };
    const float nan = std::numeric_limits<float>::quiet_NaN();
    CHECK(GraphOptions{}.validate().empty());
    CHECK_THAT(sentence([](auto& o) { o.min_cosine = 1.5F; }),
               Catch::Matchers::ContainsSubstring("min_cosine is 1.5"));
    CHECK_THAT(sentence([&](auto& o) { o.min_cosine = nan; }),
               Catch::Matchers::ContainsSubstring("min_cosine"));
    CHECK_THAT(sentence([](auto& o) { o.time_window = std::chrono::seconds{-1}; }),
               Catch::Matchers::ContainsSubstring("time_window is -1"));
    CHECK_THAT(sentence([](auto& o) { o.cosine_midpoint = -2; }),
               Catch::Matchers::ContainsSubstring("cosine_midpoint"));
    CHECK_THAT(sentence([](auto& o) { o.cosine_slope = 0; }),
               Catch::Matchers::ContainsSubstring("cosine_slope"));
    CHECK_THAT(sentence([&](auto& o) { o.cosine_slope = nan; }),
               Catch::Matchers::ContainsSubstring("cosine_slope"));
    CHECK_THAT(sentence([](auto& o) { o.threads = 1025; }),
               Catch::Matchers::ContainsSubstring("threads is 1025"));

    GraphOptions options;
    options.threads = 1025;
    CHECK(fault_of([&] { (void)similarity_graph({}, options); }, "1024") == Errc::bad_option);
}

TEST_CASE("similarity graph: input that cannot be meant is refused") {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinity = std::numeric_limits<float>::infinity();
    CHECK(fault_of(
              [&] {
                  (void)similarity_graph(matrix(2, {1, 0, 0, nan}));
              },
              "row 1 is not finite at column 1") == Errc::bad_input);
    CHECK(fault_of(
              [&] {
                  (void)similarity_graph(matrix(2, {infinity, 0}));
              },
              "row 0 is not finite at column 0") == Errc::bad_input);
    CHECK(fault_of(
              [&] {
                  (void)similarity_graph({3, 2, {1, 2, 3, 4}});
              },
              "3 rows and 2 columns holds 4 values") == Errc::bad_input);
    CHECK(fault_of(
              [&] {
                  (void)similarity_graph({2, std::size_t{1} << 63U, {}});
              },
              "holds 0 values") == Errc::bad_input);
    CHECK(fault_of(
              [&] {
                  const std::vector<std::optional<std::chrono::sys_seconds>> times(1);
                  (void)similarity_graph(matrix(1, {1, 1}), {}, times);
              },
              "1 times were given for 2 rows") == Errc::bad_input);
}

TEST_CASE("dot product: symmetric, and right for every length around its lanes") {
    std::vector<float> a;
    std::vector<float> b;
    float expected = 0;
    for (int i = 0; i < 70; ++i) {
        CHECK(detail::dot(a.data(), b.data(), a.size()) == expected);
        CHECK(detail::dot(b.data(), a.data(), a.size()) == expected);
        // Small integers, so that float sums are exact in any order.
        a.push_back(static_cast<float>(i % 7 - 3));
        b.push_back(static_cast<float>(i % 5 + 1));
        expected += a.back() * b.back();
    }
}
