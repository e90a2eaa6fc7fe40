// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/input.hpp>

#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::ArticleSet;
using fabula::ReadOptions;
using fabula::test::TempFolder;

namespace {

ArticleSet read(const std::string& bytes, ReadOptions options = {}) {
    const TempFolder folder;
    const std::vector<std::string> inputs{folder.write("news.csv", bytes).string()};
    options.skip_bad_lines = true;
    return fabula::read_articles(inputs, options);
}

} // namespace

TEST_CASE("Tables with commas, semicolons, tabs and bars are read by their header", "[io]") {
    for (const std::string delimiter : {",", ";", "\t", "|"})
        for (const std::string line_end : {"\n", "\r\n"})
            for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
                std::string bytes = mark + "id" + delimiter + "\"title\"" + delimiter + "body" +
                                    delimiter + "x" + line_end + "a" + delimiter + "T" + delimiter +
                                    "\"one" + delimiter + " \"\"two\"\"" + line_end + line_end +
                                    "three\"" + delimiter + line_end + line_end + "b" + delimiter +
                                    delimiter + "y";
                INFO(bytes);
                const ArticleSet set = read(bytes);
                REQUIRE(set.articles.size() == 2);
                CHECK(set.articles[0].id == "a");
                CHECK(set.articles[0].title == "T");
                CHECK(set.articles[0].text ==
                      "one" + delimiter + " \"two\"" + line_end + line_end + "three");
                CHECK(set.articles[1].id == "b");
                CHECK(set.articles[1].text == "y");
                CHECK(set.bad_line_count == 0);
            }
}

TEST_CASE("A table that says its delimiter is taken at its word", "[io]") {
    const ArticleSet set = read("sep=;\nid;text, in full;title\n1;no;T, and more\n");
    REQUIRE(set.articles.size() == 1);
    CHECK(set.articles[0].title == "T, and more");
}

TEST_CASE("Rows without an id are named by their line", "[io]") {
    const ArticleSet set = read("title,text\nA,\"x\ny\"\nB,z\n");
    REQUIRE(set.articles.size() == 2);
    CHECK(set.articles[0].id == "line-2");
    CHECK(set.articles[1].id == "line-4");
}

TEST_CASE("A row that is broken costs that one, and its line is told", "[io]") {
    const ArticleSet set = read("id,text\na,x\nb,y,z\nc,v\n\nd,\xC3w\ne\nf,\"never closed\ng,u\n");
    REQUIRE(set.articles.size() == 4);
    CHECK(set.articles[1].id == "c");
    CHECK(set.articles[2].text == "\xEF\xBF\xBDw");
    CHECK(set.repaired == 1);
    CHECK(set.articles[3].text.empty());
    REQUIRE(set.bad_lines.size() == 2);
    CHECK(set.bad_lines[0].line == 3);
    CHECK_THAT(set.bad_lines[0].reason, ContainsSubstring("has 3 cells, but there are 2 columns"));
    CHECK(set.bad_lines[1].line == 8);
    CHECK_THAT(set.bad_lines[1].reason, ContainsSubstring("never closed"));
}

TEST_CASE("Where no column is the text, the columns are listed", "[io]") {
    const std::string table = "nr,artikel,stand\n1,x,y\n";
    try {
        static_cast<void>(read(table));
        FAIL("no error");
    } catch (const fabula::Error& error) {
        CHECK_THAT(error.what(), ContainsSubstring(":1: this table has no column \"text\""));
        CHECK_THAT(error.what(), ContainsSubstring("\"nr\", \"artikel\", \"stand\""));
        CHECK_THAT(error.what(), ContainsSubstring("--field text=NAME"));
    }
    ReadOptions options;
    options.fields = {{"text", "artikel"}, {"id", "nr"}};
    const ArticleSet set = read(table, options);
    REQUIRE(set.articles.size() == 1);
    CHECK(set.articles[0].id == "1");
    CHECK(set.articles[0].text == "x");
}

TEST_CASE("A row has its limits as a line of JSON has", "[io]") {
    ReadOptions options;
    options.max_text_bytes = 10;
    const std::string long_row = "a," + std::string(std::size_t{2} << 20U, 'x') + "\n";
    const ArticleSet set = read("id,text\n" + long_row + "b,12345678901\nc,1234567890\n", options);
    REQUIRE(set.articles.size() == 1);
    CHECK(set.articles[0].id == "c");
    REQUIRE(set.bad_lines.size() == 2);
    CHECK_THAT(set.bad_lines[0].reason, ContainsSubstring("this row has 2097"));
    CHECK_THAT(set.bad_lines[1].reason, ContainsSubstring("the text has 11 bytes"));
}
