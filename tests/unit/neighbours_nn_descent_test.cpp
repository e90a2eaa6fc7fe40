// SPDX-License-Identifier: Apache-2.0
#include "neighbours/candidate_search.hpp"
#include "neighbours/ivf/nn_descent.hpp"
#include "reference/neighbours.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <algorithm>
#include <numeric>

using namespace fabula;
using namespace fabula::detail;

namespace {

constexpr std::uint32_t rows = 300;
constexpr float min_cosine = 0.2F;

struct Found {
    std::uint32_t other;
    float cosine;
};

/// What each row has found, the nearest first.
std::vector<std::vector<Found>> by_row(const std::vector<CandidatePair>& pairs) {
    std::vector<std::vector<Found>> out(rows);
    for (const CandidatePair& pair : pairs) {
        out[pair.first].push_back({pair.second, pair.cosine});
        out[pair.second].push_back({pair.first, pair.cosine});
    }
    for (auto& found : out)
        std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
            return a.cosine != b.cosine ? a.cosine > b.cosine : a.other < b.other;
        });
    return out;
}

/// The rule, pair by pair.
std::vector<CandidatePair> expanded(const std::vector<CandidatePair>& known,
                                    const std::vector<CandidatePair>& all, std::size_t nearest) {
    const auto found = by_row(known);
    const auto near = [&](std::uint32_t of, std::uint32_t other, std::size_t most) {
        const auto end =
            found[of].begin() + static_cast<std::ptrdiff_t>(std::min(most, found[of].size()));
        return std::any_of(found[of].begin(), end,
                           [&](const Found& one) { return one.other == other; });
    };
    std::vector<CandidatePair> out;
    for (const CandidatePair& pair : all) {
        bool meets = near(pair.first, pair.second, rows);
        for (std::uint32_t third = 0; third < rows && !meets; ++third)
            meets = near(pair.first, third, rows) && near(pair.second, third, rows) &&
                    (near(pair.first, third, nearest) || near(pair.second, third, nearest));
        if (meets)
            out.push_back(pair);
    }
    return out;
}

} // namespace

TEST_CASE("neighbours of neighbours: the same as pair by pair, in any order, by any threads") {
    test::Random random(31);
    for (int trial = 0; trial < 9; ++trial) {
        const EmbeddingMatrix vectors = test::random_rows(random, rows, 12, 9);
        std::vector<std::optional<std::chrono::sys_seconds>> times;
        for (std::uint32_t i = 0; i < rows; ++i) {
            times.emplace_back();
            if (random.number(10) != 0)
                times.back() = std::chrono::sys_seconds{std::chrono::seconds{random.number(1000)}};
        }
        std::vector<float> thresholds(rows);
        for (float& threshold : thresholds)
            threshold = random.part() * 0.6F;
        const std::chrono::seconds window{trial % 2 == 0 ? 0 : 300};
        const JoinLimits limits{min_cosine, 0, window,
                                trial < 4 ? std::span<const float>{} : thresholds};
        const auto all = test::candidate_pairs_naive(vectors, min_cosine, 0, window, times, {},
                                                     limits.row_thresholds);
        std::vector<CandidatePair> known;
        for (const CandidatePair& pair : all)
            if (random.number(10) == 0)
                known.push_back(pair);
        const std::size_t nearest = 1 + random.number(6);
        const std::size_t rounds = 1 + random.number(3);
        auto expected = known;
        for (std::size_t i = 0; i < rounds; ++i)
            expected = expanded(expected, all, nearest);
        REQUIRE(expected.size() > known.size());
        REQUIRE(expected.size() < all.size());

        for (const unsigned threads : {1U, 3U}) {
            const JoinRows join(vectors, limits, times, {}, 1);
            const auto position_of = join.positions();
            PairSink sink(join);
            PairSink::Local local;
            for (const CandidatePair& pair : known)
                sink.add(local, position_of[pair.first], position_of[pair.second], pair.cosine);
            sink.take(local);
            std::vector<std::uint32_t> order(join.size());
            std::iota(order.begin(), order.end(), 0U);
            random.shuffle(order);
            compare_neighbours_of_neighbours(join, order, {rounds, nearest}, sink, threads);
            CHECK(sink.finish(1) == expected);
        }
    }
}

TEST_CASE("neighbours of neighbours: a limit keeps the nearest of what is found") {
    test::Random random(32);
    const EmbeddingMatrix vectors = test::random_rows(random, rows, 12, 9);
    const std::vector<std::optional<std::chrono::sys_seconds>> no_times;
    const JoinRows join(vectors, {min_cosine, 5, {}, {}}, no_times, {}, 1);
    const auto exact = test::candidate_pairs_naive(vectors, min_cosine, 5, {}, no_times);
    PairSink sink(join);
    PairSink::Local local;
    for (const CandidatePair& pair : exact)
        if (random.number(4) != 0)
            sink.add(local, pair.first, pair.second, pair.cosine);
    sink.flush(local);
    sink.take(local);
    std::vector<std::uint32_t> order(join.size());
    std::iota(order.begin(), order.end(), 0U);
    compare_neighbours_of_neighbours(join, order, {3, rows}, sink, 2);
    const auto found = sink.finish(2);
    const auto in_exact = static_cast<std::size_t>(
        std::count_if(found.begin(), found.end(), [&](const CandidatePair& pair) {
            return std::find(exact.begin(), exact.end(), pair) != exact.end();
        }));
    INFO(in_exact << " of " << found.size() << " and of " << exact.size());
    CHECK(100 * in_exact >= 98 * std::max(found.size(), exact.size()));
}
