// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/stories.hpp"

#include <fabula/error.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <functional>
#include <set>

using namespace fabula;
using test::example;

namespace {

std::vector<Article> examples(std::initializer_list<const char*> ids) {
    std::vector<Article> out;
    for (const char* id : ids)
        out.push_back(example(id));
    return out;
}

StoryClusters cluster(std::span<const Article> articles, const ClusterOptions& options = {}) {
    return StoryClusterer{test::default_model(), options}.cluster(articles);
}

} // namespace

TEST_CASE("story: times are the first and the last known") {
    auto articles = examples({"quake-it-1", "quake-it-2", "quake-en-1"});
    const std::chrono::sys_seconds day{std::chrono::days{20000}};
    articles[0].published = day + std::chrono::hours{5};
    articles[1].published.reset();
    articles[2].published = day;
    StoryClusters clusters = cluster(articles);
    REQUIRE(clusters.stories.size() == 1);
    CHECK(clusters.stories[0].first_published == day);
    CHECK(clusters.stories[0].last_published == day + std::chrono::hours{5});
    for (Article& article : articles)
        article.published.reset();
    clusters = cluster(articles);
    REQUIRE(clusters.stories.size() == 1);
    CHECK_FALSE(clusters.stories[0].first_published);
    CHECK_FALSE(clusters.stories[0].last_published);
}

TEST_CASE("story: languages by number of members, then by tag") {
    auto articles = examples({"quake-it-1", "quake-it-2", "quake-en-1", "quake-de-1"});
    for (Article& article : articles)
        article.language = article.id.substr(6, 2);
    const StoryClusters clusters = cluster(articles);
    REQUIRE(clusters.stories.size() == 1);
    CHECK(clusters.stories[0].languages == std::vector<std::string>{"it", "de", "en"});
}

TEST_CASE("story: each member's relation to the representative") {
    const auto articles = examples({"quake-it-1", "quake-it-2", "quake-en-1", "quake-de-1"});
    const StoryClusters clusters = cluster(articles);
    REQUIRE(clusters.stories.size() == 1);
    const Story& story = clusters.stories[0];
    REQUIRE(story.links.size() == 4);
    const std::string own = articles[story.representative].id.substr(6, 2);
    for (std::size_t i = 0; i < 4; ++i) {
        INFO(articles[i].id << " to " << articles[story.representative].id);
        CHECK(story.links[i].member == i);
        CHECK(story.links[i].relation ==
              (articles[i].id.substr(6, 2) == own ? Relation::duplicate : Relation::translation));
        CHECK(story.links[i].probability > 0.5);
    }
    CHECK(story.links[story.representative].probability == 1);
    CHECK(story.links[story.representative].relation == Relation::duplicate);
}

TEST_CASE("story: links say what comparing the two articles says") {
    const auto articles = examples({"moon-ja-1", "moon-en-1", "moon-ko-1", "moon-zh-1"});
    const StoryClusters clusters = cluster(articles);
    const Comparer comparer{test::default_model(), articles};
    for (const Story& story : clusters.stories)
        for (const StoryLink& link : story.links) {
            if (link.member == story.representative)
                continue;
            const Comparison comparison =
                comparer.compare(articles[story.representative], articles[link.member]);
            INFO(articles[link.member].id);
            CHECK(link.probability == Approx(comparison.probability).margin(1e-6));
            if (comparison.relation != Relation::unrelated)
                CHECK(link.relation == comparison.relation);
        }
}

TEST_CASE("story: the title of an untitled story is its first sentence, cut where it is long") {
    std::vector<Article> articles{example("ferry-en-1")};
    for (const std::string blank : {"", "  \n", " \v\f"}) {
        articles[0].title = blank;
        const std::string title = cluster(articles).stories[0].title;
        CHECK_THAT(title, Catch::Matchers::StartsWith("All 78 passengers and eleven crew were "));
        CHECK_THAT(title, Catch::Matchers::EndsWith("…"));
        CHECK(title.size() > 100);
        CHECK(title.size() < 130);
    }
    articles[0].text = "Read more\n\nThe ferry left. A storm came up.";
    CHECK(cluster(articles).stories[0].title == "The ferry left");
    articles[0] = example("moon-ja-1");
    articles[0].title.clear();
    const std::string title = cluster(articles).stories[0].title;
    CHECK(repair_utf8(title) == title); // no character is cut in two
    articles[0].text = "🎉";
    CHECK(cluster(articles).stories[0].title.empty());
}

