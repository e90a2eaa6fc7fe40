// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/clustering.hpp>
#include <fabula/comparer.hpp>
#include <fabula/embedding.hpp>
#include <fabula/export.hpp>
#include <fabula/features.hpp>
#include <fabula/links.hpp>
#include <fabula/model.hpp>
#include <fabula/neighbours.hpp>
#include <fabula/scoring.hpp>
#include <fabula/statistics.hpp>
#include <fabula/story.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::inline v0 {

/// One collection, read and scored once and cut at several probabilities: what an evaluation needs.
struct StoryPartitions {
    /// One a probability asked for, in that order; labels are over the caller's articles.
    std::vector<Clustering> partitions;
    /// All pairs that were scored, sorted by (first, second): indices into the caller's articles.
    /// A near-duplicate has none: it goes where the article goes that it is a near-duplicate of.
    std::vector<Edge> scored;
    std::vector<EmbeddingOutcome> outcomes; ///< `outcomes.size() == articles.size()`
};

/// What a clustering is busy with, in this order.
enum class ClusterStage {
    reading,    ///< boilerplate, vectors and features of each article
    comparing,  ///< near-duplicates, what is ordinary, candidate pairs, their probabilities
    clustering, ///< from pairs to stories
    describing, ///< titles, key terms, relations
};

/// "reading", "comparing", ... as written by the program.
[[nodiscard]] FABULA_EXPORT std::string_view to_string(ClusterStage stage) noexcept;

/// How far a clustering has come.
struct Progress {
    ClusterStage stage{};
    double of_stage{}; ///< the part of this stage that is done, [0, 1]
    double of_all{};   ///< of the whole, by the usual length of the stages, [0, 1]; never falls
};

/// The options of the whole path. One set of defaults serves headlines, blurbs and long articles in
/// one language or fifty.
struct ClusterOptions {
    /// See `ClusteringOptions::min_probability`. Range (0, 1).
    double min_probability{0.5};

    ClusterMethod method{ClusterMethod::branch_cut};
    std::chrono::seconds time_window{0}; ///< further apart none meet in one pair; zero = no limit

    /// See `GraphOptions::max_neighbours`; 0 = no limit. Near-duplicates of one article count once.
    std::size_t max_neighbours{512};

    /// See `GraphOptions::exact_below`: with more articles than that within the window of one
    /// another, an index finds most of the pairs that are worth comparing, in place of all.
    std::size_t exact_below{articles_exact_below};

    /// A directory for a file of some 3 KB an article, in which what has been learned of the
    /// articles is kept, and of which nothing is left afterwards. The same stories, a little later:
    /// for millions of articles and a time window, without which nearly all of it is in use at
    /// once. Empty = all is kept in memory.
    std::filesystem::path scratch_directory{};

    std::size_t key_terms{6}; ///< words or names listed for each story, 0–100
    bool keep_scored{false};  ///< keep the pairs in `StoryClusters::scored`: 12 bytes each
    unsigned threads{0}; ///< 0 = one a usable core; the result does not depend on it. Range 0–1024

    /// Called now and then from the calling thread; what it throws comes out of the call.
    std::function<void(const Progress&)> progress{};

    /// Once a stop is requested, from any thread, the call ends with Error(cancelled) before the
    /// next piece of its parallel work; what one thread does alone (sorting, grouping
    /// near-duplicates) is finished first. The default token never stops.
    std::stop_token stop{};
    ArticleLinks links{}; ///< corrections by editors

    /// Of a comparer that scores as the clustering does.
    [[nodiscard]] FABULA_EXPORT ComparerOptions comparer_options() const;

    /// Empty where all is well, else a sentence that names the field and its range.
    [[nodiscard]] FABULA_EXPORT std::string validate() const;
};

/// Articles in, stories out: embed, find candidate pairs, score them, cluster, describe.
///
/// Near-duplicates count once: an article of nearly the same words, the same numbers and names
/// as another in the same language (datelines, authors and closing lines aside; of some six words
/// or fewer the very same), and no further from it than `time_window`, goes where that one goes and
/// has no other say in what the stories are.
///
/// A pair less likely than 0.1 (or `min_probability`, if lower and the method no branch cut) counts
/// as one that was not scored, see `SimilarityGraph::missing_probability`.
///
/// Same articles, model and options → same stories, whatever the order of the input, the number of
/// threads or the machine. `const` calls are safe from any thread.
///
/// Memory beside the articles: some 3.3 KB an article of 400 words, or 0.8 KB and what lies within
/// the time window where there is a `scratch_directory`; and, of news, some 27 bytes for each pair
/// that is worth comparing (at worst 48: see `cluster_graph`).
///
/// With a `scratch_directory`, a call throws Error(file_not_found, unwritable) where no file can be
/// made in it or its disk is full.
class FABULA_EXPORT StoryClusterer {
public:
    /// \throws Error(bad_option)
    explicit StoryClusterer(Model model, ClusterOptions options = {});
    ~StoryClusterer();
    StoryClusterer(StoryClusterer&&) noexcept;
    StoryClusterer& operator=(StoryClusterer&&) noexcept;

