// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/stories.hpp"

#include <fabula/embedding.hpp>
#include <fabula/error.hpp>
#include <fabula/pipeline.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

using namespace fabula;

namespace {

EmbeddingMatrix model_vectors(const std::vector<Article>& articles) {
    return Embedder{test::default_model()}.embed(articles).matrix;
}

/// Turned and stretched into `dimension` dimensions by a product of reflections: cosines stay.
EmbeddingMatrix turned(const EmbeddingMatrix& from, std::size_t dimension) {
    EmbeddingMatrix out{from.rows, dimension, std::vector<float>(from.rows * dimension)};
    for (std::size_t i = 0; i < from.rows; ++i) {
        std::vector<double> row(dimension);
        std::copy(from.row(i).begin(), from.row(i).end(), row.begin());
        const double mean =
            std::accumulate(row.begin(), row.end(), 0.0) / static_cast<double>(dimension);
        for (std::size_t k = 0; k < dimension; ++k) // the reflection along (1, 1, …)
            out.row(i)[k] = static_cast<float>(7 * (row[k] - 2 * mean));
    }
    return out;
}

} // namespace

TEST_CASE("own vectors: stories are those of the vectors, of any dimension and length") {
    const std::vector<Article> articles = test::example_articles();
    const StoryClusterer clusterer{test::default_model()};
    const EmbeddingMatrix vectors = model_vectors(articles);
    const StoryClusters own = clusterer.cluster(articles, vectors);
    const auto labels = test::labels_of(own, articles.size());
    CHECK(test::labels_of(clusterer.cluster(articles, turned(vectors, 200)), articles.size()) ==
          labels);
    const StoryPartitions partitions =
        clusterer.partition(articles, std::vector<double>{0.5}, vectors);
    CHECK(partitions.partitions[0].clusters == own.stories.size());

    // Where all vectors say the same of a story, and the words do too, nothing splits it.
    EmbeddingMatrix one_hot{articles.size(), own.stories.size(),
                            std::vector<float>(articles.size() * own.stories.size())};
    for (std::size_t i = 0; i < articles.size(); ++i)
        one_hot.row(i)[labels[i]] = 3;
    CHECK(test::labels_of(clusterer.cluster(articles, one_hot), articles.size()) == labels);
}

TEST_CASE("own vectors: neither the order nor the number of threads changes a story") {
    std::vector<Article> articles = test::example_articles();
    articles.push_back(articles[3]); // the same in every field but its vector
    EmbeddingMatrix vectors = model_vectors(articles);
    std::reverse(vectors.row(articles.size() - 1).begin(), vectors.row(articles.size() - 1).end());
    const auto ids = [](const StoryClusters& clusters) {
        std::vector<std::string> out;
        for (const Story& story : clusters.stories)
            out.push_back(story.id);
        std::sort(out.begin(), out.end());
        return out;
    };
    ClusterOptions options;
    options.threads = 1;
    const auto expected =
        ids(StoryClusterer{test::default_model(), options}.cluster(articles, vectors));
    std::vector<Article> backwards(articles.rbegin(), articles.rend());
    EmbeddingMatrix their_vectors{vectors.rows, vectors.dimension, {}};
    for (std::size_t i = vectors.rows; i > 0; --i)
        their_vectors.values.insert(their_vectors.values.end(), vectors.row(i - 1).begin(),
                                    vectors.row(i - 1).end());
    options.threads = 3;
    CHECK(ids(StoryClusterer{test::default_model(), options}.cluster(backwards, their_vectors)) ==
          expected);
}

TEST_CASE("own vectors: an article of a language that the model lacks has one, a zero row none") {
    std::vector<Article> articles = test::example_articles();
    articles.resize(20);
    articles[0].language = "xx";
    EmbeddingMatrix vectors = model_vectors(articles);
    vectors.row(0)[0] = 1;
    std::fill(vectors.row(1).begin(), vectors.row(1).end(), 0.0F);
    const StoryClusters clusters = StoryClusterer{test::default_model()}.cluster(articles, vectors);
    CHECK(clusters.outcomes[0].status == EmbeddingStatus::ok);
    CHECK(clusters.outcomes[1].status == EmbeddingStatus::no_known_words);
}

TEST_CASE("own vectors: reasons are of the vectors that were clustered") {
    const std::vector<Article> articles = test::example_articles();
    const EmbeddingMatrix vectors = turned(model_vectors(articles), 150);
    const Model& model = test::default_model();
    const StoryClusters clusters = StoryClusterer{model}.cluster(articles, vectors);
    const Comparer comparer{model, articles, vectors, ClusterOptions{}.comparer_options()};
    const auto reasons = explain_links(comparer, clusters, articles);
    std::size_t checked = 0;
    for (const Story& story : clusters.stories)
        for (const StoryLink& link : story.links)
            if (link.strongest) {
                REQUIRE(reasons[link.member]);
                CHECK(reasons[link.member]->probability ==
                      Approx(link.strongest->probability).margin(1e-6));
                ++checked;
            }
    CHECK(checked > 30);
    // One that is not of the collection has no vector: names and numbers are all there is.
    const Comparison unseen = comparer.compare(articles[0], test::plain("Some other text", "en"));
    CHECK(unseen.similarity == 0);
    REQUIRE_FALSE(unseen.explanation.contributions.empty());
    CHECK(unseen.explanation.contributions[0].name == "no_vector");
}

TEST_CASE("own vectors: what does not fit the articles is refused in a sentence") {
    std::vector<Article> articles = test::example_articles();
    articles.resize(3);
    const StoryClusterer clusterer{test::default_model()};
    const auto refused = [&](const EmbeddingMatrix& vectors, const char* words) {
        CHECK_THROWS_WITH(clusterer.cluster(articles, vectors),
                          Catch::Matchers::ContainsSubstring(words));
        CHECK_THROWS_WITH((Comparer{test::default_model(), articles, vectors}),
                          Catch::Matchers::ContainsSubstring(words));
    };
    refused({2, 4, std::vector<float>(8, 1)}, "2 vectors for 3 articles");
    refused({3, 0, {}}, "0 dimensions");
    refused({3, 70'000, std::vector<float>(210'000, 1)}, "70000 dimensions");
    refused({3, 4, std::vector<float>(11, 1)}, "11 values");
    EmbeddingMatrix odd{3, 4, std::vector<float>(12, 1)};
    odd.row(1)[2] = std::numeric_limits<float>::quiet_NaN();
    refused(odd, "row 1 of the vectors has in column 2");
}
