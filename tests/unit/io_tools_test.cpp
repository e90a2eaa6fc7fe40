// SPDX-License-Identifier: Apache-2.0
// What tools write, in the forms that are theirs alone.
#include "io/bytes/utf16.hpp"
#include "support/catch.hpp"
#include "support/compress.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/input.hpp>
#include <fabula/io.hpp>

#include <string>
#include <string_view>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::Article;
using fabula::ArticleSet;
using fabula::test::TempFolder;

namespace {

ArticleSet read(const std::string& name, const std::string& bytes) {
    const TempFolder folder;
    const std::vector<std::string> inputs{folder.write(name, bytes).string()};
    fabula::ReadOptions options;
    options.skip_bad_lines = true;
    return fabula::read_articles(inputs, options);
}

/// "id|title|text|language|source|published" of each article, a line each; then what was at fault.
std::string shown(const std::string& name, const std::string& bytes) {
    const ArticleSet set = read(name, bytes);
    std::string out;
    for (const Article& article : set.articles)
        out += article.id + '|' + article.title + '|' + article.text + '|' + article.language +
               '|' + article.source + '|' +
               (article.published ? fabula::format_time(*article.published).substr(0, 16) : "") +
               '\n';
    for (const fabula::BadLine& bad : set.bad_lines)
        out += "! " + bad.reason + '\n';
    return out;
}

/// The same text in two bytes a character, for characters of the basic plane.
std::string utf16(std::u16string_view text, bool is_big) {
    std::string out;
    for (const char16_t c : text) {
        const auto high = static_cast<char>(c >> 8U);
        const auto low = static_cast<char>(c & 0xFFU);
        out += is_big ? high : low;
        out += is_big ? low : high;
    }
    return out;
}

} // namespace

TEST_CASE("Objects that hold an article's fields are looked into", "[io]") {
    const std::string expected = "a|T|x|de||\n";
    const std::string fields = R"({"id":"a","title":"T","text":"x","language":"de"})";
    const std::string inner = R"({"title":"T","text":"x","language":"de"})";
    CHECK(shown("dump.json", R"({"_index":"n","_id":"a","_source":)" + inner + "}\n") == expected);
    CHECK(shown("answer.json", R"({"took":3,"hits":{"total":1,"hits":[{"_id":"a","_source":)" +
                                   inner + "}]}}") == expected);
    CHECK(shown("jsonapi.json", R"({"data":[{"type":"x","id":"a","attributes":)" + inner + "}]}") ==
          expected);
    CHECK(shown("graphql.json", R"({"data":{"articles":{"edges":[{"node":)" + fields + "}]}}}") ==
          expected);
    CHECK(shown("keyed.json", R"({"a":)" + inner + "}") == expected);
    CHECK(shown("keyed.json", "{\n\"a\":" + inner + ",\n\"b\": {\"title\": \"U\"}}") ==
          expected + "b|U||||\n");
    // A number that only the slow reader reads changes nothing.
    CHECK(shown("dump.json", R"({"_id":"a","_score":1e400,"_source":)" + inner + "}\n") ==
          expected);
}

TEST_CASE("Values in the objects and lists of MongoDB, R and XML converters are read", "[io]") {
    CHECK(shown("m.json",
                R"({"_id":{"$oid":"5f"},"title":"T","date":{"$date":"2026-03-04T07:40:00Z"}})"
                "\n") == "5f|T||||2026-03-04T07:40\n");
    CHECK(shown("m.json", R"({"_id":{"$oid":"5f"},"title":"T",)"
                          R"("published":{"$date":{"$numberLong":"1772610000000"}}})"
                          "\n") == "5f|T||||2026-03-04T07:40\n");
    CHECK(shown("m.json", R"({"id":"a","title":"T","published":{"$date":1772610000000}})"
                          "\n") == "a|T||||2026-03-04T07:40\n");
    CHECK(shown("php.json", R"({"id":"a","title":"T","date":{"date":"2026-03-04 07:40:00.000000",)"
                            R"("timezone_type":3,"timezone":"UTC"}})"
                            "\n") == "a|T||||2026-03-04T07:40\n");
    CHECK(shown("r.json",
                R"([{"id":["a"],"title":["T"],"text":["x"],"language":[null],"source":[]}])") ==
          "a|T|x|||\n");
    // A column of a table is no article.
    CHECK_THAT(shown("r.json", R"({"id":["a","b"],"title":["T","U"],"text":["x","y"]})"),
               ContainsSubstring("row by row"));
    CHECK_THAT(shown("p.json", R"({"id":{"0":"a"},"title":{"0":"T"},"text":{"0":"x"}})"),
               ContainsSubstring("row by row"));
}

