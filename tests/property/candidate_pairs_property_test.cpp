// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"
#include "neighbours/candidate_search.hpp"
#include "neighbours/exact/threshold_estimate.hpp"
#include "neighbours/join/join_rows.hpp"
#include "neighbours/join/top_k_collector.hpp"
#include "neighbours/kernels/dispatch.hpp"
#include "reference/neighbours.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"
#include "support/sanitizer.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <limits>
#include <set>

using namespace fabula;
using namespace fabula::detail;

namespace {

using OptionalTimes = std::vector<std::optional<std::chrono::sys_seconds>>;

struct Case {
    EmbeddingMatrix vectors;
    float min_cosine{};
    std::size_t max_neighbours{};
    std::chrono::seconds window{};
    OptionalTimes times;
    std::vector<std::uint32_t> only;
    std::vector<float> thresholds;

    [[nodiscard]] std::vector<CandidatePair> naive() const {
        return test::candidate_pairs_naive(vectors, min_cosine, max_neighbours, window, times, only,
                                           thresholds);
    }
    [[nodiscard]] std::vector<CandidatePair> found(unsigned threads,
                                                   std::size_t exact_below = never_an_index) const {
        return candidate_pairs(vectors, min_cosine, max_neighbours, window, times, threads, only,
                               thresholds, exact_below);
    }
};

Case random_case(test::Random& random, int round, std::uint32_t rows, std::size_t dimension) {
    Case c;
    c.vectors = test::random_rows(random, rows, dimension, random.number(12) + 1, random.number(30),
                                  random.number(4));
    for (std::size_t i = 0; i < c.vectors.rows; ++i) {
        const std::uint32_t kind = random.number(8);
        for (float& value : c.vectors.row(i))
            value *= kind == 0 ? 1e30F : kind == 1 ? 1e-40F : kind == 2 ? 3.0F : 1.0F;
        if (kind == 3) // all in one column, which int8 cuts off
            c.vectors.row(i)[0] = 9;
    }
    c.min_cosine = random.part() * 1.4F - 0.4F;
    c.max_neighbours = round % 3 == 0 ? 0 : random.number(20) + 1;
    if (round % 2 == 0)
        c.window = std::chrono::seconds{random.number(300) + 1};
    for (std::size_t i = 0; i < c.vectors.rows; ++i) {
        c.times.emplace_back();
        if (random.part() >= 0.1F)
            c.times.back() = std::chrono::sys_seconds{std::chrono::seconds{random.number(1000)}};
        if (round % 4 == 3 && random.number(3) != 0)
            c.only.push_back(static_cast<std::uint32_t>(i));
        if (round % 5 < 2)
            c.thresholds.push_back(random.number(10) == 0 ? random.part() * 10 - 5
                                                          : random.part() * 1.2F - 0.2F);
    }
    return c;
}

/// Rows around topics, and within these around stories of very different sizes.
EmbeddingMatrix story_rows(test::Random& random, std::size_t rows, std::size_t dimension) {
    const auto direction = [&] {
        std::vector<float> values(dimension);
        for (float& value : values)
            value = random.part() + random.part() - 1;
        return values;
    };
    std::vector<std::vector<float>> topics(20);
    for (auto& topic : topics)
        topic = direction();
    std::vector<std::vector<float>> all;
    while (all.size() < rows) {
        const auto& topic = topics[random.number(20)];
        std::vector<float> story = direction();
        for (std::size_t i = 0; i < dimension; ++i)
            story[i] += topic[i] * 0.7F;
        const float spread = 0.3F + random.part() * 0.5F;
        const auto size = static_cast<std::size_t>(1 / (random.part() + 0.005F));
        for (std::size_t member = 0; member < size; ++member) {
            std::vector<float> row = direction();
            for (std::size_t i = 0; i < dimension; ++i)
                row[i] = story[i] + row[i] * spread;
            all.push_back(std::move(row));
        }
    }
    random.shuffle(all);
    EmbeddingMatrix matrix{rows, dimension, {}};
    for (std::size_t i = 0; i < rows; ++i)
        matrix.values.insert(matrix.values.end(), all[i].begin(), all[i].end());
    return matrix;
}

std::size_t in_both(const std::vector<CandidatePair>& a, const std::vector<CandidatePair>& b) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> of_b;
    for (const CandidatePair& pair : b)
        of_b.emplace(pair.first, pair.second);
    std::size_t count = 0;
    for (const CandidatePair& pair : a)
        count += of_b.count({pair.first, pair.second});
    return count;
}

} // namespace

