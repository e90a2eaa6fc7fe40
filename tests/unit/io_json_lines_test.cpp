// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <sstream>
#include <string>

using Catch::Matchers::ContainsSubstring;
using fabula::ArticleSet;
using fabula::Errc;

namespace {

ArticleSet read(const std::string& lines, const fabula::ReadOptions& options = {}) {
    std::istringstream in{lines};
    return fabula::read_json_lines(in, "news.jsonl", options);
}

struct Fault {
    Errc code{};
    std::string sentence;
};

Fault fault_of(const std::string& lines, const fabula::ReadOptions& options = {}) {
    try {
        static_cast<void>(read(lines, options));
    } catch (const fabula::Error& error) {
        return {error.code(), error.what()};
    }
    FAIL("no error for: " << lines);
    return {};
}

} // namespace

TEST_CASE("All fields of an article are read", "[io]") {
    const ArticleSet set = read(
        R"({"id":"a1","title":"T","text":"B","language":"nb","source":"s.no","published":"2026-03-04"})"
        "\n");
    REQUIRE(set.articles.size() == 1);
    const fabula::Article& article = set.articles[0];
    CHECK(article.id == "a1");
    CHECK(article.title == "T");
    CHECK(article.text == "B");
    CHECK(article.language == "nb");
    CHECK(article.source == "s.no");
    REQUIRE(article.published);
    CHECK(fabula::format_time(*article.published) == "2026-03-04T00:00:00Z");
    CHECK(set.gold_stories.empty());
    CHECK(set.bad_lines.empty());
    CHECK(set.repaired == 0);
}

TEST_CASE("Blank lines, CR LF, a byte order mark and a missing last line break are no matter",
          "[io]") {
    const ArticleSet set = read("\xEF\xBB\xBF{\"id\":\"a\",\"text\":\"x\"}\r\n"
                                "\r\n \t \n"
                                "\xEF\xBB\xBF{\"id\":\"b\",\"text\":\"y\"}\n"
                                "  {\"id\":\"c\",\"text\":\"z\"}  ");
    REQUIRE(set.articles.size() == 3);
    CHECK(set.articles[0].id == "a");
    CHECK(set.articles[0].text == "x");
    CHECK(set.articles[1].id == "b");
    CHECK(set.articles[2].text == "z");
}

TEST_CASE("An empty stream has no articles", "[io]") {
    CHECK(read("").articles.empty());
    CHECK(read("\n\n").articles.empty());
}

TEST_CASE("Unknown fields are passed over, however deep", "[io]") {
    const ArticleSet set = read(R"({"meta":{"text":"no","id":"no","a":[{"title":"no"}]},"id":"a",)"
                                R"("tags":["x",["text"]],"text":"yes","n":1e300,"b":true,"z":null})"
                                "\n");
    REQUIRE(set.articles.size() == 1);
    CHECK(set.articles[0].id == "a");
    CHECK(set.articles[0].text == "yes");
    CHECK(set.articles[0].title.empty());
}

TEST_CASE("Null means not there", "[io]") {
    const ArticleSet set = read(
        R"({"id":null,"title":null,"text":"x","language":null,"source":null,"published":null})");
    REQUIRE(set.articles.size() == 1);
    CHECK(set.articles[0].id == "line-1");
    CHECK(set.articles[0].language.empty());
    CHECK_FALSE(set.articles[0].published);
}

TEST_CASE("The last of two fields of one name counts", "[io]") {
    const ArticleSet set = read(R"({"id":"a","text":"first","text":"last","id":"b"})");
    CHECK(set.articles.at(0).id == "b");
    CHECK(set.articles.at(0).text == "last");
}

