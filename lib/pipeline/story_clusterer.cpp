// SPDX-License-Identifier: Apache-2.0
#include "base/pool.hpp"
#include "features/article_features.hpp"
#include "pipeline/find_stories.hpp"
#include "scoring/pair_model.hpp"
#include "statistics/corpus_statistics.hpp"
#include "statistics/sums/collection_statistics.hpp"

#include <fabula/clustering.hpp>
#include <fabula/error.hpp>
#include <fabula/pipeline.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fabula::inline v0 {

std::string ClusterOptions::validate() const {
    ClusteringOptions clustering;
    clustering.min_probability = min_probability;
    if (std::string problem = clustering.validate(); !problem.empty())
        return problem;
    if (key_terms > 100)
        return "key_terms is " + std::to_string(key_terms) + ", but must be in 0–100";
    if (std::string problem = links.validate(); !problem.empty())
        return problem;
    return comparer_options().validate();
}

ComparerOptions ClusterOptions::comparer_options() const {
    return {time_window, max_neighbours, exact_below, threads};
}

std::string_view to_string(ClusterStage stage) noexcept {
    switch (stage) {
    case ClusterStage::reading:
        return "reading";
    case ClusterStage::comparing:
        return "comparing";
    case ClusterStage::clustering:
        return "clustering";
    case ClusterStage::describing:
        return "describing";
    }
    return "reading";
}

struct StoryClusterer::State {
    Model model;
    ClusterOptions options;
    detail::PairModel pair_model;
    std::optional<detail::ScoreNormalization> background;
    mutable detail::Pool<TextAnalyzer> analyzers;

    State(Model m, ClusterOptions o)
        : model(std::move(m)), options(std::move(o)), pair_model(detail::ModelData::of(model)),
          background(detail::ordinary_of(detail::ModelData::of(model))) {}

    [[nodiscard]] const detail::ScoreNormalization* background_or_null() const {
        return background ? &*background : nullptr;
    }

    [[nodiscard]] detail::Job job(const detail::Articles& articles,
                                  const EmbeddingMatrix* vectors = nullptr) const {
        if (vectors != nullptr)
            detail::check_vectors(*vectors, articles.size());
        return {model, options, pair_model, background_or_null(), analyzers, articles, vectors};
    }

    /// `articles` are those that the features are of, or what features know of them.
    [[nodiscard]] detail::Job job(std::span<const ArticleFeatures> features,
                                  const detail::Articles& articles, bool has_texts) const {
        detail::require_one_space(features, model);
        return {model,   options,  pair_model, background_or_null(), analyzers, articles,
                nullptr, features, has_texts};
    }
};

StoryClusterer::StoryClusterer(Model model, ClusterOptions options) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    state_ = std::make_unique<State>(std::move(model), std::move(options));
}

StoryClusterer::~StoryClusterer() = default;
StoryClusterer::StoryClusterer(StoryClusterer&&) noexcept = default;
StoryClusterer& StoryClusterer::operator=(StoryClusterer&&) noexcept = default;

StoryClusters StoryClusterer::cluster(std::span<const Article> articles) const {
    return detail::find_stories(state_->job(articles));
}

StoryClusters StoryClusterer::cluster(std::span<const Article> articles,
                                      const ArticleTexts& texts) const {
    return detail::find_stories(state_->job({articles, &texts}));
}

StoryClusters StoryClusterer::cluster(std::span<const Article> articles,
                                      const EmbeddingMatrix& vectors) const {
    return detail::find_stories(state_->job(articles, &vectors));
}

StoryClusters StoryClusterer::cluster(std::span<const Article> articles, const ArticleTexts& texts,
                                      const EmbeddingMatrix& vectors) const {
    return detail::find_stories(state_->job({articles, &texts}, &vectors));
}

namespace {

std::vector<Article> articles_of(std::span<const ArticleFeatures> features) {
    std::vector<Article> out;
    out.reserve(features.size());
    std::transform(features.begin(), features.end(), std::back_inserter(out), detail::article_of);
    return out;
}

void require_same(std::span<const ArticleFeatures> features, std::span<const Article> articles) {
    if (features.size() != articles.size())
        throw Error(Errc::bad_input, "there are features of " + std::to_string(features.size()) +
                                         " articles for " + std::to_string(articles.size()) +
                                         " articles; give those of each, in their order");
    for (std::size_t i = 0; i < features.size(); ++i)
        if (features[i].id() != articles[i].id)
            throw Error(Errc::bad_input, "the features at " + std::to_string(i) + " are of \"" +
                                             features[i].id() + "\", the article there is \"" +
                                             articles[i].id +
                                             "\"; give those of each, in their "
                                             "order");
}

} // namespace

StoryClusters StoryClusterer::cluster(std::span<const ArticleFeatures> features) const {
    const std::vector<Article> known = articles_of(features);
    return detail::find_stories(state_->job(features, known, false));
}

StoryClusters StoryClusterer::cluster(std::span<const ArticleFeatures> features,
                                      const CollectionStatistics& statistics) const {
    const std::vector<Article> known = articles_of(features);
    detail::Job job = state_->job(features, known, false);
    job.statistics = &detail::StatisticsData::of(statistics);
    for (const ArticleFeatures& one : features.first(std::min<std::size_t>(1, features.size())))
        job.statistics->require_same_space(detail::statistics_of(one, 0));
    return detail::find_stories(job);
}

StoryClusters StoryClusterer::cluster(std::span<const ArticleFeatures> features,
                                      std::span<const Article> articles) const {
    require_same(features, articles);
    return detail::find_stories(state_->job(features, articles, true));
}

StoryClusters StoryClusterer::cluster(std::span<const ArticleFeatures> features,
                                      std::span<const Article> articles,
                                      const ArticleTexts& texts) const {
    require_same(features, articles);
    return detail::find_stories(state_->job(features, {articles, &texts}, true));
}

namespace {

void require_valid(std::span<const double> min_probabilities) {
    ClusteringOptions clustering;
    for (const double min_probability : min_probabilities) {
        clustering.min_probability = min_probability;
        if (const std::string problem = clustering.validate(); !problem.empty())
            throw Error(Errc::bad_option, problem);
    }
}

} // namespace

StoryPartitions StoryClusterer::partition(std::span<const Article> articles,
                                          std::span<const double> min_probabilities) const {
    require_valid(min_probabilities);
    return detail::find_partitions(state_->job(articles), min_probabilities);
}

StoryPartitions StoryClusterer::partition(std::span<const Article> articles,
                                          std::span<const double> min_probabilities,
                                          const EmbeddingMatrix& vectors) const {
    require_valid(min_probabilities);
    return detail::find_partitions(state_->job(articles, &vectors), min_probabilities);
}

std::vector<double>
StoryClusterer::document_weights(std::span<const ArticleFeatures> features) const {
    const std::vector<Article> known = articles_of(features);
    return detail::find_weights(state_->job(features, known, false));
}

StoryPartitions StoryClusterer::partition(std::span<const ArticleFeatures> features,
                                          std::span<const double> min_probabilities) const {
    require_valid(min_probabilities);
    const std::vector<Article> known = articles_of(features);
    return detail::find_partitions(state_->job(features, known, false), min_probabilities);
}

} // namespace fabula::inline v0
