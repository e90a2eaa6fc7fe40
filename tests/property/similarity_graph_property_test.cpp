// SPDX-License-Identifier: Apache-2.0
#include "neighbours/candidate_search.hpp"
#include "reference/neighbours.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <numeric>

using namespace fabula;
using detail::candidate_pairs;
using detail::CandidatePair;
using test::candidate_pairs_naive;

namespace {

using Times = std::vector<std::optional<std::chrono::sys_seconds>>;

Times random_times(test::Random& random, std::size_t rows, std::uint32_t range, float undated) {
    Times times(rows);
    for (auto& time : times)
        if (random.part() >= undated)
            time = std::chrono::sys_seconds{std::chrono::seconds{random.number(range)}};
    return times;
}

} // namespace

TEST_CASE("candidate pairs: the blocked search gives what looking at each pair gives") {
    test::Random random(1);
    for (int round = 0; round < 60; ++round) {
        const auto rows = random.number(round % 10 == 0 ? 900 : 300) + 1;
        const auto vectors =
            test::random_rows(random, rows, random.number(40) + 1, random.number(12) + 1,
                              random.number(30), random.number(4));
        const float min_cosine = random.part() * 1.4F - 0.4F;
        const std::size_t max_neighbours = round % 3 == 0 ? 0 : random.number(20) + 1;
        const std::chrono::seconds window{round % 2 == 0 ? 0 : random.number(300)};
        const Times times = random_times(random, vectors.rows, 1000, 0.1F);
        const auto naive =
            candidate_pairs_naive(vectors, min_cosine, max_neighbours, window, times);
        INFO("round " << round << ", " << naive.size() << " pairs");
        CHECK(candidate_pairs(vectors, min_cosine, max_neighbours, window, times, 1) == naive);
        CHECK(candidate_pairs(vectors, min_cosine, max_neighbours, window, times, 4) == naive);
    }
}

TEST_CASE("candidate pairs: sorted, each once, cosines finite and in range") {
    test::Random random(2);
    const auto vectors = test::random_rows(random, 600, 33, 5, 300, 20);
    for (const std::size_t max_neighbours : {0, 7}) {
        const auto pairs = candidate_pairs(vectors, 0.2F, max_neighbours, {}, {}, 2);
        REQUIRE(pairs.size() > 1000);
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const CandidatePair& pair = pairs[i];
            const bool in_order = i == 0 || std::pair(pairs[i - 1].first, pairs[i - 1].second) <
                                                std::pair(pair.first, pair.second);
            if (!in_order || pair.first >= pair.second || !(pair.cosine >= 0.2F) ||
                !(pair.cosine <= 1))
                FAIL("pair " << i << ": " << pair.first << ", " << pair.second << ", "
                             << pair.cosine);
        }
    }
}

TEST_CASE("candidate pairs: another order of the rows gives the same pairs and the same cosines") {
    test::Random random(3);
    for (int round = 0; round < 10; ++round) {
        const auto vectors = test::random_rows(random, 700, 50, 9, 40, 5);
        const Times times = random_times(random, vectors.rows, 1000, 0.2F);
        const std::chrono::seconds window{round % 2 == 0 ? 0 : 200};
        std::vector<std::uint32_t> new_row(vectors.rows);
        std::iota(new_row.begin(), new_row.end(), 0U);
        random.shuffle(new_row);
        EmbeddingMatrix moved = vectors;
        Times moved_times = times;
        for (std::size_t i = 0; i < vectors.rows; ++i) {
            const auto from = vectors.row(i);
            std::copy(from.begin(), from.end(), moved.row(new_row[i]).begin());
            moved_times[new_row[i]] = times[i];
        }
        auto expected = candidate_pairs(vectors, 0.4F, 0, window, times, 2);
        for (CandidatePair& pair : expected)
            pair = {std::min(new_row[pair.first], new_row[pair.second]),
                    std::max(new_row[pair.first], new_row[pair.second]), pair.cosine};
        std::sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) {
            return std::pair(a.first, a.second) < std::pair(b.first, b.second);
        });
        CHECK(candidate_pairs(moved, 0.4F, 0, window, moved_times, 2) == expected);
    }
}

TEST_CASE("candidate pairs: many copies of one row keep what the limit says") {
    const std::size_t copies = 1500;
    EmbeddingMatrix vectors{copies, 3, {}};
    for (std::size_t i = 0; i < copies; ++i)
        vectors.values.insert(vectors.values.end(), {0.6F, 0, 0.8F});
    const auto pairs = candidate_pairs(vectors, 0.9F, 10, {}, {}, 2);
    // Ties go to the lower index: row 10 and all after it keep rows 0–9, rows 0–9 keep 0–10.
    CHECK(pairs.size() == 10 * 9 / 2 + (copies - 10) * 10);
    for (const CandidatePair& pair : pairs)
        if (pair.first >= 10 || pair.cosine != pairs.front().cosine)
            FAIL("pair " << pair.first << ", " << pair.second << ", " << pair.cosine);
}
