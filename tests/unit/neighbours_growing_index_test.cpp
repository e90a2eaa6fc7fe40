// SPDX-License-Identifier: Apache-2.0
#include "neighbours/exact/growing_rows.hpp"
#include "neighbours/ivf/growing_index.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

using namespace fabula;
using namespace fabula::detail;

namespace {

constexpr std::size_t dimension = 24;
constexpr std::size_t centres = 60;

/// Rows about many centres: `spread` is how far from them.
EmbeddingMatrix rows_about_centres(std::size_t rows, float spread, std::uint64_t seed) {
    test::Random at_centre{1};
    std::vector<float> about;
    for (std::size_t i = 0; i < centres * dimension; ++i)
        about.push_back(at_centre.part() - 0.5F);
    test::Random random{seed};
    EmbeddingMatrix out{rows, dimension, {}};
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t d = 0; d < dimension; ++d)
            out.values.push_back(about[i % centres * dimension + d] +
                                 spread * (random.part() - 0.5F));
    return out;
}

using Found = std::vector<std::vector<RowNeighbour>>;

std::vector<std::pair<std::uint32_t, float>> pairs_of(const std::vector<RowNeighbour>& some) {
    std::vector<std::pair<std::uint32_t, float>> out;
    for (const RowNeighbour& one : some)
        out.emplace_back(one.row, one.cosine);
    return out;
}

} // namespace

TEST_CASE("an index of few rows looks at all of them", "[neighbours]") {
    const EmbeddingMatrix all = rows_about_centres(500, 0.6F, 2);
    const std::vector<float> thresholds(all.rows, 0.4F);
    const GrowingIndex index(all, thresholds, 0.2F, 500, 1);
    const GrowingRows exact(all, thresholds, 0.2F);
    REQUIRE(index.is_exact());
    const Found found = index.search(all.values, thresholds, 2);
    const Found expected = exact.search(exact.queries(all.values, thresholds), 1);
    for (std::size_t i = 0; i < all.rows; ++i)
        CHECK(pairs_of(found[i]) == pairs_of(expected[i]));
}

TEST_CASE("an index finds true pairs, and nearly all that are near", "[neighbours]") {
    constexpr std::size_t first = 2000;
    const EmbeddingMatrix all = rows_about_centres(3000, 0.6F, 3);
    const std::vector<float> thresholds(all.rows, 0.6F);
    EmbeddingMatrix begin{first, dimension, {}};
    begin.values.assign(all.values.begin(), all.values.begin() + first * dimension);
    GrowingIndex index(begin, std::span(thresholds).first(first), 0.2F, 0, 2);
    GrowingRows exact(begin, std::span(thresholds).first(first), 0.2F);
    REQUIRE(!index.is_exact());
    for (std::size_t i = first; i < all.rows; ++i) {
        index.add(all.row(i), thresholds[i]);
        exact.add(all.row(i), thresholds[i]);
    }
    for (const std::uint32_t row : {5U, 2100U}) {
        index.hide(row);
        exact.hide(row);
    }
    const Found expected = exact.search(exact.queries(all.values, thresholds), 2);
    const Found found = index.search(all.values, thresholds, 1);
    CHECK(index.size() == all.rows);
    constexpr float near = 0.8F;
    std::size_t there = 0;
    std::size_t met = 0;
    for (std::size_t i = 0; i < all.rows; ++i) {
        const auto true_pairs = pairs_of(expected[i]);
        const auto found_pairs = pairs_of(found[i]);
        REQUIRE(std::includes(true_pairs.begin(), true_pairs.end(), found_pairs.begin(),
                              found_pairs.end()));
        const auto is_near = [&](const RowNeighbour& one) { return one.cosine >= near; };
        there += static_cast<std::size_t>(
            std::count_if(expected[i].begin(), expected[i].end(), is_near));
        met += static_cast<std::size_t>(std::count_if(found[i].begin(), found[i].end(), is_near));
    }
    CHECK(there > 20'000);
    CHECK(static_cast<double>(met) >= 0.99 * static_cast<double>(there));
    for (const unsigned threads : {2U, 3U}) {
        const Found again = index.search(all.values, thresholds, threads);
        for (std::size_t i = 0; i < all.rows; ++i)
            REQUIRE(pairs_of(again[i]) == pairs_of(found[i]));
    }
}

TEST_CASE("an index of hardly any rows finds them", "[neighbours]") {
    for (const std::size_t rows : {1UL, 2UL, 3UL, 20UL}) {
        const EmbeddingMatrix all = rows_about_centres(rows, 0.6F, 4);
        const GrowingIndex index(all, {}, -1.0F, 0, 1);
        CHECK(index.search(all.row(0), std::vector<float>{-1}, 1)[0].size() == rows);
    }
}

TEST_CASE("an index of rows that are all the same, or zero, finds what there is", "[neighbours]") {
    EmbeddingMatrix all{300, dimension, std::vector<float>(300 * dimension, 0.5F)};
    std::fill_n(all.values.begin() + 7 * dimension, dimension, 0.0F);
    const GrowingIndex index(all, {}, 0.9F, 0, 1);
    const Found found =
        index.search(std::vector<float>(2 * dimension, 1.0F), std::vector<float>{0, 0}, 2);
    CHECK(found[0].size() == 299);
    CHECK(found[1].size() == 299);
    CHECK(index.search(std::vector<float>(dimension), std::vector<float>{-1}, 1)[0].empty());
}

TEST_CASE("an index that begins with rows that are zero finds the others all the same",
          "[neighbours]") {
    EmbeddingMatrix all = rows_about_centres(2000, 0.4F, 5);
    for (const std::size_t row : {0UL, 1UL, 700UL})
        std::fill_n(all.values.begin() + static_cast<std::ptrdiff_t>(row * dimension), dimension,
                    0.0F);
    const GrowingIndex index(all, {}, 0.8F, 0, 1);
    REQUIRE(!index.is_exact());
    std::size_t there = 0;
    std::size_t met = 0;
    const GrowingRows exact(all, {}, 0.8F);
    const std::vector<float> thresholds(all.rows, 0.8F);
    const Found expected = exact.search(exact.queries(all.values, thresholds), 1);
    const Found found = index.search(all.values, thresholds, 1);
    for (std::size_t i = 0; i < all.rows; ++i) {
        there += expected[i].size();
        met += found[i].size();
    }
    CHECK(there > 40'000);
    CHECK(static_cast<double>(met) >= 0.99 * static_cast<double>(there));
}