TEST_CASE("story: key terms stand in reports of one language, as many as asked for") {
    for (const std::size_t wanted : {0, 1, 6, 100}) {
        ClusterOptions options;
        options.key_terms = wanted;
        const auto& articles = test::example_articles();
        const StoryClusters clusters = cluster(articles, options);
        for (const Story& story : clusters.stories) {
            const std::string& language = clusters.outcomes[story.representative].language;
            INFO(articles[story.representative].id);
            CHECK(story.key_terms.size() <= wanted);
            if (wanted <= 6)
                CHECK(story.key_terms.size() == wanted);
            for (const std::string& term : story.key_terms) {
                INFO(term);
                CHECK(std::any_of(
                    story.members.begin(), story.members.end(), [&](std::size_t member) {
                        return clusters.outcomes[member].language == language &&
                               (articles[member].title.find(term) != std::string::npos ||
                                articles[member].text.find(term) != std::string::npos);
                    }));
            }
            auto sorted = story.key_terms;
            std::sort(sorted.begin(), sorted.end());
            CHECK(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end());
        }
    }
}

TEST_CASE("story: names that always stand together are one key term") {
    std::vector<Article> articles{test::plain(
        "On Monday the mayor of New York, Ursula von der Heyden, opened the bridge. The bridge "
        "cost 40 million, said Ursula von der Heyden. It was the first that New York has built "
        "since the war. Critics of von der Heyden were not there.",
        "en")};
    const auto terms = cluster(articles).stories[0].key_terms;
    const auto has = [&](const char* term) {
        return std::find(terms.begin(), terms.end(), term) != terms.end();
    };
    CAPTURE(terms);
    CHECK(has("Ursula von der Heyden"));
    CHECK(has("New York"));
    for (const char* part : {"Ursula", "Heyden", "York", "New", "Monday", "40", "million"}) {
        INFO(part);
        CHECK_FALSE(has(part));
    }
}

TEST_CASE("story: of the forms of one word one is a key term") {
    std::vector<Article> articles{test::plain(
        "The ferries of Norvik are late. A ferry to Norvik broke down, and Norvik's mayor said "
        "that the ferry was old. The harbour of Norvik was closed.",
        "en")};
    const auto terms = cluster(articles).stories[0].key_terms;
    CAPTURE(terms);
    CHECK(terms.front() == "Norvik");
    CHECK(std::count_if(terms.begin(), terms.end(), [](const std::string& term) {
              return term.find("orvik") != std::string::npos;
          }) == 1);
    CHECK(std::count_if(terms.begin(), terms.end(),
                        [](const std::string& term) { return term.starts_with("ferr"); }) <= 1);
}

TEST_CASE("story: key terms are what the reports share and other stories lack") {
    const auto& articles = test::example_articles();
    const StoryClusters clusters = cluster(articles);
    const auto terms_of = [&](const char* id) {
        for (const Story& story : clusters.stories)
            for (const std::size_t member : story.members)
                if (articles[member].id == id)
                    return story.key_terms;
        return std::vector<std::string>{};
    };
    const auto painting = terms_of("painting-fr-1");
    CHECK(std::any_of(painting.begin(), painting.end(), [](const std::string& term) {
        return term.find("Delorme") != std::string::npos || term == "Sète";
    }));
}

TEST_CASE("story: the id comes from the members' ids alone") {
    auto articles = examples({"quake-it-1", "quake-it-2"});
    const std::string id = cluster(articles).stories[0].id;
    std::swap(articles[0], articles[1]);
    articles[0].title += " – live";
    CHECK(cluster(articles).stories[0].id == id);
    articles[0].id += "x";
    CHECK(cluster(articles).stories[0].id != id);
    // Where one id ends and the next begins matters.
    articles[0].id = "quake-it-1quake";
    articles[1].id = "-it-2";
    CHECK(cluster(articles).stories[0].id != id);
}

