// SPDX-License-Identifier: Apache-2.0
#include "statistics/candidate_threshold.hpp"
#include "statistics/window_density.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <vector>

using namespace fabula;
using detail::CandidateFloor;
using detail::CosineSpread;

namespace {

using Times = std::vector<std::optional<std::chrono::sys_seconds>>;

std::chrono::sys_seconds at(std::int64_t seconds) {
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

double in_reach(const Times& times, std::int64_t window) {
    std::vector<std::uint32_t> all(times.size());
    std::iota(all.begin(), all.end(), 0U);
    return detail::articles_in_reach(times, all, std::chrono::seconds{window});
}

} // namespace

TEST_CASE("the normal quantile inverts the distribution") {
    for (const double p : {1e-7, 1e-4, 0.01, 0.3, 0.5, 0.7, 0.99, 0.9999, 1 - 1e-7}) {
        const double x = detail::normal_quantile(p);
        INFO("p " << p << ", x " << x);
        CHECK(std::abs(detail::normal_quantile(1 - p) + x) < 1e-6 * (1 + std::abs(x)));
        // Compared where the function is steep: x rather than p.
        const double slope = std::exp(-x * x / 2) / std::sqrt(2 * std::acos(-1.0));
        CHECK(std::abs((std::erfc(-x / std::sqrt(2.0)) / 2 - p) / slope) < 6e-4);
    }
}

TEST_CASE("candidate floors rise with the collection and the length") {
    const CosineSpread spread{0.02F, 0.1F};
    CHECK(CandidateFloor(100).of(spread, 500, 1) == -1.0F); // all pairs
    float last = -1;
    for (const double others : {1200.0, 2000.0, 20'000.0, 2e6}) {
        const float floor = CandidateFloor(others).of(spread, 500, 1);
        CHECK(floor > last);
        CHECK(floor < 1);
        last = floor;
    }
    const CandidateFloor floor(100'000);
    CHECK(floor.of(spread, 10, 1) == floor.of(spread, 30, 1));
    CHECK(floor.of(spread, 30, 1) < floor.of(spread, 60, 1));
    CHECK(floor.of(spread, 60, 1) < floor.of(spread, 120, 1));
    CHECK(floor.of(spread, 120, 1) == floor.of(spread, 5000, 1));
    CHECK(floor.of(spread, 500, 0.8) < floor.of(spread, 500, 1));
    // Of 100,000 at random, 162 lie 2.94 deviations above the mean.
    CHECK(std::abs(static_cast<double>(floor.of(spread, 500, 1)) - (0.02 + 0.2944)) < 1e-3);
}

TEST_CASE("articles in reach: as many as the window lets meet, on average") {
    const Times times{at(0), at(10), at(20), at(1000), std::nullopt};
    CHECK(in_reach(times, 0) == 5);
    // 0–10, 10–20, and the one without a time with each of four.
    CHECK(in_reach(times, 10) == 2 * 6.0 / 5);
    CHECK(in_reach(times, 9) == 2 * 4.0 / 5);
    CHECK(in_reach({}, 10) == 0);
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    CHECK(in_reach({at(least), at(most)}, 1'000'000) == 0);
    CHECK(in_reach({at(least), at(most)}, most) == 0); // further apart than any window
}
