// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/input.hpp>
#include <fabula/io.hpp>

#include <sstream>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::Article;
using fabula::ArticleSet;
using fabula::ReadNote;
using fabula::ReadOptions;

namespace {

ArticleSet read(const std::string& lines, const ReadOptions& options = {}) {
    std::istringstream in{lines};
    return fabula::read_json_lines(in, "news.jsonl", options);
}

Article one(const std::string& line, const ReadOptions& options = {}) {
    const ArticleSet set = read(line, options);
    REQUIRE(set.articles.size() == 1);
    return set.articles.front();
}

std::string error_of(const std::string& lines, const ReadOptions& options = {}) {
    try {
        static_cast<void>(read(lines, options));
    } catch (const fabula::Error& error) {
        return error.what();
    }
    FAIL("no error for: " << lines);
    return {};
}

ReadOptions with_fields(std::vector<fabula::FieldName> fields) {
    ReadOptions options;
    options.fields = std::move(fields);
    return options;
}

} // namespace

TEST_CASE("Articles of the usual producers are read by the names that these use", "[io]") {
    struct Producer {
        const char* line;
        const char* source;
    };
    // News search, crawlers, extractors, agencies, blogs: each names the same five things.
    for (
        const auto& [line, source] : {
            Producer{
                R"({"source":{"id":null,"name":"Blatt"},"author":"N.","title":"T","description":"d",
"url":"https://www.blatt.example/1","publishedAt":"2026-03-04T07:40:00Z","content":"B"})",
                "Blatt"},
            Producer{R"({"title":"T","maintext":"B","date_publish":"2026-03-04 07:40:00",
"source_domain":"blatt.example","url":"https://other.example/1","description":"d"})",
                     "blatt.example"},
            Producer{R"({"title":"T","raw_text":"r","text":"B","date":"2026-03-04T07:40","hostname":
"blatt.example","source":"https://www.blatt.example/1?a=b","excerpt":"e"})",
                     "blatt.example"},
            Producer{
                R"({"title":"T","summary":"s","content":[{"type":"text/html","value":"<p>B</p>"}],
"published":"Wed, 04 Mar 2026 07:40:00 GMT","link":"http://blatt.example:80/1"})",
                "blatt.example"},
            Producer{R"({"headline":"T","body_text":"B","versioncreated":"2026-03-04T07:40:00Z",
"uri":"urn:1","infosources":[{"name":"Blatt"}],"type":"text"})",
                     "Blatt"},
            Producer{
                R"({"title":{"rendered":"T"},"content":{"rendered":"<p>B</p>","protected":false},
"date":"2026-03-04T07:40:00","link":"https://blatt.example/?p=1"})",
                "blatt.example"},
            Producer{R"({"headlines":[{"role":"main","value":"T"}],"bodies":[{"role":"main",
"contenttype":"text/html","value":"<p>B</p>"}],"versioncreated":"2026-03-04T07:40:00+00:00",
"publisher":"Blatt"})",
                     "Blatt"},
            Producer{
                R"({"Title":"T","BODY":"B","Publish Date":"4 March 2026 07:40","Source-Name":"Blatt"})",
                "Blatt"},
            Producer{
                R"({"title":"T","body":"B","dateTime":"2026-03-04T07:40:00Z","date":"2026-03-04",
"time":"07:40:00","source":{"uri":"blatt.example","dataType":"news","title":"Blatt"}})",
                "Blatt"},
        }) {
        INFO(line);
        std::string flat(line);
        std::erase(flat, '\n');
        const Article article = one(flat);
        CHECK(article.title == "T");
        CHECK(article.text == "B");
        CHECK(article.source == source);
        REQUIRE(article.published);
        CHECK(fabula::format_time(*article.published) == "2026-03-04T07:40:00Z");
    }
}

