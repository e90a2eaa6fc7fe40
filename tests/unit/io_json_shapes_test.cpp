// SPDX-License-Identifier: Apache-2.0
#include "io/json/json_shape.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/input.hpp>

#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::ArticleSet;
using fabula::ReadOptions;
using fabula::detail::FieldNames;
using fabula::detail::json_shape;
using fabula::detail::JsonShape;
using fabula::test::TempFolder;

namespace {

ArticleSet read(const std::string& bytes, bool leave_texts = false) {
    const TempFolder folder;
    const std::vector<std::string> inputs{folder.write("news.json", bytes).string()};
    ReadOptions options;
    options.skip_bad_lines = true;
    options.leave_texts = leave_texts;
    ArticleSet set = fabula::read_articles(inputs, options);
    if (set.texts)
        for (std::size_t i = 0; i < set.articles.size(); ++i)
            set.texts->read(i, set.articles[i].text);
    return set;
}

std::string ids(const ArticleSet& set) {
    std::string all;
    for (const fabula::Article& article : set.articles)
        all += (all.empty() ? "" : " ") + article.id;
    return all;
}

const std::string a = R"({"id":"a","text":"A"})";
const std::string b = R"({"id":"b","text":"B [{\"]"})";
const std::string pretty = "{\n  \"id\": \"c\",\n  \"text\": \"C\"\n}";

} // namespace

TEST_CASE("The shape of JSON is told by its beginning", "[io]") {
    const FieldNames names;
    const auto shape = [&](const std::string& start) { return json_shape(start, names); };
    CHECK(shape(a + "\n" + b) == JsonShape::lines);
    CHECK(shape(a) == JsonShape::lines);
    CHECK(shape(pretty) == JsonShape::values);
    CHECK(shape("[" + a + "]") == JsonShape::values);
    CHECK(shape("\xEF\xBB\xBF \n [" + a) == JsonShape::values);
    CHECK(shape("{\"articles\":[" + a) == JsonShape::wrapped);
    CHECK(shape("{\"status\":\"ok\",\n \"articles\":[\n" + a) == JsonShape::wrapped);
    CHECK(shape("{\"response\":{\"docs\":[" + a + "]}}") == JsonShape::wrapped);
    CHECK(shape("{\"articles\":[]}") == JsonShape::wrapped);
    CHECK(shape("{\"version\":\"1\",\"description\":\"d\",\"items\":[" + a + "]}") ==
          JsonShape::wrapped);
    // An article may have lists of its own.
    CHECK(shape(R"({"text":"x","items":[{"a":1}]})") == JsonShape::lines);
    CHECK(shape(R"({"items":[{"a":1}],"body":"x"})") == JsonShape::lines);
    CHECK(shape(R"({"id":1,"items":["a","b"],"title":"x"})") == JsonShape::lines);
    // A line that is broken does not make the next ones a part of it.
    CHECK(shape("{\"id\":\"b\",\n" + a + "\n") == JsonShape::lines);
    CHECK(shape("{\"id\":\"b\n" + a + "\n") == JsonShape::lines);
    CHECK(shape("{bad\n" + a + "\n") == JsonShape::lines);
}

TEST_CASE("Lists and objects over several lines give the articles of JSON Lines", "[io]") {
    for (const bool leave_texts : {false, true})
        for (const std::string& bytes :
             {"[" + a + "," + b + "," + pretty + "]",
              "[\n" + a + ",\n" + b + ",\n" + pretty + "\n]\n",
              "{\"articles\":[" + a + "," + b + "],\"more\":{\"items\":[" + pretty + "]}}",
              "{\"status\":\"ok\",\"x\":[1,{\"id\":\"no\"}],\"articles\":[" + a + "," + b + "," +
                  pretty + "]}",
              "{\n\"response\": {\"total\": 3, \"results\": [\n" + a + ",\n" + b + ",\n" + pretty +
                  "]}}",
              "\xEF\xBB\xBF" + pretty.substr(0, 9) + "\"id\": \"a\", \"text\": \"A\"}\n" + b +
                  "\n" + pretty,
              "{\"articles\":[" + a + "]}\n{\"articles\":[" + b + "," + pretty + "]}\n"}) {
            INFO(bytes);
            std::string input = bytes;
            if (input.starts_with("\xEF\xBB\xBF"))
                input = "\xEF\xBB\xBF{\n\"id\": \"a\", \"text\": \"A\"}\n" + b + "\n" + pretty;
            const ArticleSet set = read(input, leave_texts);
            CHECK(set.bad_line_count == 0);
            REQUIRE(ids(set) == "a b c");
            CHECK(set.articles[0].text == "A");
            CHECK(set.articles[1].text == "B [{\"]");
            CHECK(set.articles[2].text == "C");
        }
}

