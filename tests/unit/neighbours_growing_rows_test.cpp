// SPDX-License-Identifier: Apache-2.0
#include "neighbours/candidate_search.hpp"
#include "neighbours/exact/growing_rows.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

using namespace fabula;
using namespace fabula::detail;

namespace {

/// Rows about a few centres, so that many pairs are near.
EmbeddingMatrix rows_about_centres(std::size_t rows, std::size_t dimension, std::uint64_t seed) {
    test::Random random{seed};
    EmbeddingMatrix out{rows, dimension, {}};
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t d = 0; d < dimension; ++d) {
            const double centre = d % 7 == i % 7 ? 1.0 : 0.0;
            out.values.push_back(
                static_cast<float>(centre + static_cast<double>(random.part()) - 0.5));
        }
    return out;
}

std::vector<CandidatePair> pairs_of(const GrowingRows& rows, std::span<const float> thresholds) {
    std::vector<float> queries;
    for (std::uint32_t row = 0; row < rows.size(); ++row)
        queries.insert(queries.end(), rows.row(row).begin(), rows.row(row).end());
    const auto found = rows.search(rows.queries(queries, thresholds), 2);
    std::vector<CandidatePair> out;
    for (std::uint32_t row = 0; row < rows.size(); ++row)
        for (const RowNeighbour& other : found[row])
            if (other.row > row)
                out.push_back({row, other.row, other.cosine});
    return out;
}

} // namespace

TEST_CASE("rows that come one by one have the pairs of all at once, bit by bit", "[neighbours]") {
    constexpr std::size_t count = 2300; // more than two blocks
    constexpr std::size_t dimension = 37;
    EmbeddingMatrix all = rows_about_centres(count, dimension, 3);
    std::fill_n(all.values.begin() + 5 * dimension, dimension, 0.0F); // one is zero
    std::vector<float> thresholds(count);
    test::Random random{4};
    for (float& threshold : thresholds)
        threshold = random.part();
    const std::size_t begin = GENERATE(0UL, 1UL, 1024UL, 2000UL);
    EmbeddingMatrix first{begin, dimension, {}};
    first.values.assign(all.values.begin(),
                        all.values.begin() + static_cast<std::ptrdiff_t>(begin * dimension));
    const bool has_shelves = GENERATE(false, true);
    std::vector<std::uint16_t> shelves(begin);
    for (std::size_t i = 0; i < begin; ++i)
        shelves[i] = static_cast<std::uint16_t>(has_shelves ? i % 3 : 0);
    GrowingRows rows(first, std::span(thresholds).first(begin), 0.3F, shelves, 3);
    for (std::size_t i = begin; i < count; ++i)
        rows.add(all.row(i), thresholds[i], static_cast<std::uint16_t>(has_shelves ? i % 3 : 0));
    const std::vector<CandidatePair> expected =
        candidate_pairs(all, 0.3F, 0, std::chrono::seconds{0}, {}, 2, {}, thresholds);
    CHECK(expected.size() > 1000);
    CHECK(pairs_of(rows, thresholds) == expected);
}

TEST_CASE("a hidden row is found by none, and again when it is shown", "[neighbours]") {
    const EmbeddingMatrix all = rows_about_centres(40, 16, 5);
    const std::vector<float> thresholds(40, -1.0F);
    GrowingRows rows(all, thresholds, -1.0F);
    rows.hide(7);
    const auto found_with = [&](float threshold) {
        return rows.search(rows.queries(all.row(7), std::vector<float>{threshold}), 1).front();
    };
    CHECK(found_with(-1).size() == 39);
    rows.show(7, -1.0F);
    CHECK(found_with(-1).size() == 40);
    rows.show(7, 2.0F); // its threshold and the query's are above any cosine
    const auto found = found_with(1);
    CHECK(std::none_of(found.begin(), found.end(),
                       [](const RowNeighbour& one) { return one.row == 7; }));
    CHECK(!found.empty());
}

TEST_CASE("a search looks at the shelves that it is given", "[neighbours]") {
    const EmbeddingMatrix all = rows_about_centres(40, 16, 5);
    std::vector<std::uint16_t> shelves(40);
    for (std::size_t i = 0; i < shelves.size(); ++i)
        shelves[i] = static_cast<std::uint16_t>(i % 4);
    const GrowingRows rows(all, {}, -1.0F, shelves, 4);
    const std::vector<float> queries(all.values.begin(), all.values.begin() + 2 * 16);
    const auto found = rows.search(rows.queries(queries, std::vector<float>{-1, -1}), 2,
                                   std::vector<std::uint16_t>{0, 2, 3, 1});
    REQUIRE(found.size() == 2);
    CHECK(found[0].size() == 20);
    for (const RowNeighbour& one : found[0])
        CHECK(one.row % 2 == 0);
    CHECK(found[1].size() == 20);
    for (const RowNeighbour& one : found[1])
        CHECK(one.row % 2 == 1);
}

TEST_CASE("a row that is not finite is refused where it is added", "[neighbours]") {
    GrowingRows rows(rows_about_centres(3, 4, 1), {}, 0);
    const std::vector<float> bad{0, std::numeric_limits<float>::quiet_NaN(), 0, 0};
    CHECK_THROWS_AS(rows.add(bad, 0), Error);
}
