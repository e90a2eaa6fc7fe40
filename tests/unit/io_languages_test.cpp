// SPDX-License-Identifier: Apache-2.0
#include "io/fields/languages.hpp"
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <sstream>
#include <string>

using Catch::Matchers::ContainsSubstring;

namespace {

/// "?" where it is no language.
std::string tag(std::string_view written) {
    return fabula::detail::language_tag(written).value_or("?");
}

} // namespace

TEST_CASE("Tags and codes stay as they are", "[io]") {
    for (const char* code : {"en", "nb", "eng", "ger", "deu", "zh-Hant", "zh_TW", "pt-BR",
                             "sr-Latn-RS", "iw", "EN", "gsw", "es-419", "de-CH-1996"})
        CHECK(tag(code) == code);
    CHECK(tag(" en\n") == "en");
}

TEST_CASE("Names become tags, in English or in the language itself", "[io]") {
    CHECK(tag("english") == "en");
    CHECK(tag("English") == "en");
    CHECK(tag("Norwegian Bokmål") == "nb");
    CHECK(tag("norsk bokmål") == "nb");
    CHECK(tag("Deutsch") == "de");
    CHECK(tag("русский") == "ru");
    CHECK(tag("Русский") == "ru");
    CHECK(tag("українська") == "uk");
    CHECK(tag("français") == "fr");
    CHECK(tag("FRANÇAIS") == "fr");
    CHECK(tag("日本語") == "ja");
    CHECK(tag("中文") == "zh");
    CHECK(tag("العربية") == "ar");
    CHECK(tag("Chinese (Simplified)") == "zh-Hans");
    CHECK(tag("Simplified Chinese") == "zh-Hans");
    CHECK(tag("Chinese (Traditional)") == "zh-Hant");
    CHECK(tag("Brazilian Portuguese") == "pt-BR");
    CHECK(tag("Portuguese (Brazil)") == "pt-BR");
    CHECK(tag("English (United Kingdom)") == "en-GB");
    CHECK(tag("Greek") == "el");
    CHECK(tag("Persian") == "fa");
    CHECK(tag("Farsi") == "fa");
}

TEST_CASE("What says that nobody knows is no language, and no fault", "[io]") {
    for (const char* none : {"", " ", "und", "un", "mul", "zxx", "UND", "unknown", "Unknown", "n/a",
                             "null", "None", "NaN", "auto", "xx", "-", "multiple"})
        CHECK(tag(none).empty());
}

TEST_CASE("What is no language is told", "[io]") {
    for (const char* other : {"jp", "klingonese", "english?", "42", "https://example.org",
                              "the language of the article"})
        CHECK(tag(other) == "?");
    CHECK(tag(std::string(1000, 'x')) == "?");
    CHECK(tag("\xFF\xFE") == "?");
}

TEST_CASE("An article in no language is identified, which is noted", "[io]") {
    const std::string lines = "{\"text\":\"x\",\"language\":\"jp\"}\n"
                              "{\"text\":\"x\",\"lang\":\"German\"}\n"
                              "{\"text\":\"x\",\"language\":\"unknown\"}\n";
    std::istringstream in{lines};
    const fabula::ArticleSet set = fabula::read_json_lines(in, "news.jsonl");
    CHECK(set.articles.at(0).language.empty());
    CHECK(set.articles.at(1).language == "de");
    CHECK(set.articles.at(2).language.empty());
    REQUIRE(set.notes.size() == 2);
    CHECK(set.notes[1].kind == fabula::ReadNote::Kind::unknown_language);
    CHECK(set.notes[1].count == 1);
    CHECK_THAT(set.notes[1].sentence, ContainsSubstring("news.jsonl:1, \"jp\""));

    std::istringstream again{lines};
    fabula::ReadOptions options;
    options.strict = true;
    try {
        static_cast<void>(fabula::read_json_lines(again, "news.jsonl", options));
        FAIL("no error");
    } catch (const fabula::Error& error) {
        CHECK_THAT(error.what(), ContainsSubstring("news.jsonl:1:24: \"language\" is \"jp\", which "
                                                   "is no language"));
    }
}