TEST_CASE("A list that begins behind the first block is read, and one of any size", "[io]") {
    std::string bytes = "{\"note\":\"" + std::string(30'000, 'x') + "\",\"articles\":[";
    for (int i = 0; i < 3000; ++i)
        bytes += (i == 0 ? "" : ",\n ") + std::string(R"({"id":)") + std::to_string(i) +
                 R"(,"text":")" + std::string(static_cast<std::size_t>(i % 97), 'y') + "\"}";
    const ArticleSet set = read(bytes + "]}", true);
    REQUIRE(set.articles.size() == 3000);
    CHECK(set.bad_line_count == 0);
    for (std::size_t i = 0; i < 3000; ++i) {
        CHECK(set.articles[i].id == std::to_string(i));
        CHECK(set.articles[i].text.size() == i % 97);
    }
}

TEST_CASE("A broken article of a list costs that one, and its place is told", "[io]") {
    const ArticleSet set = read("[" + a + ",\n  {\"id\":\"x\" \"text\":\"x\"},\n7, null, [" + a +
                                "],\n {\"id\":\"y\"},\n" + b + "]");
    CHECK(ids(set) == "a b");
    REQUIRE(set.bad_lines.size() == 5);
    CHECK(set.bad_lines[0].line == 2);
    CHECK(set.bad_lines[0].column == 3);
    CHECK_THAT(set.bad_lines[0].reason, ContainsSubstring("not valid JSON"));
    CHECK_THAT(set.bad_lines[1].reason, ContainsSubstring("an article is expected here"));
    CHECK_THAT(set.bad_lines[4].reason, ContainsSubstring("no field \"text\""));
}

TEST_CASE("A list that is cut gives what came before", "[io]") {
    const ArticleSet in_article = read("[" + a + "," + b.substr(0, 15));
    CHECK(ids(in_article) == "a");
    REQUIRE(in_article.bad_lines.size() >= 1);
    CHECK_THAT(in_article.bad_lines[0].reason, ContainsSubstring("ends in the middle"));
    const ArticleSet between = read("[" + a + "," + b);
    CHECK(ids(between) == "a b");
    REQUIRE(between.bad_lines.size() == 1);
    CHECK_THAT(between.bad_lines[0].reason, ContainsSubstring("ends in the middle of a list"));
}

TEST_CASE("JSON Feed says some things once for all its items", "[io]") {
    const ArticleSet set = read(R"({"version":"https://jsonfeed.org/version/1.1","title":"Blatt",
 "home_page_url":"https://www.blatt.example/","language":"de","items":[
 {"id":"1","content_html":"<p>A<\/p><p>B<\/p>","title":"T","date_published":"2026-03-04T07:40:00Z"},
 {"id":"2","content_text":"C","language":"fr","url":"https://andere.example/2"}]})");
    REQUIRE(set.articles.size() == 2);
    CHECK(set.articles[0].text == "A\n\nB");
    CHECK(set.articles[0].language == "de");
    CHECK(set.articles[0].source == "blatt.example");
    CHECK(set.articles[0].published.has_value());
    CHECK(set.articles[1].language == "fr");
    CHECK(set.articles[1].source == "andere.example");
}
