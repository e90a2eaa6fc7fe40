// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"

#include <fabula/pipeline.hpp>
#include <fabula/story.hpp>

#include <filesystem>

using namespace fabula;

TEST_CASE("reasons: those of the clustering, whatever its options") {
    std::vector<Article> articles = test::example_articles();
    const std::size_t count = articles.size();
    for (std::size_t i = 0; i < count; i += 4) { // the same in every field, and but for the source
        articles.push_back(articles[i]);
        if (i % 8 == 0)
            articles.back().source = "other.example";
    }
    ClusterOptions window;
    window.time_window = std::chrono::hours{36};
    ClusterOptions neighbours;
    neighbours.max_neighbours = 6;
    ClusterOptions indexed;
    indexed.exact_below = 0;
    for (const ClusterOptions& options : {ClusterOptions{}, window, neighbours, indexed}) {
        const StoryClusters clusters =
            StoryClusterer{test::default_model(), options}.cluster(articles);
        const Comparer comparer{test::default_model(), articles, options.comparer_options()};
        const auto reasons = explain_links(comparer, clusters, articles);
        std::size_t linked = 0;
        for (const Story& story : clusters.stories)
            for (const StoryLink& link : story.links) {
                CHECK(reasons[link.member].has_value() == link.strongest.has_value());
                if (!link.strongest)
                    continue;
                ++linked;
                INFO(articles[link.member].id << " and " << articles[link.strongest->member].id
                                              << ", window " << options.time_window.count() << ", "
                                              << options.max_neighbours);
                CHECK(reasons[link.member]->probability ==
                      Approx(link.strongest->probability).margin(1e-6));
            }
        CHECK(linked > 60);
    }
}

TEST_CASE("reasons: a comparer starts no threads where one is asked for") {
    const std::filesystem::path running = "/proc/self/task";
    if (!std::filesystem::exists(running))
        SKIP("threads are not listed here");
    const auto threads = [&] {
        return std::distance(std::filesystem::directory_iterator(running), {});
    };
    const auto before = threads();
    ClusterOptions options;
    options.threads = 1;
    const auto& articles = test::example_articles();
    const StoryClusters clusters = StoryClusterer{test::default_model(), options}.cluster(articles);
    const Comparer comparer{test::default_model(), articles, options.comparer_options()};
    CHECK_FALSE(explain_links(comparer, clusters, articles, 1).empty());
    CHECK(threads() == before);
    ComparerOptions bad;
    bad.threads = 1025;
    CHECK_THROWS_WITH(Comparer(test::default_model(), articles, bad),
                      Catch::Matchers::ContainsSubstring("threads is 1025"));
    bad = {};
    bad.time_window = std::chrono::seconds{-1};
    CHECK_THROWS_WITH(Comparer(test::default_model(), articles, bad),
                      Catch::Matchers::ContainsSubstring("time_window is -1"));
}
