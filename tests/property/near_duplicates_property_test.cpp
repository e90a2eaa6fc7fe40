// SPDX-License-Identifier: Apache-2.0
#include "near_duplicates/near_duplicates.hpp"
#include "reference/near_duplicates.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/sanitizer.hpp"
#include "support/stories.hpp"
#include "support/wire.hpp"

#include <fabula/pipeline.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <set>

using namespace fabula;
using test::facts_of;

namespace {

using detail::LexicalFeatures;
constexpr std::chrono::seconds always{0};

std::vector<LexicalFeatures> evidence_of(const std::vector<Article>& articles) {
    TextAnalyzer analyzer;
    std::vector<LexicalFeatures> out;
    for (const Article& article : articles) {
        const auto analyzed =
            detail::analyze_article(article, test::default_model(), {}, analyzer, Sentences::skip);
        out.push_back(detail::extract_lexical_features(
            analyzed, article, detail::ModelData::of(test::default_model())));
    }
    return out;
}

StoryClusters cluster(const std::vector<Article>& articles, const ClusterOptions& options = {}) {
    return StoryClusterer{test::default_model(), options}.cluster(articles);
}

/// The ids of each story's members.
std::set<std::set<std::string>> stories_of(const StoryClusters& clusters,
                                           const std::vector<Article>& articles) {
    std::set<std::set<std::string>> out;
    for (const Story& story : clusters.stories) {
        std::set<std::string> ids;
        for (const std::size_t member : story.members)
            ids.insert(articles[member].id);
        out.insert(std::move(ids));
    }
    return out;
}

Article follow_up() {
    Article article = test::plain(
        "Two tugs pulled the freighter Amalthea off the rocks near Kavala on Friday. No potash had "
        "leaked from the ship, divers of the Hellenic coast guard reported after they had looked "
        "at "
        "its hull. The freighter was towed to Piraeus, where the inquiry into its engine goes on. "
        "Its captain lost his licence for the time being.",
        "en");
    article.id = "follow-up";
    return article;
}

/// Random sketches in families, some with marks, some in other languages, some dated.
std::vector<LexicalFeatures> random_evidence(test::Random& random, std::size_t count) {
    std::vector<LexicalFeatures> out(count);
    for (LexicalFeatures& article : out) {
        const std::uint32_t family = random.number(8);
        const std::uint32_t size = family < 2 ? 5 + family : 150;
        article.language = static_cast<int>(random.number(8)) / 7;
        for (std::uint32_t i = 0; i < size; ++i)
            article.sketch.add(
                static_cast<std::uint32_t>(detail::shingle_hash(std::vector<std::uint64_t>{
                    family, i, random.number(30) == 0 ? random.number(1000) + 1 : 0})));
        if (random.number(4) == 0) {
            detail::RequiredTerm mark{};
            mark.key = random.number(2) & 1U;
            mark.is_number = 1;
            article.required_terms = {mark};
        }
        if (random.number(2) == 0)
            article.published = std::chrono::sys_seconds{std::chrono::seconds{random.number(1000)}};
    }
    return out;
}

} // namespace

TEST_CASE("near-duplicates: the lookup by rare values gives what looking at each pair gives") {
    test::Random random(1);
    for (int round = 0; round < 20; ++round) {
        const auto lexical = random_evidence(random, 400);
        for (const std::chrono::seconds window :
             {always, std::chrono::seconds{300}, std::chrono::seconds{5}}) {
            const auto representatives = detail::find_near_duplicates(lexical, window);
            INFO("round " << round << ", window " << window.count());
            CHECK(representatives == test::find_near_duplicates_naive(lexical, window));
            const std::size_t alone = detail::unique_articles(representatives).size();
            CHECK(alone > 10);
            CHECK((window != always || alone < 350));
            for (std::size_t i = 0; i < representatives.size(); ++i)
                if (representatives[representatives[i]] != representatives[i] ||
                    representatives[i] > i)
                    FAIL(i << " has the representative " << representatives[i]);
        }
    }
}

TEST_CASE("near-duplicates: 2,000 near-duplicates of one report and a follow-up") {
    const std::size_t count = test::size_or(2000, 200);
    std::vector<Article> articles;
    for (std::size_t i = 0; i < count; ++i)
        articles.push_back(test::wire_print(i));
    articles.insert(articles.begin() + 77, follow_up());
    const auto representatives = detail::find_near_duplicates(evidence_of(articles), always);
    CHECK(detail::unique_articles(representatives).size() < 12);
    CHECK(representatives[77] == 77);
    const StoryClusters clusters = cluster(articles);
    REQUIRE(clusters.stories.size() <= 2);
    CHECK(clusters.stories[0].members.size() >= count);
    for (const StoryLink& link : clusters.stories[0].links)
        if (link.member != 77)
            CHECK(link.relation == Relation::duplicate);
    // The follow-up is where it is beside a single article.
    const StoryClusters two = cluster({test::wire_print(0), follow_up()});
    CHECK(two.stories.size() == clusters.stories.size());
}

