// SPDX-License-Identifier: Apache-2.0
#include "scoring/pair_model.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/stories.hpp"

#include <fabula/clustering.hpp>
#include <fabula/error.hpp>
#include <fabula/neighbours.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/story.hpp>

#include <limits>
#include <map>

using namespace fabula;

namespace {

/// The same partition with labels in the order of first members.
Clustering in_order(const std::vector<std::uint32_t>& labels) {
    Clustering out;
    std::map<std::uint32_t, std::uint32_t> numbers;
    for (const std::uint32_t label : labels) {
        const auto next = static_cast<std::uint32_t>(numbers.size());
        out.labels.push_back(numbers.try_emplace(label, next).first->second);
    }
    out.clusters = numbers.size();
    return out;
}

} // namespace

TEST_CASE("partitions: what cluster gives at each value, from one reading") {
    const std::vector<double> values{0.9, 0.05, 0.5, 0.5, 0.999};
    for (const std::uint64_t seed : {1U, 2U}) {
        std::vector<Article> articles = test::shuffled(test::example_articles(), seed);
        articles.push_back(articles[7]); // a true near-duplicate: the same in every field
        articles.push_back({});
        for (const ClusterMethod method :
             {ClusterMethod::average_linkage, ClusterMethod::branch_cut,
              ClusterMethod::connected_components}) {
            ClusterOptions options;
            options.method = method;
            const StoryPartitions all =
                StoryClusterer{test::default_model(), options}.partition(articles, values);
            REQUIRE(all.partitions.size() == values.size());
            for (std::size_t i = 0; i < values.size(); ++i) {
                options.min_probability = values[i];
                const StoryClusters single =
                    StoryClusterer{test::default_model(), options}.cluster(articles);
                INFO("min_probability " << values[i]);
                CHECK(all.partitions[i] == in_order(test::labels_of(single, articles.size())));
                CHECK(all.partitions[i].clusters == single.stories.size());
                REQUIRE(all.outcomes.size() == articles.size());
                for (std::size_t a = 0; a < articles.size(); ++a) {
                    CHECK(all.outcomes[a].language == single.outcomes[a].language);
                    CHECK(all.outcomes[a].status == single.outcomes[a].status);
                }
            }
            CHECK(all.partitions[1].clusters < all.partitions[4].clusters);
        }
    }
}

TEST_CASE("partitions: the scored pairs are sorted, and have the probability of the links") {
    const std::vector<Article> articles = test::shuffled(test::example_articles(), 3);
    const StoryClusterer clusterer{test::default_model()};
    const StoryPartitions all = clusterer.partition(articles, std::vector<double>{0.5});
    REQUIRE_FALSE(all.scored.empty());
    std::map<std::pair<std::size_t, std::size_t>, float> probabilities;
    for (std::size_t i = 0; i < all.scored.size(); ++i) {
        const Edge& edge = all.scored[i];
        CHECK(edge.first < edge.second);
        CHECK(edge.second < articles.size());
        if (i > 0)
            CHECK(std::pair{all.scored[i - 1].first, all.scored[i - 1].second} <
                  std::pair{edge.first, edge.second});
        probabilities[{edge.first, edge.second}] = edge.probability;
    }
    std::size_t links = 0;
    for (const Story& story : clusterer.cluster(articles).stories)
        for (const StoryLink& link : story.links) {
            const auto found = probabilities.find(std::minmax(link.member, story.representative));
            if (found == probabilities.end())
                continue;
            ++links;
            CHECK(static_cast<double>(found->second) == Approx(link.probability).margin(1e-3));
        }
    CHECK(links > 20);
}

TEST_CASE("partitions: pairs less likely than 0.1 count as missing, and no others") {
    const std::vector<Article>& articles = test::example_articles();
    const std::vector<double> values{0.05, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
    const StoryPartitions all = StoryClusterer{test::default_model()}.partition(articles, values);
    const detail::PairModel pair_model(detail::ModelData::of(test::default_model()));
    const auto made_of = [&](double least, double min_probability) {
        SimilarityGraph graph{articles.size(), {}, pair_model.missing_probability()};
        for (const Edge& edge : all.scored)
            if (static_cast<double>(edge.probability) >= least)
                graph.edges.push_back(edge);
        ClusteringOptions options;
        options.min_probability = min_probability;
        return cluster_graph(graph, options);
    };
    std::size_t other = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        INFO(values[i]);
        CHECK(all.partitions[i] == made_of(std::min(0.1, values[i]), values[i]));
        other += all.partitions[i] == made_of(0.5, values[i]) ? 0 : 1;
    }
    CHECK(other > 0); // it does matter
}

TEST_CASE("partitions: of nothing, and at no value") {
    const StoryClusterer clusterer{test::default_model()};
    const StoryPartitions nothing =
        clusterer.partition(std::vector<Article>{}, std::vector<double>{0.5});
    REQUIRE(nothing.partitions.size() == 1);
    CHECK(nothing.partitions[0].clusters == 0);
    CHECK(nothing.scored.empty());
    CHECK(nothing.outcomes.empty());
    const std::vector<Article> articles{test::example("moon-ja-1")};
    const StoryPartitions none = clusterer.partition(articles, {});
    CHECK(none.partitions.empty());
    CHECK(none.outcomes.size() == 1);
}

TEST_CASE("partitions: values out of range are refused before any work") {
    bool started = false;
    ClusterOptions options;
    options.progress = [&](const Progress&) { started = true; };
    const StoryClusterer clusterer{test::default_model(), options};
    for (const double value : {0.0, 1.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
        const std::vector<double> values{0.5, value};
        CHECK_THROWS_WITH(clusterer.partition(test::example_articles(), values),
                          Catch::Matchers::ContainsSubstring("min_probability"));
    }
    CHECK_FALSE(started);
}
