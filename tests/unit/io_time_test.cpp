// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"

#include <fabula/io.hpp>

#include <chrono>
#include <string>

using fabula::format_time;
using fabula::parse_time;

namespace {

/// What was understood, in the program's own form; empty where nothing was.
std::string understood(std::string_view text) {
    const auto time = parse_time(text);
    return time ? format_time(*time) : std::string{};
}

} // namespace

TEST_CASE("ISO 8601 dates and times are understood", "[io]") {
    CHECK(understood("2026-03-04") == "2026-03-04T00:00:00Z");
    CHECK(understood("2026-03-04T07:40:05Z") == "2026-03-04T07:40:05Z");
    CHECK(understood("2026-03-04T07:40:05") == "2026-03-04T07:40:05Z");
    CHECK(understood("2026-03-04 07:40") == "2026-03-04T07:40:00Z");
    CHECK(understood("2026-03-04t07:40:05z") == "2026-03-04T07:40:05Z");
    CHECK(understood("2026-03-04T07:40:05.999Z") == "2026-03-04T07:40:05Z");
    CHECK(understood("2026-03-04T07:40:05,5") == "2026-03-04T07:40:05Z");
    CHECK(understood("2024-02-29") == "2024-02-29T00:00:00Z");
    CHECK(understood("1969-12-31T23:59:59Z") == "1969-12-31T23:59:59Z");
    CHECK(understood("2026-03-04T24:00:00Z") == "2026-03-05T00:00:00Z");
    CHECK(understood("2016-12-31T23:59:60Z") == "2017-01-01T00:00:00Z");
    CHECK(understood("0001-01-01") == "0001-01-01T00:00:00Z");
    CHECK(understood("0000-12-31T23:59:00-00:01") == "0001-01-01T00:00:00Z");
    CHECK(understood("9999-12-31T23:59:59Z") == "9999-12-31T23:59:59Z");
}

TEST_CASE("Zones are taken off, across midnight and across years", "[io]") {
    CHECK(understood("2026-03-04T07:40:00+01:00") == "2026-03-04T06:40:00Z");
    CHECK(understood("2026-03-04T07:40:00-0530") == "2026-03-04T13:10:00Z");
    CHECK(understood("2026-03-04T07:40:00+09") == "2026-03-03T22:40:00Z");
    CHECK(understood("2026-01-01T00:30:00+02:00") == "2025-12-31T22:30:00Z");
}

TEST_CASE("The seconds since 1970 are right", "[io]") {
    CHECK(parse_time("1970-01-01")->time_since_epoch().count() == 0);
    CHECK(parse_time("2001-09-09T01:46:40Z")->time_since_epoch().count() == 1'000'000'000);
}

TEST_CASE("What is no date is refused", "[io]") {
    for (const char* text : {"",
                             " ",
                             "yesterday",
                             "2026",
                             "2026-03",
                             "2026-3-4",
                             "04.03.2026",
                             "2026-13-01",
                             "2026-02-29",
                             "2026-03-00",
                             "2026-03-04T",
                             "2026-03-04T7:40",
                             "2026-03-04T25:00",
                             "2026-03-04T24:00:01",
                             "2026-03-04T07:60",
                             "2026-03-04T07:40:61",
                             "2026-03-04T07:40:05.",
                             "2026-03-04T07:40Zulu",
                             "2026-03-04T07:40+1",
                             "2026-03-04T07:40+24:00",
                             "2026-03-04Z",
                             "2026-03-04T07:40+01:60",
                             "-026-03-04",
                             "+026-03-04",
                             "2026-03-04T-7:40",
                             "1772610000"}) {
        INFO(text);
        CHECK_FALSE(parse_time(text).has_value());
    }
    using namespace std::string_view_literals;
    CHECK_FALSE(parse_time("2026-03-04\0"sv).has_value());
}

TEST_CASE("What is not of the years 0001 to 9999 by UTC is refused", "[io]") {
    for (const char* text :
         {"0000-02-29", "0000-12-31T23:59:59Z", "0001-01-01T00:00:00+00:01", "9999-12-31T24:00:00Z",
          "9999-12-31T23:59:60Z", "9999-12-31T24:00:00-23:59", "9999-12-31T23:00:00-01:00"}) {
        INFO(text);
        CHECK_FALSE(parse_time(text).has_value());
    }
}

TEST_CASE("Written times are read back", "[io]") {
    for (const std::int64_t seconds : {0LL, 1LL, -1LL, 951'782'400LL, 4'102'444'799LL}) {
        const std::chrono::sys_seconds time{std::chrono::seconds{seconds}};
        CHECK(parse_time(format_time(time)) == time);
    }
}
