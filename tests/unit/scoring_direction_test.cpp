// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"

#include <fabula/scoring.hpp>

using namespace fabula;

TEST_CASE("direction: the earlier date, and nothing that dates do not say") {
    using std::chrono::hours;
    using std::chrono::seconds;
    const std::chrono::sys_seconds day{std::chrono::days{20000}};
    const auto noon = day + hours{12};
    CHECK(direction_of(noon, noon + seconds{1}) == Direction::first_is_earlier);
    CHECK(direction_of(noon + seconds{1}, noon) == Direction::second_is_earlier);
    CHECK(direction_of(noon, noon) == Direction::unknown);
    CHECK(direction_of(noon, {}) == Direction::unknown);
    CHECK(direction_of({}, noon) == Direction::unknown);
    CHECK(direction_of({}, {}) == Direction::unknown);
    // Midnight is a date without a time of day: some time on that day.
    CHECK(direction_of(day, noon) == Direction::unknown);
    CHECK(direction_of(noon, day) == Direction::unknown);
    CHECK(direction_of(day, day + hours{24}) == Direction::first_is_earlier);
    CHECK(direction_of(noon, day + hours{24}) == Direction::first_is_earlier);
    CHECK(direction_of(day - seconds{1}, day) == Direction::first_is_earlier);
    const std::chrono::sys_seconds before_1970{seconds{-1}};
    CHECK(direction_of(before_1970, std::chrono::sys_seconds{}) == Direction::first_is_earlier);
    CHECK(direction_of(before_1970, before_1970 + seconds{2}) == Direction::first_is_earlier);
    const auto earliest = std::chrono::sys_seconds::min();
    const auto latest = std::chrono::sys_seconds::max();
    CHECK(direction_of(earliest, latest) == Direction::first_is_earlier);
    CHECK(direction_of(latest, earliest) == Direction::second_is_earlier);
    CHECK(to_string(Direction::unknown) == "unknown");
    CHECK(to_string(Direction::first_is_earlier) == "first_is_earlier");
    CHECK(to_string(Direction::second_is_earlier) == "second_is_earlier");
}

TEST_CASE("contributions: names in plain words") {
    CHECK(in_words(Contribution{"terms", 0, 0}) == "rare words in common");
    CHECK(in_words(Contribution{"not_yet_named", 0, 0}) == "not yet named");
}
