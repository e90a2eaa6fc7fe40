// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/stories.hpp"

#include <fabula/clustering.hpp>
#include <fabula/evaluation.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <array>
#include <chrono>
#include <filesystem>
#include <thread>

using namespace fabula;
using test::facts_of;

namespace {

StoryClusters cluster(std::span<const Article> articles, const ClusterOptions& options = {}) {
    return StoryClusterer{test::default_model(), options}.cluster(articles);
}

/// Everything that the header promises of any answer.
void check_invariants(const StoryClusters& clusters, std::span<const Article> articles) {
    REQUIRE(clusters.outcomes.size() == articles.size());
    std::vector<int> seen(articles.size());
    for (std::size_t s = 0; s < clusters.stories.size(); ++s) {
        const Story& story = clusters.stories[s];
        INFO("story " << story.id << ": " << story.title);
        REQUIRE_FALSE(story.members.empty());
        REQUIRE(std::is_sorted(story.members.begin(), story.members.end()));
        for (const std::size_t member : story.members)
            ++seen.at(member);
        CHECK(std::binary_search(story.members.begin(), story.members.end(), story.representative));
        CHECK(story.cohesion >= 0);
        CHECK(story.cohesion <= 1);
        REQUIRE(story.links.size() == story.members.size());
        for (std::size_t i = 0; i < story.links.size(); ++i) {
            CHECK(story.links[i].member == story.members[i]);
            CHECK(story.links[i].relation != Relation::unrelated);
            CHECK(story.links[i].probability >= 0);
            CHECK(story.links[i].probability <= 1);
            const auto& strongest = story.links[i].strongest;
            // Every member of a story is there for the sake of another.
            CHECK(strongest.has_value() == (story.members.size() > 1));
            if (strongest) {
                CHECK(strongest->member != story.members[i]);
                CHECK(std::binary_search(story.members.begin(), story.members.end(),
                                         strongest->member));
                CHECK(strongest->probability >= 0);
                CHECK(strongest->probability <= 1);
            }
        }
        CHECK(story.titles.size() <= story.languages.size());
        for (const StoryTitle& title : story.titles) {
            CHECK_FALSE(title.title.empty());
            CHECK(clusters.outcomes[title.article].language == title.language);
            CHECK(std::binary_search(story.members.begin(), story.members.end(), title.article));
            CHECK(articles[title.article].title.find(title.title) != std::string::npos);
        }
        CHECK(story.sources <= story.members.size());
        if (story.earliest)
            CHECK(articles[*story.earliest].published == story.first_published);
        CHECK(story.first_published.has_value() == story.last_published.has_value());
        CHECK(story.first_published <= story.last_published);
        CHECK_FALSE(story.languages.empty());
        CHECK(story.languages.size() <= story.members.size());
        if (s > 0) {
            const Story& before = clusters.stories[s - 1];
            CHECK((before.members.size() > story.members.size() ||
                   (before.members.size() == story.members.size() &&
                    before.members.front() < story.members.front())));
        }
    }
    for (const int count : seen)
        REQUIRE(count == 1);
}

/// The example articles, some twice, and some that cannot be embedded.
std::vector<Article> mixed_articles() {
    std::vector<Article> articles = test::example_articles();
    for (std::size_t i = 0; i < 70; i += 9) {
        articles.push_back(articles[i]);
        articles.back().id += "-copy";
    }
    for (const char* text : {"", "🎉", "12 34", "\xFF\xFE"}) {
        articles.push_back(test::plain(text));
        articles.back().id = "odd-" + std::to_string(articles.size());
    }
    return articles;
}

} // namespace

TEST_CASE("stories: every promise of the header holds on mixed articles") {
    const auto articles = mixed_articles();
    for (const double min_probability : {0.05, 0.5, 0.95})
        for (const auto method : {ClusterMethod::average_linkage, ClusterMethod::refined_linkage,
                                  ClusterMethod::branch_cut, ClusterMethod::connected_components}) {
            ClusterOptions options;
            options.min_probability = min_probability;
            options.method = method;
            check_invariants(cluster(articles, options), articles);
        }
}

TEST_CASE("stories: the order of the articles changes nothing but their places") {
    const auto articles = mixed_articles();
    const StoryClusters clusters = cluster(articles);
    const auto expected = facts_of(clusters, articles);
    auto reversed = articles;
    std::reverse(reversed.begin(), reversed.end());
    CHECK(facts_of(cluster(reversed), reversed) == expected);
    for (const std::uint64_t seed : {1, 2, 3, 4}) {
        const auto moved = test::shuffled(articles, seed);
        const StoryClusters found = cluster(moved);
        check_invariants(found, moved);
        CHECK(facts_of(found, moved) == expected);
    }
}