TEST_CASE("Ids may be numbers, and are made up from the line where there is none", "[io]") {
    const ArticleSet set = read("{\"id\":42,\"text\":\"x\"}\n"
                                "{\"id\":-7,\"text\":\"x\"}\n"
                                "{\"id\":18446744073709551615,\"text\":\"x\"}\n"
                                "{\"id\":123456789012345678901234567890,\"text\":\"x\"}\n"
                                "{\"id\":1.50,\"text\":\"x\"}\n"
                                "\n"
                                "{\"text\":\"x\"}\n"
                                "{\"id\":\"\",\"text\":\"x\"}\n");
    REQUIRE(set.articles.size() == 7);
    CHECK(set.articles[0].id == "42");
    CHECK(set.articles[1].id == "-7");
    CHECK(set.articles[2].id == "18446744073709551615");
    CHECK(set.articles[3].id == "123456789012345678901234567890");
    CHECK(set.articles[4].id == "1.50");
    CHECK(set.articles[5].id == "line-7");
    CHECK(set.articles[6].id == "line-8");
}

TEST_CASE("Text may be empty, or missing where there is a title, but not both missing", "[io]") {
    CHECK(read(R"({"id":"a","text":""})").articles.size() == 1);
    const ArticleSet headline = read(R"({"id":"a","title":"T","text":null})");
    CHECK(headline.articles.at(0).title == "T");
    CHECK(headline.articles.at(0).text.empty());
    for (const char* line : {R"({"id":"a","text":null})", R"({"id":"a"})", "{}"}) {
        const Fault fault = fault_of(line);
        CHECK(fault.code == Errc::bad_input);
        CHECK_THAT(fault.sentence, ContainsSubstring("news.jsonl:1:1: "));
        CHECK_THAT(fault.sentence, ContainsSubstring("no field \"text\""));
    }
}

TEST_CASE("Gold stories are read only if asked for", "[io]") {
    const std::string lines = "{\"id\":\"a\",\"text\":\"x\",\"story\":\"s1\"}\n"
                              "{\"id\":\"b\",\"text\":\"x\",\"story\":17}\n"
                              "{\"id\":\"c\",\"text\":\"x\"}\n"
                              "{\"id\":\"d\",\"text\":\"x\",\"story\":null}\n";
    CHECK(read(lines).gold_stories.empty());
    fabula::ReadOptions options;
    options.gold_stories = true;
    CHECK(read(lines, options).gold_stories == std::vector<std::string>{"s1", "17", "", ""});
    CHECK(read(R"({"id":"a","text":"x","story":{}})").articles.size() == 1);
    CHECK_THROWS_AS(read(R"({"id":"a","text":"x","story":{}})", options), fabula::Error);
}

TEST_CASE("A syntax error is placed by file, line and column", "[io]") {
    const Fault fault =
        fault_of("{\"id\":\"a\",\"text\":\"x\"}\n\n{\"id\":\"b\" \"text\":\"x\"}\n");
    CHECK(fault.code == Errc::bad_input);
    // The column is that of the last byte of the string that should not be there.
    CHECK_THAT(fault.sentence, ContainsSubstring("news.jsonl:3:16: this is not valid JSON"));
}

TEST_CASE("Every kind of broken line is refused with its place", "[io]") {
    for (const char* line :
         {"{", "}", "{\"id\":\"a\",\"text\":\"x\"", "{\"id\":\"a\",\"text\":\"x}", "nonsense",
          "{\"id\":\"a\",\"text\":\"x\"} {}", "{\"id\":\"a\",\"text\":\"x\",}", "{'id':'a'}",
          "{\"text\":\"\\x\"}", "{\"text\":\"\\u12\"}", "{\"text\":\"x\",\"n\":01}",
          "{\"text\":\"x\",\"n\":nan}", "\\", "\"", "{\"text\":\"\\"}) {
        INFO(line);
        const Fault fault = fault_of(line);
        CHECK(fault.code == Errc::bad_input);
        CHECK_THAT(fault.sentence, ContainsSubstring("news.jsonl:1:"));
        CHECK_THAT(fault.sentence, ContainsSubstring("not valid JSON"));
        CHECK_THAT(fault.sentence, !ContainsSubstring("json.exception"));
    }
    for (const char* line : {"[1]", "7", "\"text\"", "null", "[{\"id\":\"a\",\"text\":\"x\"}]"}) {
        INFO(line);
        CHECK_THAT(fault_of(line).sentence,
                   ContainsSubstring("news.jsonl:1:1: one article a line"));
    }
}