TEST_CASE("near-duplicates: articles of one template with other names and numbers are none") {
    std::vector<Article> articles;
    for (std::size_t i = 0; i < test::size_or(1000, 200); ++i)
        articles.push_back(test::template_article(i));
    const auto representatives = detail::find_near_duplicates(evidence_of(articles), always);
    CHECK(detail::unique_articles(representatives).size() == articles.size());
}

TEST_CASE("near-duplicates: one more near-duplicate leaves every other story as it was") {
    const std::vector<Article>& articles = test::example_articles();
    const auto before = stories_of(cluster(articles), articles);
    for (std::size_t i = 0; i < articles.size(); i += 10)
        for (const char* prefix : {"0-", "zz-"}) { // before all others, and behind
            std::vector<Article> more = articles;
            more.push_back(articles[i]);
            more.back().id = prefix + articles[i].id;
            auto after = stories_of(cluster(more), more);
            std::set<std::set<std::string>> without;
            for (std::set<std::string> ids : after) {
                CHECK(ids.contains(more.back().id) == ids.contains(articles[i].id));
                ids.erase(more.back().id);
                if (!ids.empty())
                    without.insert(std::move(ids));
            }
            INFO(more.back().id);
            CHECK(without == before);
        }
}

TEST_CASE("near-duplicates: neither the order of the articles nor the number of threads changes a "
          "story") {
    std::vector<Article> articles = test::example_articles();
    for (std::size_t i = 0; i < 60; ++i) {
        articles.push_back(test::wire_print(i));
        articles.push_back(test::template_article(i));
    }
    articles.push_back(follow_up());
    for (std::size_t i = 0; i < articles.size(); i += 3)
        articles[i].published =
            std::chrono::sys_seconds{std::chrono::days{20000} + std::chrono::hours{i}};
    for (const std::chrono::seconds window : {always, std::chrono::seconds{86400}}) {
        ClusterOptions options;
        options.time_window = window;
        options.threads = 1;
        const auto expected = facts_of(cluster(articles, options), articles);
        options.threads = 3;
        CHECK(facts_of(cluster(articles, options), articles) == expected);
        for (const std::uint64_t seed : {1, 2}) {
            const auto moved = test::shuffled(articles, seed);
            CHECK(facts_of(cluster(moved, options), moved) == expected);
        }
    }
}

TEST_CASE("near-duplicates: those of an article without a vector") {
    std::vector<Article> articles = test::example_articles();
    for (Article& article : articles)
        article.language = "tlh"; // no model has it
    const std::size_t count = articles.size();
    for (std::size_t i = 0; i < count; i += 4) {
        articles.push_back(articles[i]);
        articles.back().id = "copy-" + articles[i].id;
    }
    const auto labels = test::labels_of(cluster(articles), articles.size());
    for (std::size_t i = count; i < articles.size(); ++i)
        CHECK(labels[i] == labels[(i - count) * 4]);
}

TEST_CASE("near-duplicates: one headline, however short and however often, is one story") {
    struct Headline {
        const char* title;
        const char* text;
        std::size_t count;
    };
    for (const auto& [title, text, count] :
         {Headline{"", "Goal", 2000}, Headline{"", "Weather", 25000},
          Headline{"Storm closes the northern harbour", "", 2000},
          Headline{"Storm closes harbour", "More follows", 2000}}) {
        std::vector<Article> articles(test::size_or(count, 700));
        for (std::size_t i = 0; i < articles.size(); ++i) {
            articles[i].id = std::to_string(i);
            articles[i].title = title;
            articles[i].text = text;
            articles[i].language = "en";
            articles[i].source = std::to_string(i % 40) + ".example";
        }
        const StoryClusters clusters = cluster(articles);
        INFO(title << '/' << text);
        REQUIRE(clusters.outcomes.front().status == EmbeddingStatus::ok);
        REQUIRE(clusters.stories.size() == 1);
        CHECK(clusters.stories.front().members.size() == articles.size());
        for (const StoryLink& link : clusters.stories.front().links)
            if (link.relation != Relation::duplicate)
                FAIL(link.member << " is no duplicate");
    }
}

TEST_CASE("near-duplicates: one short title on different texts makes no near-duplicates, nor does "
          "no text at all") {
    std::vector<Article> articles;
    for (const char* text : {"Weather", "Goal", "Harbour", "Potash", "Divers"}) {
        articles.push_back(test::plain(text, "en"));
        articles.back().title = "Live";
        articles.back().id = text;
    }
    for (const char* id : {"first", "second"}) {
        articles.push_back({});
        articles.back().id = id;
        articles.push_back(test::plain("Some words", "xx")); // no model has it
        articles.back().id = std::string(id) + "-foreign";
    }
    const auto representatives = detail::find_near_duplicates(evidence_of(articles), always);
    CHECK(detail::unique_articles(representatives).size() == articles.size());
    articles.push_back(articles.front());
    articles.back().id = "copy";
    CHECK(detail::find_near_duplicates(evidence_of(articles), always).back() == 0);
}
