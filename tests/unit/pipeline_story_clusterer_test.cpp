// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/stories.hpp"

#include <fabula/clustering.hpp>
#include <fabula/error.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <limits>
#include <optional>
#include <set>
#include <stop_token>
#include <thread>

using namespace fabula;
using test::example;

namespace {

Article made(std::string id, std::string text, std::string language = "en") {
    Article article = test::plain(std::move(text), std::move(language));
    article.id = std::move(id);
    return article;
}

StoryClusters cluster(std::span<const Article> articles, const ClusterOptions& options = {}) {
    return StoryClusterer{test::default_model(), options}.cluster(articles);
}

/// The story that has the article.
const Story& story_of(const StoryClusters& clusters, std::size_t article) {
    for (const Story& story : clusters.stories)
        if (std::binary_search(story.members.begin(), story.members.end(), article))
            return story;
    throw std::runtime_error{"an article without a story"};
}

} // namespace

TEST_CASE("stories: none of nothing") {
    std::vector<Progress> seen;
    ClusterOptions options;
    options.progress = [&](const Progress& progress) { seen.push_back(progress); };
    const StoryClusters clusters = cluster({}, options);
    CHECK(clusters.stories.empty());
    CHECK(clusters.outcomes.empty());
    REQUIRE_FALSE(seen.empty());
    CHECK(seen.back().of_all == 1);
}

TEST_CASE("stories: one article is one story") {
    const std::vector<Article> articles{example("moon-ja-1")};
    const StoryClusters clusters = cluster(articles);
    REQUIRE(clusters.stories.size() == 1);
    const Story& story = clusters.stories[0];
    CHECK(story.members == std::vector<std::size_t>{0});
    CHECK(story.representative == 0);
    CHECK(story.title == articles[0].title);
    CHECK(story.languages == std::vector<std::string>{"ja"});
    CHECK(story.cohesion == Approx(1).margin(1e-5));
    CHECK(story.first_published == articles[0].published);
    CHECK(story.last_published == articles[0].published);
    CHECK(story.id.size() == 16);
    CHECK(story.id.find_first_not_of("0123456789abcdef") == std::string::npos);
    REQUIRE(story.links.size() == 1);
    CHECK(story.links[0].member == 0);
    CHECK(story.links[0].relation == Relation::duplicate);
    CHECK(story.links[0].probability == 1);
}

TEST_CASE("stories: odd articles are stories of their own and say why") {
    std::vector<Article> articles{made("empty", ""),
                                  example("quake-it-1"),
                                  made("emoji", "🎉🎉", ""),
                                  made("emoji-too", "🎉🎉", ""),
                                  made("numbers", "12 2026"),
                                  example("quake-it-2"),
                                  made("foreign", "Some words here", "xx"),
                                  made("foreign-too", "Some words here", "xx"),
                                  made("nul", std::string(40, '\0'), "")};
    const StoryClusters clusters = cluster(articles);
    REQUIRE(clusters.outcomes.size() == articles.size());
    REQUIRE(clusters.stories.size() == articles.size() - 1);
    CHECK(clusters.stories[0].members == std::vector<std::size_t>{1, 5});
    for (const std::size_t odd : {0, 2, 3, 4, 6, 7, 8}) {
        INFO(articles[odd].id);
        CHECK(clusters.outcomes[odd].status == (odd == 6 || odd == 7
                                                    ? EmbeddingStatus::unsupported_language
                                                    : EmbeddingStatus::empty_text));
        const Story& story = story_of(clusters, odd);
        CHECK(story.members.size() == 1);
        CHECK(story.representative == odd);
        CHECK(story.cohesion >= 0);
        CHECK(story.cohesion <= 1);
        CHECK(story.languages == std::vector<std::string>{clusters.outcomes[odd].language});
    }
    CHECK(clusters.outcomes[1].status == EmbeddingStatus::ok);
    CHECK(clusters.outcomes[5].status == EmbeddingStatus::ok);
    CHECK(story_of(clusters, 6).title == "Some words here");
}

TEST_CASE("stories: near-duplicates join their original") {
    std::vector<Article> articles = test::example_articles();
    const std::size_t count = articles.size();
    const auto before = test::labels_of(cluster(articles), count);
    for (std::size_t i = 0; i < count; i += 5) {
        Article copy = articles[i];
        copy.id = "copy-of-" + copy.id;
        articles.push_back(copy);
    }
    const StoryClusters clusters = cluster(articles);
    const auto labels = test::labels_of(clusters, articles.size());
    for (std::size_t i = count; i < articles.size(); ++i) {
        INFO(articles[i].id);
        CHECK(labels[i] == labels[(i - count) * 5]);
    }
}

TEST_CASE("stories: the same article 300 times, and another") {
    std::vector<Article> articles;
    for (int i = 0; i < 300; ++i) {
        articles.push_back(example("ferry-en-1"));
        articles.back().id = "copy-" + std::to_string(i);
    }
    articles.insert(articles.begin() + 100, example("rates-de-1"));
    const StoryClusters clusters = cluster(articles);
    REQUIRE(clusters.stories.size() == 2);
    CHECK(clusters.stories[0].members.size() == 300);
    CHECK(clusters.stories[0].cohesion == Approx(1).margin(1e-4));
    CHECK(clusters.stories[1].members == std::vector<std::size_t>{100});
    // Alike to the last bit: the first by id stands for all.
    CHECK(articles[clusters.stories[0].representative].id == "copy-0");
    for (const StoryLink& link : clusters.stories[0].links)
        CHECK(link.relation == Relation::duplicate);
}

