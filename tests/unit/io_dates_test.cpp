// SPDX-License-Identifier: Apache-2.0
#include "io/fields/dates.hpp"
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <sstream>
#include <string>
#include <string_view>

using Catch::Matchers::ContainsSubstring;
using fabula::ArticleSet;
using fabula::detail::DateReading;
using fabula::detail::read_date;

namespace {

/// What was understood; empty where nothing was, "?" where the order is open.
std::string understood(std::string_view text) {
    const DateReading date = read_date(text);
    if (date.kind == DateReading::Kind::day_or_month_first)
        return "?";
    return date.kind == DateReading::Kind::read ? fabula::format_time(date.time) : std::string{};
}

ArticleSet read_dates(const std::vector<std::string>& dates, bool strict = false) {
    std::string lines;
    for (const std::string& date : dates)
        lines += "{\"text\":\"x\",\"published\":\"" + date + "\"}\n";
    std::istringstream in{lines};
    fabula::ReadOptions options;
    options.strict = strict;
    return fabula::read_json_lines(in, "news.jsonl", options);
}

std::string day(const ArticleSet& set, std::size_t i) {
    const auto& time = set.articles.at(i).published;
    return time ? fabula::format_time(*time).substr(0, 10) : std::string{};
}

} // namespace

TEST_CASE("ISO 8601 is read in all its forms", "[io]") {
    CHECK(understood("2026-03-04T07:40:05.25+01:00") == "2026-03-04T06:40:05Z");
    CHECK(understood("20260304T074005Z") == "2026-03-04T07:40:05Z");
    CHECK(understood("20260304T0740+0100") == "2026-03-04T06:40:00Z");
    CHECK(understood("20260304T07:40:05") == "2026-03-04T07:40:05Z");
    CHECK(understood("20260304") == "2026-03-04T00:00:00Z");
    CHECK(understood("2026-03") == "2026-03-01T00:00:00Z");
    CHECK(understood("2026-063") == "2026-03-04T00:00:00Z");
    CHECK(understood("2024-366") == "2024-12-31T00:00:00Z");
    CHECK(understood("2026-W10-3") == "2026-03-04T00:00:00Z");
    CHECK(understood("2026W103T074005Z") == "2026-03-04T07:40:05Z");
    CHECK(understood("2026-W10") == "2026-03-02T00:00:00Z");
    CHECK(understood("2026-W01-1") == "2025-12-29T00:00:00Z");
    CHECK(understood("2020-W53-7") == "2021-01-03T00:00:00Z");
    CHECK(understood("2026-03-04 07:40:05 +0100") == "2026-03-04T06:40:05Z");
    CHECK(understood("2026-03-04 07:40:05 UTC") == "2026-03-04T07:40:05Z");
    CHECK(understood(" 2026-03-04T07:40:05Z\n") == "2026-03-04T07:40:05Z");
    CHECK(understood("2026/03/04 07:40") == "2026-03-04T07:40:00Z");
    CHECK(understood("2026-3-4") == "2026-03-04T00:00:00Z");
}

TEST_CASE("Dates of mail and feeds are read, with the names of zones", "[io]") {
    CHECK(understood("Wed, 04 Mar 2026 07:40:05 GMT") == "2026-03-04T07:40:05Z");
    CHECK(understood("Wed, 4 Mar 2026 07:40:05 +0100") == "2026-03-04T06:40:05Z");
    CHECK(understood("04 Mar 26 07:40 EST") == "2026-03-04T12:40:00Z");
    CHECK(understood("04 Mar 99 07:40 PDT") == "1999-03-04T14:40:00Z");
    CHECK(understood("Wed, 04 Mar 2026 07:40:05 -0000 (UTC)") == "2026-03-04T07:40:05Z");
    CHECK(understood("Wed Mar  4 07:40:05 2026") == "2026-03-04T07:40:05Z");
    CHECK(understood("Wed Mar 04 2026 07:40:05 GMT+0100 (CET)") == "2026-03-04T06:40:05Z");
    CHECK(understood("Wednesday, 04-Mar-26 07:40:05 CEST") == "2026-03-04T05:40:05Z");
    CHECK(understood("Wed, 04 Mar 2026 07:40:05 XYZ") == "2026-03-04T07:40:05Z");
    CHECK(understood("March 4, 2026 7:40 AM") == "2026-03-04T07:40:00Z");
    CHECK(understood("March 4th, 2026 at 12:05 a.m.") == "2026-03-04T00:05:00Z");
    CHECK(understood("4 March 2026") == "2026-03-04T00:00:00Z");
    CHECK(understood("Sept. 4, 2026, 7:40 PM EDT") == "2026-09-04T23:40:00Z");
}

TEST_CASE("Seconds, milliseconds and microseconds since 1970 are told by their size", "[io]") {
    CHECK(understood("1772610005") == "2026-03-04T07:40:05Z");
    CHECK(understood("1772610005.9") == "2026-03-04T07:40:05Z");
    CHECK(understood("1772610005123") == "2026-03-04T07:40:05Z");
    CHECK(understood("1772610005123456") == "2026-03-04T07:40:05Z");
    CHECK(understood("20260304074005") == "2026-03-04T07:40:05Z");
    CHECK(understood("202603040740") == "2026-03-04T07:40:00Z");
    CHECK(understood("86400").empty());
    CHECK(understood("999999999999999999999").empty());
}

