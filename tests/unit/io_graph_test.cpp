// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

using namespace fabula;
using namespace std::string_literals;

namespace {

/// Two stories of three articles, with names that break what is written carelessly.
struct Sample {
    std::vector<Article> articles{3};
    StoryClusters clusters;

    Sample() {
        articles[0].id = "a";
        articles[0].title = "=1+1, \"quoted\"\nand more";
        articles[0].published = parse_time("2026-03-04T07:40:00Z");
        articles[0].source = "a.example";
        articles[1].id = "b&<b>";
        articles[1].title = "\x01 control \xFF";
        articles[2].id = "c";
        clusters.outcomes.resize(3);
        for (EmbeddingOutcome& outcome : clusters.outcomes)
            outcome.language = "en";
        Story both;
        both.id = "00000000000000aa";
        both.title = articles[0].title;
        both.members = {0, 1};
        both.representative = 0;
        both.links = {{0, Relation::duplicate, 1.0, StrongestLink{1, 0.912345}},
                      {1, Relation::translation, 0.912345, StrongestLink{0, 0.912345}}};
        Story alone;
        alone.id = "00000000000000bb";
        alone.members = {2};
        alone.representative = 2;
        alone.links = {{2, Relation::duplicate, 1.0, {}}};
        clusters.stories = {both, alone};
        clusters.scored = {{0, 1, 0.912345F}, {1, 2, 0.25F}};
    }
};

struct Document {
    explicit Document(const std::string& xml)
        : tree(xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
                             XML_PARSE_NONET),
               xmlFreeDoc) {
        REQUIRE(tree != nullptr);
        context.reset(xmlXPathNewContext(tree.get()));
        xmlXPathRegisterNs(
            context.get(), reinterpret_cast<const xmlChar*>("g"),
            reinterpret_cast<const xmlChar*>("http://graphml.graphdrawing.org/xmlns"));
    }

    std::string operator()(const std::string& expression) const {
        const std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)> found(
            xmlXPathEvalExpression(
                reinterpret_cast<const xmlChar*>(("string(" + expression + ")").c_str()),
                context.get()),
            xmlXPathFreeObject);
        return reinterpret_cast<const char*>(found->stringval);
    }

    std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> tree;
    std::unique_ptr<xmlXPathContext, decltype(&xmlXPathFreeContext)> context{nullptr,
                                                                             xmlXPathFreeContext};
};

} // namespace

TEST_CASE("CSV: one row an article, with what would break a table in quotes", "[io]") {
    std::ostringstream out;
    const Sample sample;
    write_csv(out, sample.clusters, sample.articles);
    CHECK(out.str() ==
          "story,story_title,story_size,article,title,language,source,published,relation,"
          "probability,representative,strongest,strongest_probability,status\r\n"
          "00000000000000aa,\"'=1+1, \"\"quoted\"\"\nand more\",2,a,\"'=1+1, \"\"quoted\"\"\nand "
          "more\",en,a.example,2026-03-04T07:40:00Z,duplicate,1.0000,1,b&<b>,0.9123,ok\r\n"
          "00000000000000aa,\"'=1+1, \"\"quoted\"\"\nand more\",2,b&<b>,\x01 control \uFFFD,en,,,"
          "translation,0.9123,0,a,0.9123,ok\r\n"
          "00000000000000bb,,1,c,,en,,,duplicate,1.0000,1,,,ok\r\n");
}

TEST_CASE("GraphML: each article is a node and each pair an edge, once", "[io]") {
    std::ostringstream out;
    const Sample sample;
    write_graphml(out, sample.clusters, sample.articles);
    const Document document(out.str());
    CHECK(document("count(//g:node)") == "3");
    CHECK(document("count(//g:edge)") == "2");
    CHECK(document("//g:node[@id='n0']/g:data[@key='n_title']") == sample.articles[0].title);
    CHECK(document("//g:node[@id='n1']/g:data[@key='n_article']") == "b&<b>");
    CHECK(document("//g:node[@id='n1']/g:data[@key='n_title']") == "\uFFFD control \uFFFD");
    CHECK(document("//g:node[@id='n2']/g:data[@key='n_representative']") == "true");
    const std::string together = "//g:edge[@source='n0' and @target='n1']/g:data";
    CHECK(document(together + "[@key='e_probability']") == "0.9123");
    CHECK(document(together + "[@key='e_relation']") == "translation");
    CHECK(document(together + "[@key='e_same_story']") == "true");
    const std::string apart = "//g:edge[@source='n1' and @target='n2']/g:data";
    CHECK(document(apart + "[@key='e_weight']") == "0.2500");
    CHECK(document(apart + "[@key='e_same_story']") == "false");
    CHECK(document("count(" + apart + "[@key='e_relation'])") == "0");
    CHECK(document("//g:key[@id='e_weight']/@attr.type") == "double");
}

TEST_CASE("CSV, GraphML: stories of other articles are refused", "[io]") {
    std::ostringstream out;
    const Sample sample;
    const std::vector<Article> fewer{2};
    CHECK_THROWS_AS(write_csv(out, sample.clusters, fewer), Error);
    CHECK_THROWS_AS(write_graphml(out, sample.clusters, fewer), Error);
}

TEST_CASE("table: colours are there only where they are asked for", "[io]") {
    const Sample sample;
    std::ostringstream plain;
    write_table(plain, sample.clusters, sample.articles);
    std::ostringstream coloured;
    write_table(coloured, sample.clusters, sample.articles, {}, TableColour::ansi);
    CHECK(plain.str().find('\x1B') == std::string::npos);
    std::string without = coloured.str();
    std::size_t escapes = 0;
    for (std::size_t at = without.find('\x1B'); at != std::string::npos;
         at = without.find('\x1B')) {
        without.erase(at, without.find('m', at) - at + 1);
        ++escapes;
    }
    CHECK(without == plain.str());
    CHECK(escapes >= 8);
}