TEST_CASE("story: without ids, or with the same ones, stories have ids of their own") {
    auto articles = examples({"quake-it-1", "quake-it-2", "moon-ja-1", "ferry-en-1", "rates-de-1"});
    const auto ids_of = [](const std::vector<Article>& some) {
        std::set<std::string> ids;
        for (const Story& story : cluster(some).stories)
            CHECK(ids.insert(story.id).second);
        return ids;
    };
    for (const bool all : {true, false}) {
        for (const char* id : {"", "the same"}) {
            for (std::size_t i = 0; i < articles.size(); ++i)
                if (all || i < 4)
                    articles[i].id = id;
            auto more = articles;
            more.resize(9); // some that are the same in all fields, stories of their own
            for (std::size_t i = articles.size(); i < more.size(); ++i)
                more[i].id = id;
            const auto ids = ids_of(more);
            CHECK(ids.size() == 8);
            for (const std::uint64_t seed : {1U, 2U, 3U})
                CHECK(ids_of(test::shuffled(more, seed)) == ids);
            // Each field tells one from another.
            const auto changed = [&](const std::function<void(Article&)>& change) {
                auto others = more;
                change(others[2]);
                auto others_ids = ids_of(others);
                CHECK(others_ids.size() == 8);
                std::erase_if(others_ids,
                              [&](const std::string& one) { return ids.contains(one); });
                return others_ids.size() == 1;
            };
            CHECK(changed([](Article& article) { article.title += "!"; }));
            CHECK(changed([](Article& article) { article.text += "!"; }));
            CHECK(changed([](Article& article) { article.source += "!"; }));
            CHECK(changed([](Article& article) {
                article.published = std::chrono::sys_seconds{std::chrono::days{1}};
            }));
        }
        articles = examples({"quake-it-1", "quake-it-2", "moon-ja-1", "ferry-en-1", "rates-de-1"});
    }
}

TEST_CASE("story: a title for each language, without its publisher, most frequent language first") {
    auto articles = examples({"quake-it-1", "quake-it-2", "quake-en-1", "quake-de-1"});
    for (Article& article : articles)
        article.language = article.id.substr(6, 2);
    articles[2].title += " | BBC News";
    articles[3].title = " ";
    const StoryClusters clusters = cluster(articles);
    REQUIRE(clusters.stories.size() == 1);
    const Story& story = clusters.stories[0];
    REQUIRE(story.titles.size() == 2); // the German one has no title
    CHECK(story.titles[0].language == "it");
    CHECK(story.titles[0].title == articles[story.titles[0].article].title);
    CHECK(story.titles[0].article < 2);
    CHECK(story.titles[1].language == "en");
    CHECK(story.titles[1].title == example("quake-en-1").title);
    CHECK(story.titles[1].article == 2);
    for (Article& article : articles)
        article.title.clear();
    CHECK(cluster(articles).stories[0].titles.empty());
}

TEST_CASE("story: its title has no publisher either") {
    std::vector<Article> articles{example("quake-en-1")};
    const std::string title = articles[0].title;
    articles[0].title = ' ' + title + " - BBC News";
    const Story story = cluster(articles).stories[0];
    CHECK(story.title == title);
    REQUIRE(story.titles.size() == 1);
    CHECK(story.titles[0].title == title);
}

TEST_CASE("story: distinct sources are counted") {
    auto articles = examples({"quake-it-1", "quake-it-2", "quake-en-1", "quake-de-1"});
    for (Article& article : articles)
        article.source.clear();
    CHECK(cluster(articles).stories[0].sources == 0);
    articles[0].source = "ansa.example";
    articles[1].source = "ansa.example";
    articles[2].source = "herald.example";
    CHECK(cluster(articles).stories[0].sources == 2);
}

