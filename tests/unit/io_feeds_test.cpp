// SPDX-License-Identifier: Apache-2.0
#include "io/feeds/xml_prolog.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::Article;
using fabula::ArticleSet;
using fabula::test::TempFolder;

namespace {

ArticleSet read(const std::string& bytes) {
    const TempFolder folder;
    const std::vector<std::string> inputs{folder.write("feed", bytes).string()};
    fabula::ReadOptions options;
    options.skip_bad_lines = true;
    return fabula::read_articles(inputs, options);
}

std::string time_of(const Article& article) {
    return article.published ? fabula::format_time(*article.published) : std::string{};
}

const std::string declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

} // namespace

TEST_CASE("RSS 2.0 is read", "[io]") {
    const ArticleSet set = read(declaration + R"(<!-- a feed -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Blatt</title><link>https://www.blatt.example/</link><language>de-DE</language>
<image><title>no</title><url>no</url></image>
<item><title>A &amp; B &rsquo;&nbsp;</title><link>https://blatt.example/1</link>
 <description>&lt;p&gt;short&lt;/p&gt;</description>
 <content:encoded><![CDATA[<p>One</p><p>Two &amp; three</p>]]></content:encoded>
 <pubDate>Wed, 04 Mar 2026 07:40:00 +0100</pubDate><guid isPermaLink="false">g1</guid>
 <media:title>no</media:title></item>
<item><title>Second</title><description>Only this</description>
 <source url="https://www.andere.example/feed">Die Andere</source><dc:date>2026-03-05</dc:date>
 <dc:language>fr</dc:language><link>https://blatt.example/2</link></item>
</channel></rss>)");
    CHECK(set.bad_line_count == 0);
    CHECK(set.notes.empty());
    REQUIRE(set.articles.size() == 2);
    const Article& first = set.articles[0];
    CHECK(first.id == "g1");
    CHECK(first.title == "A & B ’\xC2\xA0");
    CHECK(first.text == "One\n\nTwo & three");
    CHECK(first.language == "de-DE");
    CHECK(first.source == "blatt.example");
    CHECK(time_of(first) == "2026-03-04T06:40:00Z");
    const Article& second = set.articles[1];
    CHECK(second.id == "https://blatt.example/2");
    CHECK(second.text == "Only this");
    CHECK(second.source == "Die Andere");
    CHECK(second.language == "fr");
    CHECK(time_of(second) == "2026-03-05T00:00:00Z");
}

TEST_CASE("RSS 1.0 is read", "[io]") {
    const ArticleSet set = read(declaration + R"(<rdf:RDF xmlns="http://purl.org/rss/1.0/"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://blatt.example/"><title>Blatt</title><link>https://blatt.example/</link>
<items><rdf:Seq><rdf:li rdf:resource="https://blatt.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://blatt.example/1"><title>T</title><link>https://blatt.example/1</link>
<description>D</description><dc:date>2026-03-04T07:40:00Z</dc:date></item></rdf:RDF>)");
    REQUIRE(set.articles.size() == 1);
    CHECK(set.articles[0].id == "https://blatt.example/1");
    CHECK(set.articles[0].title == "T");
    CHECK(set.articles[0].text == "D");
    CHECK(set.articles[0].source == "blatt.example");
    CHECK(time_of(set.articles[0]) == "2026-03-04T07:40:00Z");
}

TEST_CASE("Atom is read, with its three kinds of content", "[io]") {
    const ArticleSet set =
        read(declaration + R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nb">
<title>Avisen</title><link rel="self" href="https://no.example/feed"/><updated>2026-03-09</updated>
<entry><id>1</id><title type="html">A &lt;b&gt;B&lt;/b&gt;</title><summary>s</summary>
 <content type="html">&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</content>
 <link rel="alternate" href="https://avisen.example/1"/><link rel="edit" href="https://no.example/"/>
 <updated>2026-03-05T00:00:00Z</updated><published>2026-03-04T07:40:00Z</published>
 <author><name>no</name></author></entry>
<entry xml:lang="nn"><id>2</id><title>C</title><content type="xhtml">
 <div xmlns="http://www.w3.org/1999/xhtml"><p>One <i>two</i></p><p>three</p></div></content>
 <updated>2026-03-05T00:00:00Z</updated><source><title>Den andre</title><id>no</id></source></entry>
<entry><id>3</id><title>D</title><content type="text">a &lt; b</content></entry>
</feed>)");
    CHECK(set.bad_line_count == 0);
    REQUIRE(set.articles.size() == 3);
    CHECK(set.articles[0].title == "A B");
    CHECK(set.articles[0].text == "One\n\nTwo");
    CHECK(set.articles[0].language == "nb");
    CHECK(set.articles[0].source == "avisen.example");
    CHECK(time_of(set.articles[0]) == "2026-03-04T07:40:00Z");
    CHECK(set.articles[1].text == "One two\n\nthree");
    CHECK(set.articles[1].language == "nn");
    CHECK(set.articles[1].source == "Den andre");
    CHECK(time_of(set.articles[1]) == "2026-03-05T00:00:00Z");
    CHECK(set.articles[2].text == "a < b");
    CHECK(set.articles[2].id == "3");
}

