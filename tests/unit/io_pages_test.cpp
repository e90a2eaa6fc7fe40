// SPDX-License-Identifier: Apache-2.0
#include "io/markup/html_text.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <chrono>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::Article;
using fabula::ArticleSet;
using fabula::detail::html_to_text;
using fabula::test::TempFolder;

namespace {

ArticleSet read(const std::string& page) {
    const TempFolder folder;
    const std::vector<std::string> inputs{folder.write("page.html", page).string()};
    fabula::ReadOptions options;
    options.skip_bad_lines = true;
    return fabula::read_articles(inputs, options);
}

Article one(const std::string& page) {
    const ArticleSet set = read(page);
    REQUIRE(set.articles.size() == 1);
    return set.articles.front();
}

} // namespace

TEST_CASE("HTML becomes the text that a browser would show", "[io]") {
    CHECK(html_to_text("<h1>T</h1>\n <p>One\n two</p><p>three<br>four<br><br>five</p>") ==
          "T\n\nOne two\n\nthree\nfour\n\nfive");
    CHECK(
        html_to_text("<ul><li>a</li><li>b</li></ul><table><tr><td>c</td><td>d</td></tr></table>") ==
        "a\nb\n\nc d");
    CHECK(
        html_to_text("a&amp;b &lt;p&gt; &#8217; &#x2019; &#146; &rsquo;&nbsp;x &unknown; & &#0;") ==
        "a&b <p> ’ ’ ’ ’\xC2\xA0x &unknown; & \xEF\xBF\xBD");
    CHECK(html_to_text("<SCRIPT>if (a < b) '</p>'</SCRIPT>x<style>p{}</style><!-- <p> -->y") ==
          "xy");
    CHECK(html_to_text("x<svg><title>no</title><text>no</text></svg>y<button>no</button>") == "xy");
    CHECK(html_to_text("a < b > c <3 <") == "a < b > c <3 <");
    CHECK(html_to_text("<a title='x > y' href=z>link</a>") == "link");
    CHECK(html_to_text("<p>never closed <b>and <i>so") == "never closed and so");
    CHECK(html_to_text("<!-- never closed <p>x") == "x");
    CHECK(html_to_text("<script>never closed").empty());
    CHECK(html_to_text("").empty());
}

TEST_CASE("HTML takes time by its length, however it is broken", "[io]") {
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string piece : {"<div>", "</b>", "<a b=\"", "<!--", "<script", "<title>", "&lt",
                                    "<a b='", "<", "<p <p", "</svg><svg>", "&#", "<![CDATA["}) {
        std::string html;
        while (html.size() < 2'000'000)
            html += piece;
        static_cast<void>(html_to_text(html));
    }
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{30});
}

TEST_CASE("A page with an <article> is one", "[io]") {
    const Article article = one(R"(<!DOCTYPE html><html lang="nb-NO"><head><meta charset="utf-8">
<title>Tittel - Avisen</title><link rel="canonical" href="https://www.avisen.example/1"></head><body>
<nav>Meny</nav><article><header><h1>Tittel &amp; mer</h1><p>Ingress.</p></header>
<address><time datetime="2026-03-04T07:40:00+01:00">4. mars</time> av <a rel="author">N. N.</a></address>
<figure><img src="x"><figcaption>Bilde</figcaption></figure><p>Brødtekst.</p><aside>Les også</aside>
<footer>Del</footer></article><article>Kort</article><footer>Om oss</footer></body></html>)");
    CHECK(article.id == "page");
    CHECK(article.title == "Tittel & mer");
    CHECK(article.text == "Ingress.\n\nBrødtekst.");
    CHECK(article.language == "nb-NO");
    CHECK(article.source == "avisen.example");
    REQUIRE(article.published);
    CHECK(fabula::format_time(*article.published) == "2026-03-04T06:40:00Z");
}

TEST_CASE("A page in the form of the Telegram contest is read", "[io]") {
    const Article article = one(R"(<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8"/>
    <meta property="og:url" content="https://blatt.example/1"/>
    <meta property="og:site_name" content="Blatt"/>
    <meta property="article:published_time" content="2026-03-04T07:40:00+00:00"/>
    <meta property="og:title" content="A &quot;title&quot;"/>
    <meta property="og:description" content="Short"/>
  </head>
  <body>
    <article>
      <h1>A "title"</h1>
      <h2>And more</h2>
      <address><time datetime="2026-03-04T07:40:00+00:00">04 Mar 2026, 07:40</time> by <a rel="author">N</a></address>
      <p>One <a href="https://x.example/">link</a>.</p>
      <p>Two.</p>
      <related><h4>See also</h4></related>
    </article>
  </body>
</html>)");
    CHECK(article.title == "A \"title\"");
    CHECK(article.text.starts_with("And more\n\nOne link.\n\nTwo."));
    CHECK(article.source == "Blatt");
    REQUIRE(article.published);
    CHECK(fabula::format_time(*article.published) == "2026-03-04T07:40:00Z");
}

TEST_CASE("A page that schema.org's JSON-LD describes is read by that", "[io]") {
    const Article article = one(R"(<html><head><title>no</title>
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite"},
{"@type":["NewsArticle"],"headline":"H","articleBody":"One\n\nTwo","datePublished":"2026-03-04",
"inLanguage":"de","publisher":{"@type":"Organization","name":"Blatt"}}]}</script></head>
<body><p>Menu</p></body></html>)");
    CHECK(article.title == "H");
    CHECK(article.text == "One\n\nTwo");
    CHECK(article.language == "de");
    CHECK(article.source == "Blatt");
    CHECK(article.published.has_value());
    // What is broken says nothing.
    CHECK(
        read(R"(<html><script type="application/ld+json">{"@type":"NewsArticle",</script></html>)")
            .articles.empty());
}

TEST_CASE("A page with the tags of an article alone has its title and description", "[io]") {
    const Article article = one(R"(<html><meta property="og:type" content="article">
<meta property="og:title" content="T"><meta property="og:description" content="D"><body><p>x</p></html>)");
    CHECK(article.title == "T");
    CHECK(article.text == "D");
}

TEST_CASE("A page that is no article is refused with what would help", "[io]") {
    for (const std::string page :
         {"<html><body><p>Some page</p></body></html>",
          "<html><meta property='og:type' content='website'><meta property='og:title' content='T'>"
          "</html>",
          "<html><article>a b</article><article>c d</article><article>e f</article>"
          "<article>g h</article><article>i j</article></html>"}) {
        const ArticleSet set = read(page);
        CHECK(set.articles.empty());
        REQUIRE(set.bad_lines.size() == 1);
        CHECK_THAT(set.bad_lines[0].reason, ContainsSubstring("trafilatura"));
    }
}

TEST_CASE("A page is read in the encoding that it names", "[io]") {
    CHECK(one("<html><meta charset=windows-1251><article>\xCF\xF0\xE8\xE2\xE5\xF2</article></html>")
              .text == "Привет");
    CHECK(one("<html><meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>"
              "<article>\x93Z\xFCrich\x94</article></html>")
              .text == "“Zürich”");
    const ArticleSet broken = read("<html><article>Z\xFCrich</article></html>");
    CHECK(broken.repaired == 1);
}