TEST_CASE("story: a blurb does not stand for articles, nor do ten prints of one text") {
    auto articles = examples({"quake-it-1", "quake-en-1", "quake-de-1"});
    Article blurb = example("quake-it-2");
    blurb.id = "a-blurb";
    blurb.text = blurb.text.substr(0, blurb.text.find(". ") + 1);
    articles.push_back(blurb);
    for (Article& article : articles)
        article.source.clear();
    StoryClusters clusters = cluster(articles);
    REQUIRE(clusters.stories.size() == 1);
    const std::string before = articles[clusters.stories[0].representative].id;
    CHECK(before != "a-blurb");
    // However often the blurb is printed.
    for (int i = 0; i < 9; ++i) {
        articles.push_back(blurb);
        articles.back().id += std::to_string(i);
    }
    clusters = cluster(articles);
    CHECK(articles[clusters.stories[0].representative].id == before);
}

TEST_CASE("story: one outlet's many reports count as one") {
    auto articles = examples({"quake-it-1", "quake-it-2", "quake-en-1", "quake-de-1"});
    articles[0].source = "one.example";
    articles[1].source = "two.example";
    articles[2].source = "three.example";
    articles[3].source = "four.example";
    const StoryClusters apart = cluster(articles);
    REQUIRE(apart.stories.size() == 1);
    CHECK(apart.stories[0].sources == 4);
    const std::size_t representative = apart.stories[0].representative;
    for (std::size_t i = 0; i < 4; ++i)
        for (int print = 0; print < 5; ++print)
            if (i != representative) { // each text five times by its own outlet
                articles.push_back(articles[i]);
                articles.back().id += "-print-" + std::to_string(print);
            }
    const StoryClusters printed = cluster(articles);
    REQUIRE(printed.stories.size() == 1);
    CHECK(printed.stories[0].sources == 4);
    CHECK(printed.stories[0].representative == representative);
}

TEST_CASE("story: the earliest report, where the dates say which") {
    auto articles = examples({"quake-it-1", "quake-it-2", "quake-en-1"});
    const std::chrono::sys_seconds day{std::chrono::days{20000}};
    const auto earliest = [&] { return cluster(articles).stories[0].earliest; };
    articles[0].published = day + std::chrono::hours{5};
    articles[1].published.reset();
    articles[2].published = day + std::chrono::hours{4};
    CHECK(earliest() == std::optional<std::size_t>{2});
    articles[2].published = articles[0].published; // at the same time
    CHECK_FALSE(earliest());
    articles[2].published = day; // that day, no one knows when
    CHECK_FALSE(earliest());
    articles[2].published = day - std::chrono::days{1};
    CHECK(earliest() == std::optional<std::size_t>{2});
    articles[0].published.reset(); // one date alone says nothing
    CHECK_FALSE(earliest());
}

TEST_CASE("story: each member's strongest link is the likeliest other member") {
    const auto articles =
        examples({"quake-it-1", "quake-it-2", "quake-en-1", "quake-de-1", "moon-ja-1"});
    const StoryClusters clusters = cluster(articles);
    REQUIRE(clusters.stories.size() == 2);
    const Comparer comparer{test::default_model(), articles};
    for (const StoryLink& link : clusters.stories[0].links) {
        INFO(articles[link.member].id);
        REQUIRE(link.strongest);
        double best = 0;
        for (std::size_t other = 0; other < 4; ++other)
            if (other != link.member)
                best = std::max(
                    best, comparer.compare(articles[link.member], articles[other]).probability);
        CHECK(link.strongest->probability == Approx(best).margin(1e-6));
        CHECK(link.strongest->member != link.member);
    }
    CHECK_FALSE(clusters.stories[1].links[0].strongest);

    const auto reasons = explain_links(comparer, clusters, articles, 2);
    REQUIRE(reasons.size() == articles.size());
    CHECK_FALSE(reasons[4]);
    for (const StoryLink& link : clusters.stories[0].links) {
        REQUIRE(reasons[link.member]);
        const Comparison same =
            comparer.compare(articles[link.member], articles[link.strongest->member]);
        CHECK(reasons[link.member]->probability == same.probability);
        CHECK(reasons[link.member]->relation == same.relation);
        CHECK(reasons[link.member]->explanation.contributions.size() ==
              same.explanation.contributions.size());
    }
    CHECK_THROWS_AS(explain_links(comparer, clusters, std::span(articles).first(2)), Error);
}