TEST_CASE("A field of the wrong type is named, with its column", "[io]") {
    CHECK_THAT(
        fault_of(R"({"id":"a","text":[["x"]]})").sentence,
        ContainsSubstring("news.jsonl:1:18: the field \"text\" must be a string, not a list"));
    CHECK_THAT(fault_of(R"({"id":"a","text":"x","title":5})").sentence,
               ContainsSubstring("\"title\" must be a string, not the number 5"));
    CHECK_THAT(fault_of(R"({"id":{},"text":"x"})").sentence,
               ContainsSubstring("\"id\" must be a string or a number, not an object"));
    CHECK_THAT(fault_of(R"({"id":"a","text":"x","published":[2026,3,4]})").sentence,
               ContainsSubstring("\"published\" must be a date"));
}

TEST_CASE("With strict, a bad date is an error and quoted, with its column", "[io]") {
    fabula::ReadOptions options;
    options.strict = true;
    const std::string line = R"({"id":"a","text":"x","published":"4 March"})";
    const Fault fault = fault_of(line, options);
    CHECK(fault.code == Errc::bad_input);
    CHECK_THAT(fault.sentence, ContainsSubstring("news.jsonl:1:34: "));
    CHECK_THAT(fault.sentence, ContainsSubstring("\"4 March\""));
    CHECK_THAT(fault.sentence, ContainsSubstring("ISO 8601"));

    const ArticleSet set = read(line);
    CHECK_FALSE(set.articles.at(0).published);
    REQUIRE(set.notes.size() == 1);
    CHECK(set.notes[0].kind == fabula::ReadNote::Kind::unreadable_date);
    CHECK_THAT(set.notes[0].sentence,
               ContainsSubstring("1 article has a date that cannot be read"));
    CHECK_THAT(set.notes[0].sentence, ContainsSubstring("news.jsonl:1, \"4 March\""));
}

TEST_CASE("An id that comes twice is refused, naming both lines", "[io]") {
    const Fault fault = fault_of("{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\"text\":\"x\"}\n"
                                 "{\"id\":\"a\",\"text\":\"y\"}\n");
    CHECK(fault.code == Errc::duplicate_id);
    CHECK_THAT(fault.sentence, ContainsSubstring("news.jsonl:3: the id \"a\""));
    CHECK_THAT(fault.sentence, ContainsSubstring("news.jsonl:1"));
}

TEST_CASE("Bad lines are skipped and listed where that was asked for", "[io]") {
    fabula::ReadOptions options;
    options.skip_bad_lines = true;
    options.gold_stories = true;
    const ArticleSet set = read("{\"id\":\"a\",\"text\":\"x\",\"story\":\"1\"}\n"
                                "{broken\n"
                                "{\"id\":\"b\"}\n"
                                "{\"id\":\"a\",\"text\":\"again\",\"story\":\"2\"}\n"
                                "{\"id\":\"c\",\"text\":\"x\",\"published\":{}}\n"
                                "{\"id\":\"d\",\"text\":\"x\",\"story\":\"3\"}",
                                options);
    REQUIRE(set.articles.size() == 2);
    CHECK(set.articles[0].text == "x");
    CHECK(set.articles[1].id == "d");
    CHECK(set.gold_stories == std::vector<std::string>{"1", "3"});
    REQUIRE(set.bad_lines.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(set.bad_lines[i].file == "news.jsonl");
        CHECK(set.bad_lines[i].line == i + 2);
        CHECK_FALSE(set.bad_lines[i].reason.empty());
    }
    CHECK(set.bad_lines[0].column == 2);
    CHECK_THAT(to_string(set.bad_lines[0]), ContainsSubstring("news.jsonl:2:2: "));
}

TEST_CASE("Files of other kinds are named for what they are", "[io]") {
    using namespace std::string_literals;
    CHECK_THAT(fault_of("\xFF\xFE{\0\"\0"s).sentence, ContainsSubstring("UTF-16"));
    CHECK_THAT(fault_of("\x1F\x8B\x08\0abc"s).sentence, ContainsSubstring("gzip"));
    CHECK_THAT(fault_of("\xFD\x37zXZ\0abc"s).sentence, ContainsSubstring("xzcat"));
    CHECK_THAT(fault_of("[{\"id\":\"a\"}]").sentence, ContainsSubstring("jq -c '.[]'"));
}