    /// An article without a vector (see `EmbeddingStatus`) joins a story only by its names and
    /// numbers, where most of them agree, or as a near-duplicate; one without words is a story of
    /// its own.
    [[nodiscard]] StoryClusters cluster(std::span<const Article> articles) const;

    /// The same for articles whose texts are not held in memory: `Article::text` is not looked at.
    [[nodiscard]] StoryClusters cluster(std::span<const Article> articles,
                                        const ArticleTexts& texts) const;

    /// The same with `vectors` of another encoder, one row an article in their order, of any
    /// dimension and length: they take the place of the model's in the search for candidates, in
    /// what is ordinary, in scores and in choosing representatives. Names, numbers, words and
    /// relations remain the model's. A zero row is an article without a vector.
    /// \throws Error(bad_input) where rows or values do not match, or one is not finite
    [[nodiscard]] StoryClusters cluster(std::span<const Article> articles,
                                        const EmbeddingMatrix& vectors) const;
    [[nodiscard]] StoryClusters cluster(std::span<const Article> articles,
                                        const ArticleTexts& texts,
                                        const EmbeddingMatrix& vectors) const;

    /// The same from features, without reading the articles again: stories, probabilities,
    /// strongest links, representatives, languages, sources and times. Titles, key terms and
    /// relations need the articles, whose features these are, in the same order; without them they
    /// are empty, see `StoryClusters::described`. Where lines or sentences recur in a collection,
    /// clustering the articles leaves them out, which features cannot do. \throws
    /// Error(other_model) where features were made with another model; Error(bad_input) where the
    /// articles are others
    [[nodiscard]] StoryClusters cluster(std::span<const ArticleFeatures> features) const;
    [[nodiscard]] StoryClusters cluster(std::span<const ArticleFeatures> features,
                                        std::span<const Article> articles) const;
    [[nodiscard]] StoryClusters cluster(std::span<const ArticleFeatures> features,
                                        std::span<const Article> articles,
                                        const ArticleTexts& texts) const;

    /// The same, scored against what is ordinary in a larger collection that these are a part of,
    /// together with the background of the model: without sums, that alone says what is ordinary.
    [[nodiscard]] StoryClusters cluster(std::span<const ArticleFeatures> features,
                                        const CollectionStatistics& statistics) const;

    /// What each article counts in `CollectionStatistics`, in their order: about 1 / n for each of
    /// n reports of one story, so that a story told fifty times is no more ordinary than one told
    /// once; 0 for a near-duplicate of another article. Found by a first comparison of all.
    [[nodiscard]] std::vector<double>
    document_weights(std::span<const ArticleFeatures> features) const;

    /// The partitions that `cluster` would give with each of these values for
    /// `ClusterOptions::min_probability`, without describing the stories. The articles are read and
    /// compared once; each value then costs a clustering of the graph, a small part of the work.
    /// \throws Error(bad_option) where a value is not in (0, 1)
    [[nodiscard]] StoryPartitions partition(std::span<const Article> articles,
                                            std::span<const double> min_probabilities) const;
    [[nodiscard]] StoryPartitions partition(std::span<const Article> articles,
                                            std::span<const double> min_probabilities,
                                            const EmbeddingMatrix& vectors) const;
    [[nodiscard]] StoryPartitions partition(std::span<const ArticleFeatures> features,
                                            std::span<const double> min_probabilities) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Why each article is in its story: the comparison of the article (first) with its strongest link
/// (second); empty for an article without one. One an article, in the caller's order. `articles`
/// are those that were clustered; a comparer of these and `comparer_options` scores as that did.
///
/// Costs one full comparison (some milliseconds) an article that has a link. \throws
/// Error(bad_input) where the articles are not as many
[[nodiscard]] FABULA_EXPORT std::vector<std::optional<Comparison>>
explain_links(const Comparer& comparer, const StoryClusters& clusters,
              std::span<const Article> articles, unsigned threads = 0);

} // namespace fabula::inline v0