TEST_CASE("stories: the number of threads changes nothing at all") {
    const auto articles = mixed_articles();
    ClusterOptions options;
    options.threads = 1;
    const StoryClusters one = cluster(articles, options);
    for (const unsigned threads : {0U, 2U, 5U}) {
        options.threads = threads;
        const StoryClusters found = cluster(articles, options);
        CHECK(facts_of(found, articles) == facts_of(one, articles));
        REQUIRE(found.stories.size() == one.stories.size());
        for (std::size_t i = 0; i < one.stories.size(); ++i)
            CHECK(found.stories[i].members == one.stories[i].members);
        for (std::size_t i = 0; i < articles.size(); ++i) {
            CHECK(found.outcomes[i].status == one.outcomes[i].status);
            CHECK(found.outcomes[i].language == one.outcomes[i].language);
        }
    }
}

TEST_CASE("stories: a scratch directory changes nothing at all, and stays empty") {
    auto articles = mixed_articles();
    const std::chrono::sys_seconds first = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1};
    for (std::size_t i = 0; i < articles.size(); ++i)
        articles[i].published = first + std::chrono::hours{i % 11};
    const test::TempFolder folder;
    for (const std::chrono::seconds time_window : {std::chrono::hours{0}, std::chrono::hours{6}}) {
        ClusterOptions options;
        options.time_window = time_window;
        const StoryClusters in_memory = cluster(articles, options);
        options.scratch_directory = folder.path();
        for (const unsigned threads : {1U, 2U}) {
            options.threads = threads;
            const StoryClusters clusters = cluster(articles, options);
            check_invariants(clusters, articles);
            CHECK(facts_of(clusters, articles) == facts_of(in_memory, articles));
            CHECK(std::filesystem::is_empty(folder.path()));
        }
    }
    ClusterOptions options;
    options.scratch_directory = folder.path() / "missing";
    CHECK_THROWS_WITH(cluster(articles, options),
                      Catch::Matchers::ContainsSubstring(options.scratch_directory.string()));
}

TEST_CASE("stories: clusterers in several threads do not disturb each other") {
    const auto articles = mixed_articles();
    const auto expected = facts_of(cluster(articles), articles);
    ClusterOptions options;
    options.threads = 2;
    const StoryClusterer shared{test::default_model(), options};
    std::array<StoryClusters, 3> found;
    {
        std::vector<std::jthread> threads;
        threads.emplace_back([&] { found[0] = shared.cluster(articles); });
        threads.emplace_back([&] { found[1] = shared.cluster(articles); });
        threads.emplace_back([&] { found[2] = cluster(articles); });
    }
    for (const StoryClusters& result : found)
        CHECK(facts_of(result, articles) == expected);
}

TEST_CASE("stories: a higher min_probability only splits") {
    const auto articles = mixed_articles();
    for (const auto method :
         {ClusterMethod::average_linkage, ClusterMethod::connected_components}) {
        std::vector<std::uint32_t> coarse;
        for (const double min_probability : {0.1, 0.3, 0.5, 0.7, 0.9, 0.99}) {
            ClusterOptions options;
            options.method = method;
            options.min_probability = min_probability;
            const auto labels = test::labels_of(cluster(articles, options), articles.size());
            for (std::size_t i = 0; i < coarse.size(); ++i)
                for (std::size_t j = 0; j < i; ++j)
                    if (labels[i] == labels[j] && coarse[i] != coarse[j])
                        FAIL(articles[i].id << " and " << articles[j].id << " met at "
                                            << min_probability);
            coarse = labels;
        }
    }
}

TEST_CASE("stories: the example articles are told apart") {
    const auto& set = test::example_set();
    std::map<std::string, std::uint32_t> numbers;
    std::vector<std::uint32_t> gold;
    for (const std::string& story : set.gold_stories)
        gold.push_back(
            numbers.emplace(story, static_cast<std::uint32_t>(numbers.size())).first->second);
    const StoryClusters clusters = cluster(set.articles);
    const ClusteringQuality quality =
        evaluate_clustering(test::labels_of(clusters, set.articles.size()), gold);
    CHECK(quality.bcubed.f1 > 0.8);
    CHECK(quality.bcubed.precision > 0.8);
    CHECK(quality.bcubed.recall > 0.7);
}
