// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"

#include <fabula/comparer.hpp>
#include <fabula/error.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/report.hpp>

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

using namespace fabula;
using Json = nlohmann::json;

namespace {

struct Page {
    std::string html;
    ReportContents contents;
    std::map<std::string, Json> blocks; ///< by id
};

Page page_of(const StoryClusters& clusters, const std::vector<Article>& articles,
             const Comparer* comparer, const ReportOptions& options = {}) {
    std::ostringstream out;
    Page page;
    page.contents = write_html_report(out, clusters, articles, comparer, options);
    page.html = out.str();
    const std::string open = "<script type=\"application/json\" id=\"";
    const std::string close = "</script>";
    for (std::size_t at = page.html.find(open); at != std::string::npos;
         at = page.html.find(open, at)) {
        at += open.size();
        const std::size_t quote = page.html.find('"', at);
        const std::size_t begin = quote + 2;
        const std::size_t end = page.html.find(close, begin);
        page.blocks[page.html.substr(at, quote - at)] =
            Json::parse(page.html.substr(begin, end - begin));
        at = end;
    }
    return page;
}

struct Examples {
    const std::vector<Article>& articles = test::example_articles();
    ClusterOptions options = [] {
        ClusterOptions kept;
        kept.keep_scored = true;
        return kept;
    }();
    StoryClusters clusters = StoryClusterer{test::default_model(), options}.cluster(articles);
    Comparer comparer{test::default_model(), articles, options.comparer_options()};
};

const Examples& examples() {
    static const Examples& made = *new Examples;
    return made;
}

/// Articles of one story each, as many as asked.
StoryClusters alone(std::vector<Article>& articles, std::size_t count, const std::string& text) {
    StoryClusters clusters;
    for (std::size_t i = 0; i < count; ++i) {
        Article& article = articles.emplace_back();
        article.id = "a" + std::to_string(i);
        article.title = "Title " + std::to_string(i);
        article.text = text;
        clusters.outcomes.emplace_back().language = "en";
        Story& story = clusters.stories.emplace_back();
        story.id = std::to_string(i);
        story.title = article.title;
        story.members = {i};
        story.representative = i;
        story.languages = {"en"};
        story.links = {{i, Relation::duplicate, 1.0, {}}};
    }
    return clusters;
}

} // namespace

TEST_CASE("clustering: scored pairs are kept where they are asked for, and only there") {
    const auto& articles = examples().articles;
    const StoryClusters without = StoryClusterer{test::default_model()}.cluster(articles);
    CHECK(without.scored.empty());
    const std::vector<double> half{0.5};
    const StoryPartitions all = StoryClusterer{test::default_model()}.partition(articles, half);
    std::vector<Edge> likely;
    for (const Edge& edge : all.scored)
        if (edge.probability >= 0.1F)
            likely.push_back(edge);
    CHECK(examples().clusters.scored == likely);
    CHECK(likely.size() > 50);
}

TEST_CASE("report: every article is in it once, with its text, in the order of its story") {
    const Examples& given = examples();
    const Page page = page_of(given.clusters, given.articles, &given.comparer);
    CHECK(page.contents.bytes == page.html.size());
    CHECK(page.contents.stories == given.clusters.stories.size());
    CHECK(page.contents.articles == given.articles.size());
    CHECK(page.contents.texts == given.articles.size());
    CHECK(page.contents.lead_characters == 300);

    const Json& core = page.blocks.at("core");
    REQUIRE(core["stories"].size() == given.clusters.stories.size());
    for (std::size_t s = 0; s < given.clusters.stories.size(); ++s) {
        const Story& story = given.clusters.stories[s];
        const Json& shown = core["stories"][s];
        CHECK(shown["i"] == story.id);
        REQUIRE(shown["a"].size() == story.members.size());
        const Json& texts = page.blocks.at("s" + std::to_string(s))["t"];
        for (std::size_t i = 0; i < story.members.size(); ++i) {
            const Article& article = given.articles[story.members[i]];
            CHECK(shown["a"][i][0] == article.id);
            CHECK(shown["a"][i][1] == article.title);
            CHECK(core["languages"][shown["a"][i][3].get<std::size_t>()] ==
                  given.clusters.outcomes[story.members[i]].language);
            CHECK(shown["a"][i][5].is_null() == !article.published.has_value());
            if (article.published)
                CHECK(shown["a"][i][5] == article.published->time_since_epoch().count());
            CHECK(texts[std::to_string(i)] == article.text);
        }
    }
}