TEST_CASE("NaN and its like stand for nothing", "[io]") {
    CHECK(shown("n.jsonl",
                R"({"id":"a","title":"NaN, \"Infinity\"","language":NaN,"published":-Infinity})"
                "\n") == "a|NaN, \"Infinity\"||||\n");
    CHECK(shown("n.json", R"([{"id":"a","title":"T","text":Infinity},{"id":"b","title":"U"}])") ==
          "a|T||||\nb|U||||\n");
    for (const std::string nothing :
         {"", "\\N", "NULL", "NA", "NaN", "nan", "NaT", "None", "<NA>"}) {
        INFO(nothing);
        const ArticleSet set =
            read("t.csv", "id,title,text,language,source,published\na,T," + nothing + ',' +
                              nothing + ',' + nothing + ',' + nothing + '\n');
        REQUIRE(set.articles.size() == 1);
        CHECK(set.articles[0].text.empty());
        CHECK(set.articles[0].language.empty());
        CHECK(set.articles[0].source.empty());
        CHECK_FALSE(set.articles[0].published);
        CHECK(set.notes.empty());
    }
    CHECK(read("n.jsonl", R"({"title":"T","published":"NaT","language":"<NA>","source":"None"})"
                          "\n")
              .notes.empty());
}

TEST_CASE("JSON without line breaks between its values is read, and so are text sequences",
          "[io]") {
    const std::string a = R"({"id":"a","title":"T"})";
    const std::string b = R"({"id":"b","title":"U"})";
    const std::string expected = "a|T||||\nb|U||||\n";
    CHECK(shown("c.json", a + b) == expected);
    CHECK(shown("c.json", a + " " + b + "\n") == expected);
    CHECK(shown("c.json", "\x1E" + a + "\n\x1E" + b + "\n") == expected);
}

TEST_CASE("Tables of other conventions are read where nothing else can be meant", "[io]") {
    const std::string expected = "a|T|He \"said\"\n\nso|||\nb|U|y|||\n";
    // Spark, and R's write.table: backslashes; R leaves the rows' own column without a name.
    CHECK(shown("s.csv", "id,title,text\na,T,\"He \\\"said\\\"\n\nso\"\nb,U,y\n") == expected);
    CHECK(shown("r.tsv",
                "\"id\"\t\"title\"\t\"text\"\n\"1\"\t\"a\"\t\"T\"\t\"He \\\"said\\\"\n\nso\"\n"
                "\"2\"\t\"b\"\t\"U\"\t\"y\"\n") == expected);
    CHECK(shown("q.csv", "id,title,text\na,T,\"x \\\"said\\\"\"\n") == "a|T|x \"said\"|||\n");
    // A backslash before the end of a cell is one.
    CHECK(shown("w.csv", "id,title,text\na,\"T\\\",\"x\"\n") == "a|T\\|x|||\n");
    CHECK(shown("w.csv", "id,title,text\na,T,\"x \\\"\"y\"\n") == "a|T|x \\\"y|||\n");
    // jq's @tsv, Miller
    CHECK(shown("j.tsv", "id\ttitle\ttext\na\tT\tHe \"said\"\\n\\nso\nb\tU\ty\n") == expected);
    CHECK(shown("p.tsv", "id\ttitle\ttext\na\tT\tHe \"said\"\\\n\\\nso\nb\tU\ty\n") == expected);
    CHECK(shown("q.tsv", "id\ttitle\ttext\na\tT\t\"C:\\new\"\nb\tU\tC:\\new\n") ==
          "a|T|C:\\new|||\nb|U|C:\\new|||\n");
    // CR alone, as of an old Mac; a line break in a cell is one
    CHECK(shown("m.csv", "id,title,text\ra,T,\"He \"\"said\"\"\n\nso\"\rb,U,y\r") == expected);
    CHECK(shown("x.csv", "\"=\"\"id\"\"\",\"=\"\"title\"\"\"\n\"=\"\"a\"\"\",\"=\"\"T\"\"\"\n") ==
          "a|T||||\n");
    CHECK(shown("bom.csv", "\xEF\xBB\xBFsep=;\r\nid;title\r\na;T\r\n") == "a|T||||\n");
    // A table of Markdown is part of a text.
    CHECK(read("t.md", "| id | title | text |\n| --- | --- | --- |\n| a | T | x |\n")
              .articles.size() == 1);
}

TEST_CASE("UTF-16 is read, with a mark or without", "[io]") {
    const std::u16string table = u"id\ttitle\ttext\na\tZażółć\t日本\n";
    for (const bool is_big : {false, true})
        for (const bool has_mark : {false, true}) {
            const std::string bytes = utf16((has_mark ? u"\uFEFF" : u"") + table, is_big);
            CHECK(shown("t.tsv", bytes) == "a|Zażółć|日本|||\n");
            CHECK(shown("t.tsv.gz", fabula::test::gzip(bytes)) == "a|Zażółć|日本|||\n");
        }
    const std::string feed =
        utf16(u"\uFEFF<?xml version='1.0' encoding='UTF-16'?><rss><channel><item>"
              u"<guid>a</guid><title>Łódź</title></item></channel></rss>",
              false);
    CHECK(shown("f.xml", feed) == "a|Łódź||||\n");
    // Half a pair, and half a unit at the end.
    CHECK(shown("h.txt", std::string("\xFF\xFE\x3D\xD8x\0\n\0y\0z", 11)) ==
          "h|\xEF\xBF\xBDx|y\xEF\xBF\xBD|||\n");
    using fabula::detail::utf16_order_of;
    CHECK_FALSE(utf16_order_of("id,title,text,language"));
    CHECK_FALSE(utf16_order_of(std::string(64, '\0')));
    CHECK_THROWS_WITH(shown("u32.csv", std::string("\xFF\xFE\0\0i\0\0\0", 8)),
                      ContainsSubstring("UTF-32"));
}

