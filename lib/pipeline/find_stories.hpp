// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/pool.hpp"
#include "pipeline/score_pairs.hpp"
#include "scoring/pair_model.hpp"
#include "scoring/weighted_corpus.hpp"
#include "statistics/score_normalization.hpp"
#include "statistics/sums/collection_statistics.hpp"
#include "text/articles.hpp"

#include <fabula/clustering.hpp>
#include <fabula/embedding.hpp>
#include <fabula/features.hpp>
#include <fabula/model.hpp>
#include <fabula/neighbours.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/story.hpp>
#include <fabula/text.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace fabula::detail {

/// One call: what is clustered, and with what.
struct Job {
    const Model& model;
    const ClusterOptions& options;
    const PairModel& pair_model;
    const ScoreNormalization* background; ///< null: the model has none
    Pool<TextAnalyzer>& analyzers;
    Articles articles;
    const EmbeddingMatrix* vectors{};            ///< of another encoder; null: the model's
    std::span<const ArticleFeatures> features{}; ///< one an article, where they were read before
    bool has_texts{true};                        ///< else `articles` are what features know of them
    const StatisticsData* statistics{};          ///< of a collection; null: none is given
    const Clustering* partition{};               ///< of the articles; null: it is to be found
    /// What of each text the features are of, see `AnalyzedArticle::content`; boilerplate is
    /// learned of the texts then. Empty = as the features alone say.
    std::span<const std::vector<ByteRange>> contents{};
    /// For a scored collection, what is kept of it, see `Corpus`; null: it is kept in memory.
    ScratchMemory* scratch{};

    [[nodiscard]] bool has_own_vectors() const;

    void report(ClusterStage stage, double of_stage) const;
};

/// The whole path.
[[nodiscard]] StoryClusters find_stories(const Job& job);

/// All that the path makes of the articles as far as their partition; they are in canonical order.
struct ScoredCollection {
    std::vector<std::size_t> order; ///< canonical position → index into the articles
    Prepared prepared;              ///< without its candidates
    SearchedArticles searched;
    SimilarityGraph graph; ///< of the unique articles, see `find_stories`
    Clustering clusters;
};

/// The same path as far as the partition, of features or of articles without vectors of their own.
[[nodiscard]] ScoredCollection score_collection(const Job& job);

/// The same path as far as the partitions, with pairs of every probability.
[[nodiscard]] StoryPartitions find_partitions(const Job& job,
                                              std::span<const double> min_probabilities);

/// The same path as far as the weights, see `StoryClusterer::document_weights`.
[[nodiscard]] std::vector<double> find_weights(const Job& job);

} // namespace fabula::detail