TEST_CASE("report: each strongest link of the examples is explained, its passages in their place") {
    const Examples& given = examples();
    const Page page = page_of(given.clusters, given.articles, &given.comparer);
    std::vector<std::size_t> by_number;
    for (const Story& story : given.clusters.stories)
        by_number.insert(by_number.end(), story.members.begin(), story.members.end());
    std::size_t passages = 0;
    std::size_t pairs = 0;
    for (std::size_t s = 0; s < given.clusters.stories.size(); ++s)
        for (const Json& pair : page.blocks.at("s" + std::to_string(s))["x"]) {
            ++pairs;
            const Article& a = given.articles[by_number[pair["a"].get<std::size_t>()]];
            const Article& b = given.articles[by_number[pair["b"].get<std::size_t>()]];
            const Comparison expected = given.comparer.compare(a, b);
            CHECK(pair["p"].get<double>() == Approx(expected.probability).margin(1e-4));
            CHECK(pair["w"].size() == expected.explanation.shared_terms.size());
            REQUIRE(pair["s"].size() == expected.explanation.passages.size());
            for (std::size_t i = 0; i < pair["s"].size(); ++i) {
                const ByteRange range = expected.explanation.passages[i].first;
                // In these texts, a UTF-16 unit is a character.
                std::size_t characters = 0;
                for (std::size_t at = 0; at < range.begin; ++at)
                    characters += (static_cast<unsigned char>(a.text[at]) & 0xC0U) != 0x80U ? 1 : 0;
                CHECK(pair["s"][i][0] == characters);
                ++passages;
            }
        }
    CHECK(pairs > 40);
    CHECK(passages > 60);
    for (const char* list : {"joined", "parted"})
        CHECK_FALSE(page.blocks.at("weak")[list].empty());
    CHECK(page.contents.explained_pairs == pairs + page.blocks.at("weak")["x"].size());
}

TEST_CASE("report: the same bytes for any number of threads") {
    const Examples& given = examples();
    ReportOptions one;
    one.threads = 1;
    ReportOptions many;
    many.threads = 5;
    CHECK(page_of(given.clusters, given.articles, &given.comparer, one).html ==
          page_of(given.clusters, given.articles, &given.comparer, many).html);
}

TEST_CASE("report: without a comparer, and without scored pairs, there is a page as well") {
    const Examples& given = examples();
    StoryClusters clusters = given.clusters;
    clusters.scored.clear();
    const Page page = page_of(clusters, given.articles, nullptr);
    CHECK(page.contents.explained_pairs == 0);
    CHECK(page.blocks.at("weak")["joined"].empty());
    CHECK(page.blocks.at("core")["explains"] == false);
    std::vector<Article> none;
    CHECK(page_of({}, none, nullptr).blocks.at("core")["stories"].empty());
}

TEST_CASE("report: a file has no more bytes than it may, and says what is left out") {
    std::vector<Article> articles;
    const StoryClusters clusters = alone(articles, 1000, std::string(900, 'x'));
    ReportOptions options;
    std::size_t last_texts = 1001;
    for (const std::size_t bytes : {2'000'000U, 700'000U, 400'000U, 250'000U, 200'000U}) {
        options.max_bytes = bytes;
        const Page page = page_of(clusters, articles, nullptr, options);
        INFO(bytes);
        CHECK(page.html.size() <= bytes);
        CHECK(page.html.size() > bytes / 4);
        CHECK(page.contents.texts <= last_texts);
        CHECK(page.blocks.at("core")["all_articles"] == 1000);
        CHECK(page.blocks.at("core")["stories"].size() == page.contents.stories);
        last_texts = page.contents.texts;
    }
    CHECK(last_texts < 1000);
    articles.clear();
    const StoryClusters more = alone(articles, 5000, "x");
    const Page page = page_of(more, articles, nullptr, options);
    CHECK(page.html.size() <= 200'000);
    CHECK(page.contents.stories < 5000);
    CHECK(page.contents.stories > 300);
    CHECK(page.contents.lead_characters == 0);
}

TEST_CASE("report: huge and hostile fields are shown cut, and cost no other story its place") {
    std::vector<Article> articles;
    StoryClusters clusters = alone(articles, 3, "text");
    const std::string megabyte(1U << 20U, '<');
    articles[0].title = megabyte;
    articles[0].id = megabyte;
    articles[0].source = megabyte;
    articles[0].text = megabyte;
    clusters.stories[0].title = megabyte;
    clusters.outcomes[0].language = megabyte;
    clusters.stories[0].key_terms = {megabyte, "</script><!--"};
    const Page page = page_of(clusters, articles, nullptr);
    CHECK(page.contents.stories == 3);
    CHECK(page.html.size() < 400'000);
    CHECK(page.blocks.at("s0")["t"]["0"].get<std::string>().size() < 21'000);
    CHECK(page.blocks.at("core")["stories"][0]["k"][1] == "</script><!--");
    CHECK(page.html.find("<!--") == std::string::npos);
}

TEST_CASE("report: options out of range and articles of others are refused") {
    const Examples& given = examples();
    std::ostringstream out;
    ReportOptions options;
    options.max_bytes = 199'999;
    CHECK_THROWS_AS(write_html_report(out, given.clusters, given.articles, nullptr, options),
                    Error);
    options = {};
    options.lead_characters = 2001;
    CHECK_THROWS_AS(write_html_report(out, given.clusters, given.articles, nullptr, options),
                    Error);
    options = {};
    options.threads = 1025;
    CHECK_THROWS_AS(write_html_report(out, given.clusters, given.articles, nullptr, options),
                    Error);
    const std::vector<Article> fewer(given.articles.begin(), given.articles.end() - 1);
    CHECK_THROWS_AS(write_html_report(out, given.clusters, fewer, nullptr), Error);
    CHECK(out.str().empty());
}