TEST_CASE("candidate pairs: the same by every kernel, in every dimension, with thresholds and rows "
          "left out") {
    test::Random random(21);
    for (const std::size_t dimension : {1, 3, 127, 128, 300})
        for (int round = 0; round < 10; ++round) {
            const Case c = random_case(
                random, round, static_cast<std::uint32_t>(test::size_or(400, 150)), dimension);
            const auto naive = c.naive();
            for (int level = 0; level <= static_cast<int>(highest_kernel_level()); ++level) {
                use_kernel_level(static_cast<KernelLevel>(level));
                INFO("dimension " << dimension << ", round " << round << ", "
                                  << to_string(kernel_level()) << ", " << naive.size() << " pairs");
                CHECK(c.found(1) == naive);
                CHECK(c.found(3) == naive);
            }
            use_kernel_level({});
        }
}

TEST_CASE("candidate pairs: rows of many stages, in and out of the window") {
    test::Random random(22);
    Case c;
    c.vectors = test::random_rows(random, test::size_or(12'000, 9'000), 4, 3);
    c.min_cosine = 0.999F;
    c.window = std::chrono::seconds{400};
    for (std::size_t i = 0; i < c.vectors.rows; ++i) {
        c.times.emplace_back();
        if (random.number(50) != 0)
            c.times.back() = std::chrono::sys_seconds{std::chrono::seconds{random.number(20'000)}};
    }
    CHECK(c.found(2) == c.naive());
    c.max_neighbours = 3;
    CHECK(c.found(2) == c.naive());
}

TEST_CASE("candidate pairs: a threshold estimate that misses its mark, by every kernel") {
    // Every sixteenth row is of one cluster, and the sample holds no others: to the neighbourhood
    // it promises neighbours that are not there.
    test::Random random(26);
    const std::size_t rows = 3000;
    const std::size_t dimension = 24;
    const auto part = [&] { return random.part() - 0.5F; };
    Case c;
    c.vectors = {rows, dimension, std::vector<float>(rows * dimension)};
    for (std::size_t i = 0; i < rows; ++i) {
        const bool in_cluster = i % sample_stride == 0;
        for (std::size_t d = 0; d < dimension; ++d)
            c.vectors.row(i)[d] = in_cluster ? 1 + 0.4F * part() : part();
        if (i % 7 == 0) // lengths do not matter
            for (float& value : c.vectors.row(i))
                value *= 5;
    }
    c.min_cosine = 0.05F;
    c.max_neighbours = 10;
    for (std::size_t i = 0; i < rows; ++i)
        c.times.emplace_back();

    SECTION("so many rows are short, and looked at again") {
        const JoinRows join(c.vectors, {c.min_cosine, c.max_neighbours, {}, {}}, c.times, {}, 1);
        REQUIRE(needs_threshold_estimate(join));
        const std::vector<float> thresholds = estimate_thresholds(join, 2);
        CHECK(thresholds == estimate_thresholds(join, 1));
        std::vector<std::size_t> above(rows);
        for (const CandidatePair& pair :
             test::candidate_pairs_naive(c.vectors, c.min_cosine, 0, {}, c.times)) {
            above[pair.first] += pair.cosine >= thresholds[pair.first] ? 1 : 0;
            above[pair.second] += pair.cosine >= thresholds[pair.second] ? 1 : 0;
        }
        const auto is_short = [&](std::size_t count) { return count < c.max_neighbours; };
        CHECK(std::count_if(above.begin(), above.end(), is_short) > 50);
        CHECK(std::count_if(above.begin(), above.end(), is_short) < 1000);
    }
    SECTION("and the pairs are those of the definition") {
        const bool has_window = GENERATE(false, true);
        if (has_window) {
            c.window = std::chrono::seconds{600};
            for (std::size_t i = 0; i < rows; ++i)
                if (i % 20 != 3)
                    c.times[i] = std::chrono::sys_seconds{std::chrono::seconds{i}};
        }
        const auto naive = c.naive();
        for (int level = 0; level <= static_cast<int>(highest_kernel_level()); ++level) {
            use_kernel_level(static_cast<KernelLevel>(level));
            INFO(to_string(kernel_level()) << ", window " << has_window);
            CHECK(c.found(1) == naive);
            CHECK(c.found(3) == naive);
        }
        use_kernel_level({});
    }
}

TEST_CASE("candidate pairs: thresholds that cannot be meant are refused") {
    const EmbeddingMatrix vectors{2, 1, {1, 1}};
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> short_thresholds{0.5F};
    const std::vector<float> nan_thresholds{0.5F, nan};
    for (const auto& thresholds : {short_thresholds, nan_thresholds}) {
        CHECK_THROWS_AS(candidate_pairs(vectors, 0, 0, {}, {}, 1, {}, thresholds), Error);
        CHECK_THROWS_AS(test::candidate_pairs_naive(vectors, 0, 0, {}, {}, {}, thresholds), Error);
    }
}

TEST_CASE("candidate index: finds nearly all, nothing else, by any threads and kernel") {
    test::Random random(23);
    for (int round = 0; round < 4; ++round) {
        Case c;
        c.vectors = story_rows(random, test::size_or(12'000, 3'000), 64);
        c.min_cosine = 0.6F;
        for (std::size_t i = 0; i < c.vectors.rows; ++i) {
            c.times.emplace_back();
            if (random.number(50) != 0)
                c.times.back() =
                    std::chrono::sys_seconds{std::chrono::seconds{random.number(1000)}};
            if (round == 2)
                c.thresholds.push_back(0.5F + random.part() * 0.3F);
            if (round == 3 && i % 3 != 0)
                c.only.push_back(static_cast<std::uint32_t>(i));
        }
        if (round == 1)
            c.window = std::chrono::seconds{100};
        const auto exact = c.found(2);
        const auto by_index = c.found(1, 0);
        INFO("round " << round << ": " << by_index.size() << " of " << exact.size());
        REQUIRE(exact.size() > 1000);
        CHECK(in_both(by_index, exact) == by_index.size());
        CHECK(static_cast<double>(by_index.size()) >= 0.99 * static_cast<double>(exact.size()));
        CHECK(c.found(2, 0) == by_index);
        CHECK(c.found(3, 0) == by_index);
        use_kernel_level(KernelLevel::baseline);
        CHECK(c.found(2, 0) == by_index);
        use_kernel_level({});

        c.max_neighbours = 4;
        const auto nearest = c.found(2);
        const auto nearest_by_index = c.found(1, 0);
        CHECK(static_cast<double>(in_both(nearest_by_index, nearest)) >=
              0.99 * static_cast<double>(nearest.size()));
        CHECK(c.found(3, 0) == nearest_by_index);
    }
}

TEST_CASE("pair sink: threads that offer to the same blocks in any order do not block each other") {
    test::Random random(25);
    Case c;
    c.vectors = test::random_rows(random, 2000, 4, 3);
    const JoinRows rows(c.vectors, {0, 5, {}, {}}, {}, {}, 1);
    std::vector<std::vector<FoundPair>> offers(8);
    for (auto& offer : offers)
        for (int i = 0; i < 100'000; ++i)
            offer.push_back({random.number(2000), random.number(2000), random.part()});
    PairSink sink(rows);
    for_each_task(offers.size(), 4, [&](std::size_t task) {
        PairSink::Local local;
        local.fresh = offers[task];
        sink.flush(local);
    });
    CHECK(sink.finish(2).size() >= 2000 * 5 / 2);
}

TEST_CASE("candidate index: any input that exact search takes") {
    test::Random random(24);
    for (const std::uint32_t rows : {1U, 2U, 5U, 300U})
        for (int round = 0; round < 10; ++round) {
            const Case c = random_case(random, round, rows, random.number(40) + 1);
            const auto by_index = c.found(2, 0);
            for (std::size_t i = 1; i < by_index.size(); ++i)
                REQUIRE(std::pair(by_index[i - 1].first, by_index[i - 1].second) <
                        std::pair(by_index[i].first, by_index[i].second));
            if (c.max_neighbours == 0)
                CHECK(in_both(by_index, c.naive()) == by_index.size());
        }
    CHECK(candidate_pairs({}, 0.5F, 0, {}, {}, 2, {}, {}, 0).empty());
    CHECK(candidate_pairs({3, 2, {0, 0, 0, 0, 0, 0}}, 0.5F, 0, {}, {}, 2, {}, {}, 0).empty());
}
