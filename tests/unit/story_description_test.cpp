// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/stories.hpp"

#include <fabula/story.hpp>

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
    for (const std::string blank : {"", "  \n"}) {
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

TEST_CASE("story: key terms stand in the representative, as many as asked for") {
    for (const std::size_t wanted : {0, 1, 6, 100}) {
        ClusterOptions options;
        options.key_terms = wanted;
        const auto& articles = test::example_articles();
        for (const Story& story : cluster(articles, options).stories) {
            const Article& told = articles[story.representative];
            INFO(told.id);
            CHECK(story.key_terms.size() <= wanted);
            if (wanted <= 6)
                CHECK(story.key_terms.size() == wanted);
            for (const std::string& term : story.key_terms)
                CHECK((told.title.find(term) != std::string::npos ||
                       told.text.find(term) != std::string::npos));
            auto sorted = story.key_terms;
            std::sort(sorted.begin(), sorted.end());
            CHECK(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end());
        }
    }
}

TEST_CASE("story: key terms are what the tellings share and other stories lack") {
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
        return term == "Delorme" || term == "Sète" || term == "Lazare" || term == "Ferradj";
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
