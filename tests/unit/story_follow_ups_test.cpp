// SPDX-License-Identifier: Apache-2.0
#include "story/follow_ups.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"

#include <fabula/pipeline.hpp>

#include <chrono>
#include <map>
#include <numeric>
#include <string>
#include <vector>

using namespace fabula;
using namespace std::chrono_literals;
using detail::FollowedCluster;
using detail::LexicalFeatures;

namespace {

constexpr std::chrono::sys_seconds start = std::chrono::sys_days{std::chrono::March / 1 / 2026};

/// Articles in a graph, each with its cluster, day and names.
struct Collection {
    SimilarityGraph graph{0, {}, 0.01F};
    std::vector<std::uint32_t> labels;
    std::vector<std::uint32_t> representatives;
    std::vector<LexicalFeatures> lexical;
    std::vector<std::optional<std::chrono::sys_seconds>> times;

    void add(std::uint32_t label, std::optional<int> day, std::vector<std::uint32_t> names,
             float weight = 10) {
        const auto number = static_cast<std::uint32_t>(labels.size());
        labels.push_back(label);
        representatives.push_back(number);
        times.push_back(day ? std::optional(start + std::chrono::days{*day}) : std::nullopt);
        LexicalFeatures features;
        for (const std::uint32_t name : names)
            features.terms.emplace_back(name, weight, true);
        features.sketch.add(1'000 + number);
        lexical.push_back(std::move(features));
        graph.nodes = labels.size();
    }
    void join(std::uint32_t a, std::uint32_t b, float probability) {
        graph.edges.push_back({a, b, probability});
    }
    [[nodiscard]] std::vector<std::optional<FollowedCluster>> follow_ups() const {
        std::vector<std::vector<std::uint32_t>> members(
            *std::max_element(labels.begin(), labels.end()) + 1);
        for (std::uint32_t i = 0; i < labels.size(); ++i)
            members[labels[i]].push_back(i);
        return detail::find_follow_ups(graph, {true, false}, labels, representatives, lexical,
                                       times, detail::count_terms(members, lexical, 1));
    }
};

} // namespace

TEST_CASE("follow-ups: the later of two that share names, and why") {
    Collection two;
    two.add(0, 5, {1, 2, 3});
    two.add(1, 0, {2, 3, 4});
    two.join(0, 1, 0.4F);
    const auto found = two.follow_ups();
    REQUIRE(found.size() == 2);
    REQUIRE(found[0]);
    CHECK_FALSE(found[1]);
    CHECK(found[0]->cluster == 1);
    CHECK(found[0]->article == 0);
    CHECK(found[0]->earlier_article == 1);
    CHECK(found[0]->probability == Approx(0.4));
    CHECK(found[0]->names == std::vector<std::uint32_t>{2, 3});
}

TEST_CASE("follow-ups: none by one name, by ordinary names, by form, without dates, or too late") {
    const auto follows = [](auto&& change) {
        Collection two;
        two.add(0, 0, {2, 3, 4});
        change(two);
        two.join(0, 1, 0.4F);
        return two.follow_ups()[1].has_value();
    };
    CHECK(follows([](Collection& c) { c.add(1, 5, {1, 2, 3}); }));
    CHECK_FALSE(follows([](Collection& c) { c.add(1, 5, {1, 2, 9}); }));
    CHECK_FALSE(follows([](Collection& c) { c.add(1, 5, {1, 2, 3}, 6.9F); }));
    CHECK_FALSE(follows([](Collection& c) { c.add(1, std::nullopt, {1, 2, 3}); }));
    CHECK_FALSE(follows([](Collection& c) { c.add(1, 0, {1, 2, 3}); }));
    CHECK(follows([](Collection& c) { c.add(1, 60, {1, 2, 3}); }));
    CHECK_FALSE(follows([](Collection& c) { c.add(1, 61, {1, 2, 3}); }));
    CHECK_FALSE(follows([](Collection& c) {
        c.add(1, 5, {1, 2, 3});
        c.lexical[1].sketch = c.lexical[0].sketch;
    }));
    // Without capitals, any rare word may be a name.
    CHECK_FALSE(follows([](Collection& c) {
        c.add(1, 5, {1, 2, 3});
        c.lexical[0].language = c.lexical[1].language = 1;
    }));
    CHECK(follows([](Collection& c) {
        c.add(1, 5, {1, 2, 3});
        c.lexical[0].language = 1;
        c.lexical[1].language = 0;
    }));
    CHECK(follows([](Collection& c) {
        c.lexical[0].terms.emplace_back(5, 10.0F, true);
        c.lexical[0].terms.emplace_back(6, 10.0F, true);
        c.add(1, 5, {2, 3, 5, 6});
        c.lexical[0].language = c.lexical[1].language = 1;
    }));
    // Names that five more stories have are the topic's.
    CHECK_FALSE(follows([](Collection& c) {
        c.add(1, 5, {1, 2, 3});
        for (std::uint32_t i = 2; i < 7; ++i)
            c.add(i, 5, {2, 3});
    }));
}

TEST_CASE("follow-ups: scripts with capitals and without") {
    for (const char* tag : {"en", "ru", "el", "hy", "sr-Latn", "xx", ""})
        CHECK(detail::has_capitals(tag));
    for (const char* tag : {"zh", "ja", "ko", "ar", "he", "hi", "th", "am"})
        CHECK_FALSE(detail::has_capitals(tag));
}

TEST_CASE("follow-ups: the likeliest of several, each report by its best, near-duplicates once") {
    Collection some;
    some.add(0, 0, {1, 2});
    some.add(0, 0, {1, 2});
    some.add(1, 1, {1, 2});
    some.add(2, 4, {1, 2});
    some.add(2, 4, {1, 2});
    some.add(2, 4, {1, 2});
    some.representatives[5] = 4; // a near-duplicate, which has no edges
    some.join(0, 3, 0.6F);
    some.join(1, 3, 0.5F);
    some.join(1, 4, 0.7F);
    some.join(2, 3, 0.9F); // and 4 with 2 is missing
    const auto found = some.follow_ups();
    REQUIRE(found[2]);
    CHECK(found[2]->cluster == 0);
    CHECK(found[2]->probability == Approx((0.6 + 0.7) / 2));
    CHECK(found[2]->article == 4);
    CHECK(found[2]->earlier_article == 1);
    CHECK_FALSE(found[1]); // nothing joins it to the first

    some.graph.edges.pop_back();
    some.join(2, 3, 0.39F);
    some.join(0, 2, 0.3F);
    CHECK(some.follow_ups()[1]->cluster == 0);
    some.graph.edges.back().probability = 0.19F;
    CHECK_FALSE(some.follow_ups()[1]);
}

TEST_CASE("follow-ups: an affair of months, beside another and beside other stories") {
    const auto told = [](const char* id, const char* title, const char* text, int day) {
        Article article = test::plain(text, "en");
        article.id = id;
        article.title = title;
        article.published = start + std::chrono::days{day};
        return article;
    };
    std::vector<Article> articles = test::example_articles();
    const std::size_t first = articles.size();
    articles.push_back(told(
        "arrest", "Two engineers arrested over the Skarnholt dam",
        "Police have arrested two engineers who are suspected of having signed inspections of the "
        "Skarnholt dam that were never made. The flats of Torvald Engenes and of a colleague, and "
        "the archive of their firm, were searched at dawn, and three lorries of files were taken "
        "away. A lawyer said that the accusation came as a surprise.",
        0));
    articles.push_back(told(
        "verdict", "Six years in prison for cracks that he kept silent about",
        "Torvald Engenes bent his head when the judge read the sentence: six years. In her eyes "
        "the firm had pressed for a cheaper concrete, and he alone had known of the cracks. "
        "Relatives of the nine dead wept in the hall. The prosecutor will appeal, and the town of "
        "Skarnholt wants to claim damages for the bridge and the school.",
        50));
    articles.push_back(told(
        "other", "Baker on trial for arson in Lindeborg",
        "A baker is on trial in Lindeborg for having set fire to his own shop. The prosecution "
        "asks for three years in prison. The defence says that an old oven was the cause.",
        51));
    const StoryClusters clusters = StoryClusterer{test::default_model()}.cluster(articles);
    std::map<std::string, const Story*> story_of;
    for (const Story& story : clusters.stories)
        for (const std::size_t member : story.members)
            story_of[articles[member].id] = &story;
    const Story& verdict = *story_of["verdict"];
    REQUIRE(&verdict != story_of["arrest"]);
    REQUIRE(verdict.follows);
    CHECK(verdict.follows->id == story_of["arrest"]->id);
    CHECK(verdict.follows->article == first + 1);
    CHECK(verdict.follows->its_article == first);
    CHECK(verdict.follows->probability >= detail::least_follow_up);
    CHECK(verdict.follows->names == std::vector<std::string>{"Torvald", "Engenes", "Skarnholt"});
    CHECK_FALSE(story_of["other"]->follows);
    CHECK_FALSE(story_of["arrest"]->follows);
}