TEST_CASE("NewsML-G2 is read, with XHTML and NITF in it", "[io]") {
    const ArticleSet set =
        read(declaration + R"(<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
<header><sent>2026-03-09T00:00:00Z</sent></header><itemSet>
<newsItem guid="urn:1" version="2" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
 <provider qcode="x:y"><name>Agency</name></provider>
 <versionCreated>2026-03-04T07:40:00Z</versionCreated><title>no</title></itemMeta>
 <contentMeta><contentCreated>2026-03-01T00:00:00Z</contentCreated><headline>A &amp; B</headline>
 <creator><name>no</name></creator></contentMeta>
 <contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
 <head><title>no</title></head><body><p>One</p><p>Two <b>three</b></p></body></html></inlineXML>
 </contentSet></newsItem>
<newsItem guid="urn:2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>
<packageItem guid="urn:3"><itemMeta/></packageItem>
<newsItem guid="urn:4"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentSet><inlineXML>
 <nitf><head><title>no</title></head><body><body.head><hedline><hl1>Headline</hl1></hedline>
 <byline>no</byline></body.head><body.content><p>Four</p><p>Five</p></body.content></body></nitf>
 </inlineXML></contentSet></newsItem>
</itemSet></newsMessage>)");
    CHECK(set.bad_line_count == 0);
    REQUIRE(set.articles.size() == 2);
    CHECK(set.articles[0].id == "urn:1");
    CHECK(set.articles[0].title == "A & B");
    CHECK(set.articles[0].text == "One\n\nTwo three");
    CHECK(set.articles[0].language == "en");
    CHECK(set.articles[0].source == "Agency");
    CHECK(time_of(set.articles[0]) == "2026-03-04T07:40:00Z");
    CHECK(set.articles[1].id == "urn:4");
    CHECK(set.articles[1].title == "Headline");
    CHECK(set.articles[1].text == "Four\n\nFive");
    REQUIRE(set.notes.size() == 1);
    CHECK(set.notes[0].kind == fabula::ReadNote::Kind::no_article);
    CHECK(set.notes[0].count == 2);
}

TEST_CASE("XML in other encodings is read", "[io]") {
    const ArticleSet set =
        read("<?xml version='1.0' encoding='windows-1251'?><rss><channel><item><guid>1</guid>"
             "<title>\xCF\xF0\xE8\xE2\xE5\xF2</title></item></channel></rss>");
    REQUIRE(set.articles.size() == 1);
    CHECK(set.articles[0].title == "Привет");
}

TEST_CASE("A feed that is broken or cut gives what can be read, and the place", "[io]") {
    const std::string item = "<item><guid>1</guid><title>T</title></item>\n";
    const ArticleSet cut = read("<rss><channel>\n" + item + "<item><guid>2</guid><title>U");
    CHECK(cut.articles.size() == 1);
    REQUIRE(cut.bad_lines.size() == 1);
    CHECK_THAT(cut.bad_lines[0].reason, ContainsSubstring("line 3: this is not valid XML: "));
    const ArticleSet amp = read("<rss><channel>" + item +
                                "<item><guid>2</guid><title>A & B</title></item>\n"
                                "<item><guid>3</guid><title>U</title></item></channel></rss>");
    CHECK(amp.articles.size() == 3);
    CHECK(amp.bad_line_count == 1);
    const ArticleSet empty = read("<rss><channel><item><guid>1</guid></item></channel></rss>");
    REQUIRE(empty.bad_lines.size() == 1);
    CHECK_THAT(empty.bad_lines[0].reason, ContainsSubstring("neither a title nor a text"));
}

TEST_CASE("The prolog of XML is looked at before any parser sees it", "[io]") {
    using fabula::detail::xml_prolog;
    CHECK(xml_prolog("<rss>").root == "rss");
    CHECK(xml_prolog("\xEF\xBB\xBF <?xml version='1.0'?><!-- > --><a:RDF x='y'").root == "rdf");
    CHECK(xml_prolog("<!DOCTYPE rss SYSTEM 'http://x/'><rss/>").fault.empty());
    CHECK(xml_prolog("text").root.empty());
    CHECK_FALSE(xml_prolog("<!DOCTYPE r [<!ENTITY a 'b'>]><rss/>").fault.empty());
    CHECK_FALSE(xml_prolog("<?xml version='1.0' encoding='UTF-7'?><rss/>").fault.empty());
    CHECK_FALSE(xml_prolog("<?xml version='1.0' encoding='utf-16'?><rss/>").fault.empty());
    CHECK_FALSE(xml_prolog("<?xml version='1.0'?><!-- never closed").fault.empty());
}
