// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"

#include <fabula/io.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>

using fabula::format_time;
using fabula::parse_time;
using std::chrono::seconds;
using std::chrono::sys_seconds;

namespace {

constexpr std::int64_t first_second = -62'135'596'800; // 0001-01-01T00:00:00Z
constexpr std::int64_t end_second = 253'402'300'800;   // 10000-01-01T00:00:00Z

} // namespace

TEST_CASE("Every second of the years 0001 to 9999 is written as what is read back") {
    std::mt19937_64 random(1);
    const auto check = [](std::int64_t second) {
        const sys_seconds time{seconds{second}};
        const std::string written = format_time(time);
        INFO(written);
        CHECK(written.size() == 20);
        CHECK(parse_time(written) == time);
    };
    for (std::int64_t near = 0; near < 100; ++near) {
        check(first_second + near);
        check(end_second - 1 - near);
    }
    for (int i = 0; i < 20'000; ++i)
        check(first_second + static_cast<std::int64_t>(
                                 random() % static_cast<std::uint64_t>(end_second - first_second)));
}

TEST_CASE("Whatever time is read is written as what is read back") {
    std::mt19937_64 random(2);
    const auto up_to = [&](unsigned most) { return static_cast<unsigned>(random() % (most + 1)); };
    int read = 0;
    for (int i = 0; i < 50'000; ++i) {
        // Half of them at one end of the years that there are.
        const unsigned years[] = {0, 1, 9998, 9999};
        const unsigned year = i % 2 == 0 ? years[up_to(3)] : up_to(9999);
        const bool at_an_end = up_to(1) == 0;
        char text[128];
        std::snprintf(text, sizeof text, "%04u-%02u-%02uT%02u:%02u:%02u%c%02u:%02u", year,
                      at_an_end ? 1 + 11 * up_to(1) : 1 + up_to(11),
                      at_an_end ? 1 + 30 * up_to(1) : 1 + up_to(30), up_to(24), up_to(59),
                      up_to(60), up_to(1) == 0 ? '+' : '-', up_to(23), up_to(59));
        const auto time = parse_time(text);
        if (!time)
            continue;
        ++read;
        INFO(text);
        CHECK(time->time_since_epoch().count() >= first_second);
        CHECK(time->time_since_epoch().count() < end_second);
        CHECK(parse_time(format_time(*time)) == time);
    }
    CHECK(read > 20'000);
}