TEST_CASE("stories: ids need not be unique, and may be missing") {
    std::vector<Article> articles{example("quake-it-1"), example("quake-it-1"),
                                  example("rates-de-1")};
    for (Article& article : articles)
        article.id.clear();
    const StoryClusters clusters = cluster(articles);
    REQUIRE(clusters.stories.size() == 2);
    CHECK(clusters.stories[0].members == std::vector<std::size_t>{0, 1});
}

TEST_CASE("stories: a time window keeps distant articles apart") {
    std::vector<Article> articles{example("quake-it-1"), example("quake-it-2")};
    articles[0].published = std::chrono::sys_seconds{std::chrono::days{20000}};
    articles[1].published = *articles[0].published + std::chrono::days{3};
    ClusterOptions options;
    CHECK(cluster(articles, options).stories.size() == 1);
    options.time_window = std::chrono::days{3};
    CHECK(cluster(articles, options).stories.size() == 1);
    options.time_window = std::chrono::days{3} - std::chrono::seconds{1};
    CHECK(cluster(articles, options).stories.size() == 2);
    articles[1].published.reset(); // not known: may be the same day
    CHECK(cluster(articles, options).stories.size() == 1);
}

TEST_CASE("stories: connected components never split what average linkage joins") {
    const auto& articles = test::example_articles();
    ClusterOptions options;
    const auto average = test::labels_of(cluster(articles), articles.size());
    options.method = ClusterMethod::connected_components;
    const StoryClusters chained = cluster(articles, options);
    CHECK_FALSE(chained.stories.empty());
    const auto components = test::labels_of(chained, articles.size());
    for (const std::uint32_t label : components)
        CHECK(label < chained.stories.size());
    CHECK(*std::max_element(components.begin(), components.end()) <=
          *std::max_element(average.begin(), average.end()));
}

TEST_CASE("stories: progress rises to 1, on the calling thread") {
    for (const unsigned threads : {1U, 2U, 5U}) {
        std::vector<Progress> seen;
        bool same_thread = true;
        ClusterOptions options;
        options.threads = threads;
        options.progress = [&, caller = std::this_thread::get_id()](const Progress& progress) {
            same_thread &= std::this_thread::get_id() == caller;
            seen.push_back(progress);
        };
        cluster(test::example_articles(), options);
        CHECK(same_thread);
        REQUIRE(seen.size() >= 4);
        CHECK(seen.front().of_all > 0);
        CHECK(seen.back().of_all == 1);
        CHECK(seen.back().stage == ClusterStage::describing);
        std::set<ClusterStage> finished;
        for (std::size_t i = 0; i < seen.size(); ++i) {
            CHECK(seen[i].of_stage >= 0);
            CHECK(seen[i].of_stage <= 1);
            if (seen[i].of_stage == 1)
                finished.insert(seen[i].stage);
            if (i == 0)
                continue;
            CHECK(seen[i - 1].of_all <= seen[i].of_all);
            CHECK(seen[i - 1].stage <= seen[i].stage);
        }
        CHECK(finished.size() == 4);
    }
}

TEST_CASE("stories: an exception of the progress callback comes out, and the clusterer lives on") {
    ClusterOptions options;
    bool angry = true;
    options.progress = [&](const Progress&) {
        if (angry)
            throw std::runtime_error{"stop"};
    };
    const StoryClusterer clusterer{test::default_model(), options};
    CHECK_THROWS_WITH(clusterer.cluster(test::example_articles()), "stop");
    angry = false;
    CHECK_FALSE(clusterer.cluster(test::example_articles()).stories.empty());
}

TEST_CASE(
    "stories: a stop between stages ends the call with an error, and the clusterer lives on") {
    const std::vector<Article> articles = test::example_articles();
    for (const unsigned threads : {1U, 3U})
        for (const ClusterStage stage :
             {ClusterStage::reading, ClusterStage::comparing, ClusterStage::clustering}) {
            CAPTURE(threads, to_string(stage));
            std::stop_source stop;
            std::optional<ClusterStage> last;
            ClusterOptions options;
            options.threads = threads;
            options.stop = stop.get_token();
            options.progress = [&](const Progress& progress) {
                last = progress.stage;
                if (progress.stage == stage)
                    stop.request_stop();
            };
            try {
                cluster(articles, options);
                FAIL("went on");
            } catch (const Error& error) {
                CHECK(error.code() == Errc::cancelled);
            }
            CHECK(last == stage); // nothing later was begun and finished
        }
    std::stop_source stop;
    ClusterOptions options;
    options.stop = stop.get_token();
    const StoryClusterer clusterer{test::default_model(), options};
    CHECK(clusterer.cluster(articles).stories.size() == cluster(articles).stories.size());
    stop.request_stop();
    CHECK_THROWS_AS(clusterer.cluster(articles), Error);
    CHECK_THROWS_AS(clusterer.partition(articles, std::vector<double>{0.5}), Error);
}

TEST_CASE("stories: options out of range are refused in a sentence") {
    CHECK(ClusterOptions{}.validate().empty());
    const auto refused = [](const ClusterOptions& options, const char* field) {
        INFO(field);
        CHECK_THAT(options.validate(), Catch::Matchers::ContainsSubstring(field));
        try {
            const StoryClusterer clusterer{test::default_model(), options};
            FAIL("made");
        } catch (const Error& error) {
            CHECK(error.code() == Errc::bad_option);
            CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring(field));
        }
    };
    for (const double value : {0.0, 1.0, -0.5, 2.0, std::numeric_limits<double>::quiet_NaN()}) {
        ClusterOptions options;
        options.min_probability = value;
        refused(options, "min_probability");
    }
    ClusterOptions options;
    options.time_window = std::chrono::seconds{-1};
    refused(options, "time_window");
    options = {};
    options.key_terms = 101;
    refused(options, "key_terms");
    options = {};
    options.threads = 1025;
    refused(options, "threads");
}
