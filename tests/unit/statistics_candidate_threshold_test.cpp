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
using detail::CandidateThreshold;

namespace {

using Times = std::vector<std::optional<std::chrono::sys_seconds>>;

std::chrono::sys_seconds at(std::int64_t seconds) {
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

double may_meet(const Times& times, std::int64_t window) {
    std::vector<std::uint32_t> all(times.size());
    std::iota(all.begin(), all.end(), 0U);
    return detail::window_density(times, all, std::chrono::seconds{window}, 0).articles;
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

TEST_CASE("candidate thresholds rise with the collection and the length") {
    // Cosines that are normally distributed, with mean 0.02.
    constexpr double deviation = 0.1;
    std::vector<float> normal;
    for (std::size_t i = 0; i < CandidateThreshold::sample_size; ++i)
        normal.push_back(static_cast<float>(
            0.02 + deviation * detail::normal_quantile((static_cast<double>(i) + 0.5) /
                                                       CandidateThreshold::sample_size)));
    const auto of = [&](const CandidateThreshold& threshold, std::size_t words,
                        double calibration) {
        std::vector<float> sample = normal;
        return threshold.of(sample, deviation, words, calibration);
    };
    CHECK_FALSE(CandidateThreshold(3000).is_needed());
    CHECK(of(CandidateThreshold(3000), 500, 1) == -1.0F); // all pairs
    std::vector<float> none;
    CHECK(CandidateThreshold(1e6).of(none, deviation, 500, 1) == -1.0F);
    float last = -1;
    for (const double others : {4000.0, 8000.0, 20'000.0, 100'000.0, 2e6}) {
        CHECK(CandidateThreshold(others).is_needed());
        const float threshold = of(CandidateThreshold(others), 500, 1);
        CHECK(threshold > last);
        CHECK(threshold < 1);
        last = threshold;
    }
    const CandidateThreshold threshold(100'000);
    CHECK(of(threshold, 10, 1) == of(threshold, 30, 1));
    CHECK(of(threshold, 30, 1) < of(threshold, 60, 1));
    CHECK(of(threshold, 60, 1) < of(threshold, 120, 1));
    CHECK(of(threshold, 120, 1) == of(threshold, 5000, 1));
    CHECK(of(threshold, 500, 0.8) < of(threshold, 500, 1));
    // Of 100,000 at random, 486 lie 2.585 deviations above the mean.
    CHECK(std::abs(static_cast<double>(of(threshold, 500, 1)) - (0.02 + 0.2585)) < 3e-3);
    // Of 10,000 the sample tells itself: 1,536 lie 1.0215 above.
    CHECK(std::abs(static_cast<double>(of(CandidateThreshold(10'000), 500, 1)) - (0.02 + 0.10215)) <
          3e-3);
}

TEST_CASE("articles within the window: as many as the window lets meet, on average") {
    const Times times{at(0), at(10), at(20), at(1000), std::nullopt};
    CHECK(may_meet(times, 0) == 5);
    // 0–10, 10–20, and the one without a time with each of four.
    CHECK(may_meet(times, 10) == 2 * 6.0 / 5);
    CHECK(may_meet(times, 9) == 2 * 4.0 / 5);
    CHECK(may_meet({}, 10) == 0);
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    CHECK(may_meet({at(least), at(most)}, 1'000'000) == 0);
    CHECK(may_meet({at(least), at(most)}, most) == 0); // further apart than any window
}
