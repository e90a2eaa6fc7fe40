// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/stories.hpp"

#include <fabula/error.hpp>
#include <fabula/features.hpp>
#include <fabula/pipeline.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace fabula;

namespace {

/// The texts of articles that were taken out of them.
class Texts : public ArticleTexts {
public:
    explicit Texts(const std::vector<Article>& articles) : articles_(articles) {}
    void read(std::size_t i, std::string& text) const override { text = articles_[i].text; }

private:
    const std::vector<Article>& articles_;
};

/// Of stories what features alone can tell.
std::multimap<std::string, test::StoryFacts>
without_texts(std::multimap<std::string, test::StoryFacts> facts) {
    for (auto& [id, story] : facts) {
        story.title.clear();
        story.titles.clear();
        story.key_terms.clear();
        for (auto& [member, link] : story.links)
            if (link.relation != Relation::duplicate)
                link.relation.reset();
    }
    return facts;
}

} // namespace

// Nothing recurs in the examples that the fixed rules do not know.

TEST_CASE("features: their stories are those of their articles") {
    const std::vector<Article>& articles = test::example_articles();
    const StoryClusterer clusterer{test::default_model()};
    const StoryClusters expected = clusterer.cluster(articles);
    const auto features = extract_features(test::default_model(), articles);

    const StoryClusters alone = clusterer.cluster(features);
    CHECK_FALSE(alone.described);
    for (const Story& story : alone.stories) {
        CHECK(story.title.empty());
        CHECK(story.titles.empty());
        CHECK(story.key_terms.empty());
        for (const StoryLink& link : story.links)
            if (link.relation && link.member != story.representative)
                CHECK(*link.relation >= Relation::same_story);
    }
    CHECK(without_texts(test::facts_of(alone, articles)) ==
          without_texts(test::facts_of(expected, articles)));

    const StoryClusters described = clusterer.cluster(features, articles);
    CHECK(described.described);
    CHECK(test::facts_of(described, articles) == test::facts_of(expected, articles));

    std::vector<Article> left = articles;
    for (Article& article : left)
        article.text.clear();
    CHECK(test::facts_of(clusterer.cluster(features, left, Texts{articles}), articles) ==
          test::facts_of(expected, articles));

    const std::vector<double> levels{0.3, 0.5};
    const StoryPartitions partitions = clusterer.partition(features, levels);
    const StoryPartitions as_articles = clusterer.partition(articles, levels);
    for (std::size_t i = 0; i < levels.size(); ++i)
        CHECK(partitions.partitions[i].labels == as_articles.partitions[i].labels);
}

TEST_CASE("features: without ids and dates, in any order, from bytes, the stories are the same") {
    std::vector<Article> articles = test::example_articles();
    const StoryClusterer clusterer{test::default_model()};
    const auto original = articles;
    for (Article& article : articles) {
        article.id.clear();
        article.published.reset();
    }
    const StoryClusters expected = clusterer.cluster(articles);
    std::vector<std::size_t> order(articles.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = order.size() - 1 - i;
    std::vector<ArticleFeatures> features;
    std::vector<Article> turned;
    for (const std::size_t i : order) {
        features.push_back(ArticleFeatures::from_bytes(
            test::default_model(),
            extract_features(test::default_model(), articles[i]).to_bytes()));
        turned.push_back(original[i]);
    }
    CHECK(without_texts(test::facts_of(clusterer.cluster(features), turned)) ==
          without_texts(test::facts_of(expected, original)));
}

TEST_CASE("features: two are compared as their articles are") {
    const std::vector<Article>& articles = test::example_articles();
    const auto features = extract_features(test::default_model(), articles);
    const Comparer alone{test::default_model()};
    const Comparer in_articles{test::default_model(), articles};
    const Comparer in_features{test::default_model(), features};
    for (std::size_t i = 0; i + 1 < articles.size(); i += 7) {
        INFO(articles[i].id << ' ' << articles[i + 1].id);
        for (const Comparer* comparer : {&alone, &in_articles, &in_features}) {
            const Comparison of_features = comparer->compare(features[i], features[i + 1]);
            const Comparison of_articles = (comparer == &in_features ? in_articles : *comparer)
                                               .compare(articles[i], articles[i + 1]);
            CHECK(of_features.probability == of_articles.probability);
            CHECK(of_features.similarity == of_articles.similarity);
            CHECK(of_features.direction == of_articles.direction);
            if (of_features.relation)
                CHECK(of_features.relation == of_articles.relation);
            else
                CHECK(of_features.probability >= 0.5);
            CHECK(of_features.explanation.passages.empty());
            CHECK(of_features.explanation.contributions.size() ==
                  of_articles.explanation.contributions.size());
        }
    }
}

TEST_CASE("features: with vectors of another encoder, and never mixed") {
    const std::vector<Article>& articles = test::example_articles();
    const EmbeddingMatrix vectors = test::embedder().embed(articles).matrix;
    const auto features = extract_features(test::default_model(), articles, vectors);
    const StoryClusterer clusterer{test::default_model()};
    CHECK(test::labels_of(clusterer.cluster(features), articles.size()) ==
          test::labels_of(clusterer.cluster(articles, vectors), articles.size()));

    auto mixed = features;
    mixed.back() = extract_features(test::default_model(), articles.back());
    CHECK_THROWS_WITH(clusterer.cluster(mixed),
                      Catch::Matchers::ContainsSubstring("another encoder"));
    CHECK_THROWS_WITH((Comparer{test::default_model(), features}.compare(mixed[0], mixed.back())),
                      Catch::Matchers::ContainsSubstring("another encoder"));
    auto fewer = articles;
    fewer.pop_back();
    CHECK_THROWS_WITH(clusterer.cluster(features, fewer),
                      Catch::Matchers::ContainsSubstring("in their order"));
    std::swap(fewer.front(), fewer.back());
    CHECK_THROWS_WITH(clusterer.cluster(std::span(features).first(fewer.size()), fewer),
                      Catch::Matchers::ContainsSubstring("the features at 0 are of"));
}
