// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace fabula;

namespace {

using Pairs = std::vector<ScoredPair>;

} // namespace

TEST_CASE("calibration: the table and its error by hand") {
    // Bin 0: mean 0.05, share 1/2. Bin 7: mean 0.75, share 1. Errors 0.45 and 0.25 of two pairs
    // each.
    const Pairs pairs{{0.04, false}, {0.06, true}, {0.72, true}, {0.78, true}};
    const Calibration calibration = calibrate(pairs);
    CHECK(calibration.pairs == 4);
    REQUIRE(calibration.bins.size() == 10);
    CHECK(calibration.bins[0].pairs == 2);
    CHECK(calibration.bins[0].from == 0);
    CHECK(calibration.bins[0].to == 0.1);
    CHECK(calibration.bins[0].mean_probability == Approx(0.05));
    CHECK(calibration.bins[0].same_story == Approx(0.5));
    CHECK(calibration.bins[7].pairs == 2);
    CHECK(calibration.bins[7].weight == 2);
    CHECK(calibration.bins[7].mean_probability == Approx(0.75));
    CHECK(calibration.bins[7].same_story == 1);
    CHECK(calibration.bins[3].pairs == 0);
    CHECK(calibration.bins[3].mean_probability == 0);
    CHECK(calibration.bins[9].to == 1);
    CHECK(calibration.expected_calibration_error == Approx(0.35));
}

TEST_CASE("calibration: a weight counts as that many pairs") {
    const Pairs weighted{{0.25, true, 3}, {0.28, false, 1}, {0.9, true, 0}};
    const Pairs repeated{{0.25, true}, {0.25, true}, {0.25, true}, {0.28, false}};
    const Calibration a = calibrate(weighted, 4);
    const Calibration b = calibrate(repeated, 4);
    CHECK(a.expected_calibration_error == Approx(b.expected_calibration_error));
    CHECK(a.bins[1].mean_probability == Approx(b.bins[1].mean_probability));
    CHECK(a.bins[1].same_story == Approx(0.75));
    CHECK(a.bins[3].pairs == 1); // there, though it counts nothing
    CHECK(a.bins[3].weight == 0);
    CHECK(a.bins[3].same_story == 0);
}

TEST_CASE("calibration: a probability on a bound belongs to the bin above it") {
    for (const std::size_t bins : {1U, 3U, 7U, 10U, 49U}) {
        const auto count = static_cast<double>(bins);
        for (std::size_t i = 0; i <= bins; ++i) {
            const double bound = static_cast<double>(i) / count;
            INFO(bins << " bins, the bound " << i);
            const Calibration at = calibrate(Pairs{{bound, true}}, bins);
            CHECK(at.bins[std::min(i, bins - 1)].pairs == 1);
            if (i > 0) {
                const double below = std::nextafter(bound, 0.0);
                CHECK(calibrate(Pairs{{below, true}}, bins).bins[i - 1].pairs == 1);
            }
        }
    }
}

TEST_CASE("calibration: nothing scored, and scores that are sure") {
    CHECK(calibrate({}).expected_calibration_error == 0);
    CHECK(calibrate({}).bins.size() == 10);
    CHECK(calibrate(Pairs{{0, false}, {1, true}}).expected_calibration_error == 0);
    CHECK(calibrate(Pairs{{0, true}, {1, false}}).expected_calibration_error == 1);
    CHECK(calibrate(Pairs{{0.5, true, 0}}).expected_calibration_error == 0);
}

TEST_CASE("calibration: pairs out of range are refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    for (const double probability : {-0.1, 1.1, nan, infinity})
        CHECK_THROWS_WITH(calibrate(Pairs{{0.5, true}, {probability, true}}),
                          Catch::Matchers::ContainsSubstring("pair 1 has the probability"));
    for (const double weight : {-1.0, nan, infinity})
        CHECK_THROWS_WITH(calibrate(Pairs{{0.5, true, weight}}),
                          Catch::Matchers::ContainsSubstring("pair 0 has the weight"));
    CHECK_THROWS_WITH(calibrate({}, 0), Catch::Matchers::ContainsSubstring("bins is 0"));
}
