// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <simdjson.h>

#include <random>
#include <sstream>
#include <string>

using Catch::Matchers::ContainsSubstring;
using namespace std::string_literals;

namespace {

constexpr const char* replacement = "\xEF\xBF\xBD";

fabula::ArticleSet read(const std::string& lines, bool skip_bad_lines = false) {
    std::istringstream in{lines};
    fabula::ReadOptions options;
    options.skip_bad_lines = skip_bad_lines;
    return fabula::read_json_lines(in, "news.jsonl", options);
}

std::string text_of(const std::string& json_string) {
    const fabula::ArticleSet set = read(R"({"id":"a","text":")" + json_string + "\"}");
    REQUIRE(set.articles.size() == 1);
    return set.articles[0].text;
}

} // namespace

TEST_CASE("Escapes are undone, NUL among them", "[io]") {
    CHECK(text_of(R"(a\u0000b)") == "a\0b"s);
    CHECK(text_of(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
    CHECK(text_of(R"(\u00e9\ud83d\ude00)") == "é😀");
}

TEST_CASE("Half a surrogate pair becomes U+FFFD", "[io]") {
    CHECK(text_of(R"(a\ud83d)") == "a"s + replacement);
    CHECK(text_of(R"(\ude00b)") == replacement + "b"s);
    CHECK(text_of(R"(\ud83dx\uDE00)") == replacement + "x"s + replacement);
    CHECK(text_of(R"(\ud83d\ud83d\ude00)") == replacement + "😀"s);
    CHECK(text_of(R"(\ud83d\n)") == replacement + "\n"s);
    // An escaped backslash before the letter u is no escape of a character.
    CHECK(text_of(R"(\\ud83d\ud83d)") == "\\ud83d"s + replacement);
}

TEST_CASE("Invalid UTF-8 becomes U+FFFD wherever it stands", "[io]") {
    const fabula::ArticleSet set =
        read("{\"id\":\"\xFF\",\"k\xC3\":1,\"text\":\"a\xC3(b\xE2\x82\"}\n"
             "{\"id\":\"sound\",\"text\":\"x\"}\n");
    REQUIRE(set.articles.size() == 2);
    CHECK(set.articles[0].id == replacement);
    CHECK(set.articles[0].text == "a"s + replacement + "(b" + replacement);
    CHECK(set.repaired == 1);
}

TEST_CASE("Bare control characters in a string count as spaces", "[io]") {
    CHECK(text_of("a\tb\0c\x1F"s
                  "d") == "a b c d");
}

TEST_CASE("Columns stay right behind repaired characters", "[io]") {
    // The brace at the end, which the comma forbids, is the 27th byte.
    const std::string line = "{\"id\":\"\t\",\"text\":\"\\ud83d\",}";
    REQUIRE(line.size() == 27);
    CHECK_THAT(to_string(read(line, true).bad_lines.at(0)), ContainsSubstring("news.jsonl:1:27: "));
}

TEST_CASE("Numbers that fit no type and very deep nesting may stand in unknown fields", "[io]") {
    CHECK(read(R"({"n":123456789012345678901234567890,"text":"x"})").articles.size() == 1);
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    CHECK(read("{\"deep\":" + deep + ",\"text\":\"x\"}").articles.size() == 1);
    CHECK_THROWS_AS(read("{\"text\":\"x\",\"deep\":" + std::string(100'000, '[')), fabula::Error);
}

TEST_CASE("An article of a million words is read whole", "[io]") {
    std::string words;
    for (int i = 0; i < 1'000'000; ++i)
        words += "word ";
    CHECK(text_of(words) == words);
    CHECK(text_of(words + "\\ud800") == words + replacement);
}

TEST_CASE("Messages stay short and clean whatever the input holds", "[io]") {
    const std::string huge(1'000'000, 'x');
    for (const std::string& line : {"{\"id\":\"a\",\"text\":\"" + huge, huge,
                                    "{\"text\":\"x\",\"published\":\"" + huge + "\"}",
                                    "{\"text\":\"x\",\"title\":" + std::string(300, '9') + "}",
                                    "{\"text\":\"x\",\"published\":\"\x1B[31m\n\"}"s}) {
        for (const fabula::BadLine& bad : read(line, true).bad_lines) {
            CHECK(bad.reason.size() < 400);
            CHECK(bad.reason.find('\x1B') == std::string::npos);
        }
    }
    const std::string long_id(60'000, 'x');
    const fabula::ArticleSet twice = read("{\"id\":\"" + long_id + "\",\"text\":\"\"}\n{\"id\":\"" +
                                              long_id + "\",\"text\":\"\"}",
                                          true);
    REQUIRE(twice.bad_lines.size() == 1);
    CHECK(twice.bad_lines[0].reason.size() < 400);
}

TEST_CASE("Random damage to a line never gives more than articles and faults", "[io]") {
    const std::string sound =
        R"({"id":"a\u00e9","title":"T \"q\"","text":"é 😀 \ud83d\ude00 x","published":"2026-03-04",)"
        R"("n":[1,2.5,{"k":null}]})";
    std::mt19937 random{20260304};
    for (int round = 0; round < 20'000; ++round) {
        std::string line = sound;
        for (std::uint32_t change = 0; change <= random() % 3; ++change) {
            const std::size_t at = random() % line.size();
            switch (random() % 3) {
            case 0:
                line[at] = static_cast<char>(random() % 256);
                break;
            case 1:
                line.erase(at, 1 + random() % 4);
                break;
            default:
                line.insert(at, 1, "\"\\{}[],:u\n\0\xC3"[random() % 12]);
                break;
            }
            if (line.empty())
                line = " ";
        }
        const fabula::ArticleSet set = read(line, true);
        for (const fabula::Article& article : set.articles) {
            REQUIRE(simdjson::validate_utf8(article.id));
            REQUIRE(simdjson::validate_utf8(article.text));
        }
        for (const fabula::BadLine& bad : set.bad_lines)
            REQUIRE(simdjson::validate_utf8(bad.reason));
    }
}
