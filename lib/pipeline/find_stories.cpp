// SPDX-License-Identifier: Apache-2.0
#include "pipeline/find_stories.hpp"

#include "base/cancellation.hpp"
#include "base/parallel.hpp"
#include "base/pool.hpp"
#include "base/scratch_memory.hpp"
#include "clustering/branch_cut.hpp"
#include "clustering/dense_labels.hpp"
#include "clustering/linked_clusters.hpp"
#include "features/article_features.hpp"
#include "features/corpus.hpp"
#include "pipeline/canonical_order.hpp"
#include "pipeline/node_links.hpp"
#include "pipeline/score_pairs.hpp"
#include "scoring/pair_model.hpp"
#include "scoring/weighted_corpus.hpp"
#include "statistics/document_weights.hpp"
#include "story/follow_ups.hpp"
#include "story/story_builder.hpp"

#include <fabula/clustering.hpp>
#include <fabula/error.hpp>
#include <fabula/neighbours.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/story.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <utility>

namespace fabula::detail {

bool Job::has_own_vectors() const {
    return vectors != nullptr ||
           (!features.empty() && FeatureData::of(features.front()).has_own_vector);
}

void Job::report(ClusterStage stage, double of_stage) const {
    constexpr std::array<double, 5> begins{0, 0.6, 0.8, 0.85, 1};
    const auto at = static_cast<std::size_t>(stage);
    if (options.progress)
        options.progress({stage, of_stage, begins[at] + (begins[at + 1] - begins[at]) * of_stage});
}

namespace {

std::vector<std::size_t> order_of(const Job& job) {
    return job.features.empty() ? canonical_order(job.articles, job.vectors)
                                : canonical_order(job.features);
}

/// What recurs is learned from texts; features are without it as they are.
BoilerplateFilter boilerplate_of(const Job& job) {
    return job.features.empty() || !job.contents.empty()
               ? BoilerplateFilter::learn(job.articles, job.options.threads)
               : BoilerplateFilter{};
}

/// Each article by itself, in canonical order.
Corpus read(const Job& job, std::span<const std::size_t> order,
            const BoilerplateFilter& boilerplate, ScratchMemory* scratch) {
    Corpus corpus =
        !job.features.empty()
            ? corpus_of(job.features, order, scratch)
            : read_corpus(
                  job.articles, order, job.model, boilerplate, job.analyzers, job.options.threads,
                  [&](double done) { job.report(ClusterStage::reading, done); }, scratch);
    if (job.vectors != nullptr)
        bring_vectors(corpus, *job.vectors, order);
    if (!job.contents.empty())
        for (const std::size_t article : order)
            corpus.contents.push_back(job.contents[article]);
    job.report(ClusterStage::reading, 1);
    return corpus;
}

/// What cosines mean in each language is known of the model's vectors alone.
LanguageCalibration calibration_of(const Job& job) {
    return job.has_own_vectors() ? LanguageCalibration{} : job.pair_model.calibration();
}

/// What is ordinary by the background and by the statistics that are given; nothing where it is to
/// be learned from the articles: the background is of the model's vectors.
std::optional<ScoreNormalization> ordinary_of(const Job& job) {
    if (job.statistics != nullptr)
        return ordinary_of(ModelData::of(job.model), *job.statistics);
    if (job.background == nullptr || job.has_own_vectors())
        return std::nullopt;
    return *job.background;
}

Prepared prepare(const Job& job, Corpus corpus, SearchedArticles* kept = nullptr) {
    const CandidateLimits limits{job.pair_model.min_cosine(), job.options.max_neighbours,
                                 job.options.time_window, job.options.exact_below};
    const std::optional<ScoreNormalization> ordinary = ordinary_of(job);
    return prepare(std::move(corpus), calibration_of(job), limits, job.options.threads,
                   ordinary ? &*ordinary : nullptr, kept);
}

/// The edges that are at least this likely. The candidates go on the way: nothing else
/// is as large.
SimilarityGraph score(const Job& job, Prepared& prepared, double least) {
    const Eviction eviction(prepared.corpus.corpus.scratch);
    std::vector<CandidatePair> pairs = std::move(prepared.candidates);
    SimilarityGraph graph{prepared.corpus.corpus.size(), {}, job.pair_model.missing_probability()};
    graph.edges.reserve(pairs.size()); // what is not used takes no memory
    score_candidates(prepared.corpus, job.pair_model, pairs, least, job.options.threads,
                     [&](std::size_t i, float probability) {
                         graph.edges.push_back({pairs[i].first, pairs[i].second, probability});
                     });
    add_lexical_edges(prepared.corpus, job.pair_model, prepared.groups.unique, job.options, least,
                      graph.edges);
    eviction.now();
    job.report(ClusterStage::comparing, 1);
    return graph;
}

/// One clustering of the unique articles for each least probability.
std::vector<Clustering> cut_unique(const Job& job, const SimilarityGraph& graph,
                                   std::span<const double> min_probabilities) {
    if (job.options.method == ClusterMethod::branch_cut)
        return branch_cuts(graph,
                           std::vector<float>(min_probabilities.begin(), min_probabilities.end()),
                           job.options.threads);
    std::vector<Clustering> out;
    for (const double min_probability : min_probabilities)
        out.push_back(
            cluster_graph(graph, {job.options.method, min_probability, job.options.threads}));
    return out;
}

/// The same of all. Each near-duplicate is where its representative is, which links may change.
std::vector<Clustering> cut(const Job& job, const SimilarityGraph& graph,
                            std::span<const std::size_t> order,
                            std::vector<std::uint32_t>& representatives,
                            std::span<const double> min_probabilities) {
    if (const NodeLinks links = node_links(job, order); !links.empty())
        return cut_with_links(graph, representatives, links, [&](const SimilarityGraph& some) {
            return cut_unique(job, some, min_probabilities);
        });
    std::vector<Clustering> unique = cut_unique(job, graph, min_probabilities);
    for (Clustering& clustering : unique) {
        std::vector<std::uint32_t> labels;
        labels.reserve(representatives.size());
        for (const std::uint32_t representative : representatives)
            labels.push_back(clustering.labels[representative]);
        clustering = dense_labels(std::move(labels), clustering.clusters);
    }
    return unique;
}

/// The partition that is given, in canonical order.
Clustering given_partition(const Job& job, std::span<const std::size_t> order) {
    std::vector<std::uint32_t> labels;
    labels.reserve(order.size());
    for (const std::size_t article : order)
        labels.push_back(job.partition->labels[article]);
    return dense_labels(std::move(labels), job.partition->clusters);
}

/// The likeliest partner of each article within its cluster.
std::vector<std::optional<StrongestLink>> link(const Job& job, const Prepared& prepared,
                                               const SimilarityGraph& graph,
                                               const Clustering& clusters) {
    auto strongest = strongest_links(graph, clusters.labels);
    const Eviction eviction(prepared.corpus.corpus.scratch);
    std::uint32_t last = 0;
    link_near_duplicates(
        prepared.groups.representatives,
        [&](std::uint32_t article, std::uint32_t representative) {
            eviction.on_the_way(std::exchange(last, article), article);
            return prepared.corpus.probability(job.pair_model, article, representative);
        },
        strongest);
    eviction.now();
    job.report(ClusterStage::clustering, 1);
    return strongest;
}

/// The stories as their members, ascending, and what their terms are.
struct Members {
    std::vector<std::vector<std::uint32_t>> of;
    StoryFrequency frequency;
};

Members members_of(const Job& job, const Prepared& prepared, const Clustering& clusters) {
    Members out{std::vector<std::vector<std::uint32_t>>(clusters.clusters), {}};
    for (std::size_t i = 0; i < clusters.labels.size(); ++i)
        out.of[clusters.labels[i]].push_back(static_cast<std::uint32_t>(i));
    const Corpus& corpus = prepared.corpus.corpus;
    out.frequency =
        count_terms(out.of, corpus.lexical, job.options.threads, Eviction(corpus.scratch));
    return out;
}

std::vector<bool> capitals_of(const Model& model) {
    std::vector<bool> out;
    for (const std::string& language : model.languages())
        out.push_back(has_capitals(language));
    return out;
}

using Followed = std::vector<std::optional<FollowedCluster>>;

/// What is known of an article goes when its story has been described: stories take its
/// place.
std::vector<Story> describe(const Job& job, std::span<const std::size_t> order,
                            const BoilerplateFilter& boilerplate, Prepared& prepared,
                            Members stories_as_members, const Followed& followed,
                            std::span<const std::optional<StrongestLink>> strongest) {
    Corpus& corpus = prepared.corpus.corpus;
    const Eviction eviction(corpus.scratch);
    auto& members = stories_as_members.of;
    const StoryIds ids(job.articles, order, corpus.identities);
    const CollectionView view{job.articles,
                              order,
                              prepared.corpus,
                              prepared.groups.representatives,
                              stories_as_members.frequency,
                              ids,
                              strongest,
                              job.has_texts};
    std::vector<Story> stories(members.size());
    Pool<SentenceVectors> sentences(
        [&] { return std::make_unique<SentenceVectors>(ModelData::of(job.model)); });
    constexpr std::size_t tasks_together = 256;
    const std::size_t stories_per_task = items_per_task(members.size(), 16);
    const std::size_t tasks = (members.size() + stories_per_task - 1) / stories_per_task;
    for_each_task(tasks, job.options.threads, [&](std::size_t task) {
        const auto analyzer = job.analyzers.borrow();
        const auto of_sentences = sentences.borrow();
        StoryBuilder builder(job.model, job.pair_model, boilerplate, view, *analyzer, *of_sentences,
                             job.options.key_terms);
        const std::size_t end = std::min(members.size(), (task + 1) * stories_per_task);
        for (std::size_t i = task * stories_per_task; i < end; ++i) {
            stories[i] = builder.build(members[i]);
            if (followed[i])
                stories[i].follows = builder.describe(*followed[i]);
            for (const std::uint32_t member : members[i]) {
                if (corpus.scratch == nullptr)
                    corpus.lexical[member] = {};
                if (!corpus.contents.empty())
                    corpus.contents[member] = {};
            }
            std::vector<std::uint32_t>().swap(members[i]);
        }
        if (task % tasks_together == tasks_together - 1)
            eviction.now();
    });
    for (std::size_t i = 0; i < stories.size(); ++i)
        if (followed[i])
            stories[i].follows->id = stories[followed[i]->cluster].id;
    std::sort(stories.begin(), stories.end(), [](const Story& a, const Story& b) {
        return a.members.size() != b.members.size() ? a.members.size() > b.members.size()
                                                    : a.members.front() < b.members.front();
    });
    return stories;
}

// From canonical order to the caller's.

Clustering as_given(const Clustering& canonical, std::span<const std::size_t> order) {
    std::vector<std::uint32_t> labels(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        labels[order[i]] = canonical.labels[i];
    return dense_labels(std::move(labels), canonical.clusters);
}

std::vector<Edge> as_given(std::vector<Edge> edges, std::span<const std::size_t> order) {
    for (Edge& edge : edges) {
        const auto [first, second] = std::minmax(order[edge.first], order[edge.second]);
        edge.first = static_cast<std::uint32_t>(first);
        edge.second = static_cast<std::uint32_t>(second);
    }
    std::sort(edges.begin(), edges.end(), is_before);
    return edges;
}

std::vector<EmbeddingOutcome> as_given(std::vector<EmbeddingOutcome> canonical,
                                       std::span<const std::size_t> order) {
    std::vector<EmbeddingOutcome> out(canonical.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        out[order[i]] = std::move(canonical[i]);
    return out;
}

std::unique_ptr<ScratchMemory> scratch_memory(const ClusterOptions& options) {
    return options.scratch_directory.empty()
               ? nullptr
               : std::make_unique<ScratchMemory>(options.scratch_directory);
}

} // namespace

StoryClusters find_stories(const Job& job) {
    const CancellationScope cancellation(job.options.stop);
    const auto scratch = scratch_memory(job.options);
    const auto order = order_of(job);
    const auto boilerplate = boilerplate_of(job);
    Prepared prepared = prepare(job, read(job, order, boilerplate, scratch.get()));

    SimilarityGraph graph = score(job, prepared, least_edge);
    const Clustering clusters = job.partition != nullptr
                                    ? given_partition(job, order)
                                    : cut(job, graph, order, prepared.groups.representatives,
                                          {&job.options.min_probability, 1})
                                          .front();
    prepared.corpus.corpus.restore_vectors();
    const auto strongest = link(job, prepared, graph, clusters);
    Members members = members_of(job, prepared, clusters);
    StoryClusters out;
    if (job.options.keep_scored)
        out.scored = as_given(graph.edges, order);
    const Followed followed = find_follow_ups(
        std::move(graph), capitals_of(job.model), clusters.labels, prepared.groups.representatives,
        prepared.corpus.corpus.lexical, prepared.corpus.corpus.times, members.frequency);

    out.described = job.has_texts;
    out.stories =
        describe(job, order, boilerplate, prepared, std::move(members), followed, strongest);
    out.outcomes = as_given(std::move(prepared.corpus.corpus.outcomes), order);
    job.report(ClusterStage::describing, 1);
    return out;
}

ScoredCollection score_collection(const Job& job) {
    const CancellationScope cancellation(job.options.stop);
    std::vector<std::size_t> order = order_of(job);
    SearchedArticles searched;
    Prepared prepared = prepare(job, read(job, order, boilerplate_of(job), job.scratch), &searched);
    SimilarityGraph graph = score(job, prepared, least_edge);
    std::vector<std::uint32_t> representatives = prepared.groups.representatives;
    Clustering clusters =
        cut(job, graph, order, representatives, {&job.options.min_probability, 1}).front();
    // Not assigned: lists of features would leave the scratch memory.
    return {std::move(order), std::move(prepared), std::move(searched), std::move(graph),
            std::move(clusters)};
}

StoryPartitions find_partitions(const Job& job, std::span<const double> min_probabilities) {
    const CancellationScope cancellation(job.options.stop);
    const auto scratch = scratch_memory(job.options);
    const auto order = order_of(job);
    const auto boilerplate = boilerplate_of(job);
    Prepared prepared = prepare(job, read(job, order, boilerplate, scratch.get()));

    SimilarityGraph graph = score(job, prepared, 0);
    SimilarityGraph likely{graph.nodes, {}, graph.missing_probability};
    std::copy_if(
        graph.edges.begin(), graph.edges.end(), std::back_inserter(likely.edges),
        [](const Edge& edge) { return static_cast<double>(edge.probability) >= least_edge; });
    StoryPartitions out;
    for (const Clustering& partition :
         cut(job, likely, order, prepared.groups.representatives, min_probabilities))
        out.partitions.push_back(as_given(partition, order));
    out.scored = as_given(std::move(graph.edges), order);
    out.outcomes = as_given(std::move(prepared.corpus.corpus.outcomes), order);
    job.report(ClusterStage::clustering, 1);
    return out;
}

std::vector<double> find_weights(const Job& job) {
    const CancellationScope cancellation(job.options.stop);
    const auto scratch = scratch_memory(job.options);
    const auto order = order_of(job);
    const Corpus corpus = read(job, order, {}, scratch.get());
    const Eviction eviction(corpus.scratch);
    const NearDuplicates groups =
        group_near_duplicates(corpus.lexical, job.options.time_window, eviction);
    const std::vector<double> weights =
        document_weights(corpus.vectors, corpus.lexical, corpus.times, groups.unique,
                         calibration_of(job), job.options.threads,
                         window_density(corpus.times, groups.unique, job.options.time_window,
                                        job.options.exact_below),
                         eviction);
    std::vector<double> out(order.size());
    for (const std::uint32_t article : groups.unique)
        out[order[article]] = weights[article];
    return out;
}

} // namespace fabula::detail