TEST_CASE("Of several names the first that is not empty counts, in any order", "[io]") {
    CHECK(one(R"({"summary":"s","body":"b","text":"t"})").text == "t");
    CHECK(one(R"({"text":"t","body":"b"})").text == "t");
    CHECK(one(R"({"text":"","body":"b","summary":"s"})").text == "b");
    CHECK(one(R"({"summary":"s","text":null,"description":"d"})").text == "d");
    CHECK(one(R"({"body":"b","text":""})").text == "b");
    CHECK(one(R"({"text":""})").text.empty());
    CHECK(one(R"({"url":"https://a.example/","source":"B","text":""})").source == "B");
    // What is of no use is passed over, where the name is not the field's own.
    CHECK(one(R"({"text":"t","lang":7,"domain":{"a":1},"headline":["x",2]})").language.empty());
    CHECK(one(R"({"description":["one","two"]})").text == "one\n\ntwo");
}

TEST_CASE("That a field went by another name is noted once, with a count", "[io]") {
    const ArticleSet set = read("{\"body\":\"b\",\"headline\":\"h\"}\n{\"body\":\"b\"}\n"
                                "{\"text\":\"t\"}\n");
    REQUIRE(set.notes.size() == 2);
    CHECK(set.notes[0].kind == ReadNote::Kind::field_name);
    CHECK(set.notes[0].count == 2);
    CHECK_THAT(set.notes[0].sentence, ContainsSubstring("the text of 2 articles is"));
    CHECK_THAT(set.notes[0].sentence, ContainsSubstring("--field text=body"));
    CHECK_THAT(set.notes[1].sentence, ContainsSubstring("--field title=headline"));
    CHECK(read(R"({"id":1,"text":"t","title":"T"})").notes.empty());
}

TEST_CASE("A name that was chosen settles it", "[io]") {
    const std::string line = R"({"text":"t","body":"b","Lead":"l","id":"i","nr":7})";
    CHECK(one(line, with_fields({{"text", "body"}})).text == "b");
    CHECK(one(line, with_fields({{"text", "Lead"}, {"id", "nr"}})).text == "l");
    CHECK(one(line, with_fields({{"text", "Lead"}, {"id", "nr"}})).id == "7");
    CHECK(read(line, with_fields({{"text", "body"}})).notes.empty());
    // It goes by no other name then, and its own may be another's.
    CHECK_THAT(error_of(R"({"text":"t"})", with_fields({{"text", "body"}})),
               ContainsSubstring("no field \"text\""));
    CHECK(one(line, with_fields({{"title", "text"}, {"text", "body"}})).title == "t");
    ReadOptions gold = with_fields({{"story", "cluster"}});
    gold.gold_stories = true;
    CHECK(read(R"({"text":"t","cluster":3})", gold).gold_stories.at(0) == "3");
    for (const auto& fields :
         std::vector<std::vector<fabula::FieldName>>{{{"body", "text"}},
                                                     {{"text", ""}},
                                                     {{"text", "a"}, {"text", "b"}},
                                                     {{"text", "a"}, {"title", "a"}}}) {
        try {
            static_cast<void>(read(line, with_fields(fields)));
            FAIL("no error");
        } catch (const fabula::Error& error) {
            CHECK(error.code() == fabula::Errc::bad_option);
        }
    }
}

TEST_CASE("Where text and title are missing, the fields that are there are listed", "[io]") {
    const std::string error = error_of(R"({"uuid":"1","artikel":"x","stand":{"text":"no"}})");
    CHECK_THAT(error, ContainsSubstring("news.jsonl:1:1: "));
    CHECK_THAT(error, ContainsSubstring("it has \"uuid\", \"artikel\", \"stand\""));
    CHECK_THAT(error, ContainsSubstring("--field text=NAME"));
}

TEST_CASE("What nobody reads costs nothing", "[io]") {
    for (const char* number : {"1e400", "-1E+9999", "1e-9999", "2.5e400", "12345678901234567890123",
                               "0.1e1", "[1e999,{\"a\":-1e999}]"}) {
        INFO(number);
        const std::string line =
            "{\"score\":" + std::string(number) + R"(,"text":"1e400","id":"a","n":1e400})";
        const Article article = one(line);
        CHECK(article.text == "1e400");
        CHECK(article.id == "a");
    }
    const std::string many = [] {
        std::string list = "1e400";
        for (int i = 0; i < 100'000; ++i)
            list += ",1e400";
        return list;
    }();
    CHECK(one("{\"a\":[" + many + "],\"text\":\"t\"}").text == "t");
    CHECK_THAT(error_of("{\"a\":1e400,\"text\":\"t\",}"), ContainsSubstring("news.jsonl:1:23: "));
}

TEST_CASE("HTML in a field becomes text", "[io]") {
    CHECK(one(R"({"text":"<p>One &amp; two<\/p><p>Three<br>four<\/p>"})").text ==
          "One & two\n\nThree\nfour");
    CHECK(one(R"({"text":"a\n\nb <b>bold<\/b> &lt;c&gt;"})").text == "a\n\nb bold <c>");
    CHECK(one(R"({"title":"A <i>B<\/i>\n&quot;C&quot;","text":""})").title == "A B \"C\"");
    CHECK(one(R"({"text":"a < b, c > d & <john@example.org>"})").text ==
          "a < b, c > d & <john@example.org>");
    CHECK(one(R"({"text":"<script>no()<\/script><div>yes<\/div>"})").text == "yes");
}

TEST_CASE("Of an address the host is the source", "[io]") {
    CHECK(one(R"({"text":"","link":"https://user:pw@WWW.Blatt.Example:8080/a?b#c"})").source ==
          "blatt.example");
    CHECK(one(R"({"text":"","source":"Blatt: eine Zeitung"})").source == "Blatt: eine Zeitung");
    CHECK(one(R"({"text":"","url":"/news/1"})").source == "/news/1");
}