TEST_CASE("What is UTF-8 is read as that, whatever it says it is", "[io]") {
    CHECK(shown("f.xml",
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><channel><item><guid>a</guid>"
                "<title>Łódź é</title></item></channel></rss>") == "a|Łódź é||||\n");
    CHECK(shown("f.xml",
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><channel><item><guid>a</guid>"
                "<title>caf\xE9</title></item></channel></rss>") == "a|café||||\n");
    const auto page = [](const std::string& head, const std::string& word) {
        return "<html><head>" + head + "</head><body><article><h1>" + word +
               "</h1><p>x</p></article></body></html>";
    };
    CHECK(shown("a.html", page("<meta charset=iso-8859-2>", "Łódź")) == "a|Łódź|x|||\n");
    CHECK(shown("a.html", page("<meta charset=iso-8859-2>", "\xA3\xF3\x64\xBC")) ==
          "a|Łódź|x|||\n");
    CHECK(shown("a.html", page("<meta charset=utf-16>", "abc")) == "a|abc|x|||\n");
    CHECK(shown("a.xhtml", "<?xml version=\"1.0\" encoding=\"windows-1250\"?>" +
                               page("", "\xA3\xF3\x64\x9F")) == "a|Łódź|x|||\n");
}

TEST_CASE("XML of databases, sitemaps and extractors is read by the names of its elements",
          "[io]") {
    CHECK(shown("p.xml",
                "<data><row><index>0</index><id>a</id><title>T</title><text>x &amp; y</text>"
                "<language>de</language></row><row><id>b</id><title>U</title></row></data>") ==
          "a|T|x & y|de||\nb|U||||\n");
    CHECK(shown("q.xml",
                "<resultset statement='x'><row><field name='id'>a</field><field name='title'>T"
                "</field></row></resultset>") == "a|T||||\n");
    CHECK(
        shown(
            "s.xml",
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
            "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9' xmlns:image='i'><url>"
            "<loc>https://www.n.example/a</loc><image:image><image:title>P</image:title></"
            "image:image>"
            "<n:news><n:publication><n:name>The "
            "News</n:name><n:language>nb</n:language></n:publication>"
            "<n:publication_date>2026-03-04</n:publication_date><n:title>T</n:title></n:news></url>"
            "<url><loc>https://www.n.example/b</loc></url></urlset>") ==
        "article-1|T||nb|The News|2026-03-04T00:00\n");
    CHECK(shown("t.xml",
                "<doc sitename='N' title='T' date='2026-03-04' id='a'><main><p>one</p><p>two "
                "<hi>x</hi></p></main></doc>") == "a|T|one\n\ntwo x||N|2026-03-04T00:00\n");
    CHECK(shown("n.xml",
                "<nitf><head><title>x</title><docdata><doc-id id-string='a'/><date.issue "
                "norm='20260304T074000Z'/></docdata><pubdata name='N'/></head><body><body.head>"
                "<hedline><hl1>T</hl1></hedline></body.head><body.content><p>one</p><p>two</p>"
                "</body.content></body></nitf>") == "a|T|one\n\ntwo||N|2026-03-04T07:40\n");
    CHECK_THROWS_WITH(shown("o.xml", "<svg><g><path d='M0'/></g></svg>"),
                      ContainsSubstring("its first element is <svg>"));
}

TEST_CASE("A feed goes by its namespaces, not by their prefixes", "[io]") {
    CHECK(
        shown(
            "a.xml",
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xmlns:h='http://www.w3.org/1999/xhtml'>"
            "<a:entry><a:id>i</a:id><a:title>T</a:title><a:updated>2026-03-04T07:40:00Z</a:updated>"
            "<a:content "
            "type='xhtml'><h:div><h:p>one</h:p><h:p>two</h:p></h:div></a:content></a:entry>"
            "</a:feed>") == "i|T|one\n\ntwo|||2026-03-04T07:40\n");
    CHECK(
        shown(
            "r.xml",
            "<rss xmlns:c='http://purl.org/rss/1.0/modules/content/'><channel><item><guid>i</guid>"
            "<title>T</title><description>short</description><c:encoded>long</c:encoded></item>"
            "</channel></rss>") == "i|T|long|||\n");
}