TEST_CASE("Days come first where there are dots, and otherwise where they must", "[io]") {
    CHECK(understood("04.03.2026") == "2026-03-04T00:00:00Z");
    CHECK(understood("4.3.26 07:40") == "2026-03-04T07:40:00Z");
    CHECK(understood("24/03/2026") == "2026-03-24T00:00:00Z");
    CHECK(understood("03/24/2026 7:40 PM") == "2026-03-24T19:40:00Z");
    CHECK(understood("03/03/2026") == "2026-03-03T00:00:00Z");
    CHECK(understood("04/03/2026") == "?");
    CHECK(understood("04-03-2026 07:40") == "?");
    CHECK(understood("24/24/2026").empty());
}

TEST_CASE("Dates for people are read in the languages of the world", "[io]") {
    for (const char* date : {"24 février 2026",
                             "mardi 24 février 2026",
                             "24 de fev. de 2026",
                             "24 de febrer del 2026",
                             "Dienstag, 24. Februar 2026",
                             "24. 2. 2026.",
                             "2026. 02. 24.",
                             "24 февраля 2026 г.",
                             "24 лютого 2026 р.",
                             "24 Şubat 2026 Salı",
                             "24 Φεβρουαρίου 2026",
                             "2026年2月24日",
                             "2026年2月24日火曜日",
                             "2026년 2월 24일 화요일",
                             "24 tháng 2, 2026",
                             "24 thg 2, 2026",
                             "24 فبراير 2026",
                             "۵ اسفند ۱۴۰۴",
                             "۱۴۰۴/۱۲/۵",
                             "24 กุมภาพันธ์ 2569",
                             "24 फ़रवरी 2026",
                             "2026 m. vasario 24 d.",
                             "2026. gada 24. februāris",
                             "২৪/২/২০২৬"}) {
        INFO(date);
        CHECK(understood(date) == "2026-02-24T00:00:00Z");
    }
    for (const char* date :
         {"2/24/2026, 3:20:00\u202FPM", "24.2.2026 klo 15.20", "24 févr. 2026, 15:20",
          "2026年2月24日 下午3:20", "24 Feb 2026, 3:20 PTG", "24 feb. 2026, 15.20",
          "2026-02-24T15:20Z[UTC]", "2026-02-24T16:20+01:00[Europe/Paris][u-ca=gregory]"}) {
        INFO(date);
        CHECK(understood(date) == "2026-02-24T15:20:00Z");
    }
    CHECK(understood("1772551200000000000") == "2026-03-03T15:20:00Z"); // nanoseconds
    // October in Croatian, November in Polish and Czech; a half of the day that nobody knows.
    CHECK(understood("24 listopad 2026").empty());
    CHECK(understood("24 février 2026, 3:20 xyz").empty());
    CHECK(understood("24 février").empty());
    CHECK(understood("24 25 février 2026").empty());
    CHECK(understood("février 2026 mars 24").empty());
    CHECK(understood("٢٤ شيء 2026").empty());
}

TEST_CASE("What is no date is none", "[io]") {
    for (const char* text : {"",
                             "yesterday",
                             "2026",
                             "4 March",
                             "March 2026 or so",
                             "2026-13-01",
                             "2026-02-30",
                             "2026-00-04",
                             "2026-367",
                             "2026-W54-1",
                             "2026-03-04T25:00",
                             "2026-03-04T07:60",
                             "04.03.2026.05",
                             "4 March 2026 13:00 PM",
                             "1.2.3",
                             "2026-03-04 07:40 +99:00",
                             "----",
                             "2026-01-45",
                             "Wed",
                             "0000-01-01",
                             "12:30"}) {
        INFO(text);
        CHECK(understood(text).empty());
    }
    CHECK(understood(std::string(1000, '1')).empty());
}

TEST_CASE("One date of a file shows what comes first in the others", "[io]") {
    const ArticleSet days = read_dates({"04/03/2026", "24/03/2026", "05/03/2026"});
    CHECK(day(days, 0) == "2026-03-04");
    CHECK(day(days, 2) == "2026-03-05");
    CHECK(days.notes.empty());
    const ArticleSet months = read_dates({"03/04/2026 10:00 AM", "03/24/2026"});
    CHECK(day(months, 0) == "2026-03-04");
    for (const auto& dates : std::vector<std::vector<std::string>>{
             {"04/03/2026", "05/03/2026"}, {"04/03/2026", "24/03/2026", "03/24/2026"}}) {
        const ArticleSet open = read_dates(dates);
        CHECK(day(open, 0).empty());
        REQUIRE(open.notes.size() == 1);
        CHECK_THAT(open.notes[0].sentence, ContainsSubstring("days or months come first"));
    }
    CHECK_THROWS_AS(read_dates({"04/03/2026"}, true), fabula::Error);
}

TEST_CASE("A time without a zone is UTC, which is noted", "[io]") {
    const ArticleSet set =
        read_dates({"2026-03-04T07:40", "2026-03-04T07:40Z", "2026-03-04", "4 March 2026 7:40 AM"});
    REQUIRE(set.notes.size() == 1);
    CHECK(set.notes[0].kind == fabula::ReadNote::Kind::assumed_zone);
    CHECK(set.notes[0].count == 2);
    CHECK_THAT(set.notes[0].sentence, ContainsSubstring("UTC"));
}
