// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"
#include "base/pool.hpp"
#include "base/release_pages.hpp"
#include "base/scratch_memory.hpp"
#include "clustering/dense_labels.hpp"
#include "neighbours/candidate_search.hpp"
#include "pipeline/canonical_order.hpp"
#include "scoring/collection.hpp"
#include "scoring/lexical_fallback.hpp"
#include "scoring/pair_model.hpp"
#include "statistics/pair_loop.hpp"
#include "story/story_builder.hpp"

#include <fabula/clustering.hpp>
#include <fabula/error.hpp>
#include <fabula/neighbours.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/story.hpp>

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

namespace fabula::inline v0 {

std::string ClusterOptions::validate() const {
    ClusteringOptions clustering;
    clustering.min_probability = min_probability;
    if (std::string problem = clustering.validate(); !problem.empty())
        return problem;
    if (key_terms > 100)
        return "key_terms is " + std::to_string(key_terms) + ", but must be in 0–100";
    return comparer_options().validate();
}

ComparerOptions ClusterOptions::comparer_options() const {
    return {time_window, max_neighbours, exact_below, threads};
}

struct StoryClusterer::State {
    Model model;
    ClusterOptions options;
    detail::PairModel pair_model;
    mutable detail::Pool<TextAnalyzer> analyzers;

    State(Model m, ClusterOptions o)
        : model(std::move(m)), options(std::move(o)), pair_model(detail::ModelData::of(model)) {}
};

namespace {

/// Shares of the whole work that a progress bar is told of.
constexpr double progress_read = 0.6;
constexpr double progress_compared = 0.8;
constexpr double progress_clustered = 0.85;

/// What a less likely pair says, a missing one says too, and such pairs are five in six. Without
/// them BCubed F1 is that with all of them, to 0.001, on every development set (with 0.2 it is
/// not), and linkage takes a fifth of the memory.
constexpr double least_likely = 0.1;

/// The least probability of the edges that a partition is made from.
double least_edge(double min_probability) {
    return std::min(least_likely, min_probability);
}

bool is_before(const Edge& a, const Edge& b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
}

/// Gives each near-duplicate its representative's cluster.
Clustering with_near_duplicates(const Clustering& clusters,
                                std::span<const std::uint32_t> representatives) {
    std::vector<std::uint32_t> labels;
    labels.reserve(representatives.size());
    for (const std::uint32_t representative : representatives)
        labels.push_back(clusters.labels[representative]);
    return detail::dense_labels(std::move(labels), clusters.clusters);
}

class Run {
public:
    Run(const Model& model, const ClusterOptions& options, const detail::PairModel& pair_model,
        detail::Pool<TextAnalyzer>& analyzers, const detail::Articles& articles)
        : model_(model), options_(options), pair_model_(pair_model), analyzers_(analyzers),
          articles_(articles),
          scratch_(options.scratch_directory.empty()
                       ? nullptr
                       : std::make_unique<detail::ScratchMemory>(options.scratch_directory)),
          eviction_(scratch_.get()), order_(detail::canonical_order(articles)),
          boilerplate_(detail::BoilerplateFilter::learn(articles, options.threads)),
          collection_(read()) {}

    StoryClusters operator()() {
        SimilarityGraph graph = score(least_edge(options_.min_probability));
        const Clustering clusters = cut(graph, options_.min_probability);
        auto strongest = detail::strongest_links(graph, clusters.labels);
        graph = {};
        collection_.restore_vectors();
        link_near_duplicates(strongest);
        tell(progress_clustered);
        StoryClusters out;
        out.stories = describe(clusters, strongest);
        out.outcomes = outcomes();
        tell(1);
        return out;
    }

    StoryPartitions partitions(std::span<const double> min_probabilities) {
        SimilarityGraph graph = score(0);
        StoryPartitions out;
        for (const double min_probability : min_probabilities) {
            SimilarityGraph likely{graph.nodes, {}, graph.missing_probability};
            std::copy_if(graph.edges.begin(), graph.edges.end(), std::back_inserter(likely.edges),
                         [least = least_edge(min_probability)](const Edge& edge) {
                             return static_cast<double>(edge.probability) >= least;
                         });
            out.partitions.push_back(as_given(cut(likely, min_probability)));
        }
        out.scored = as_given(std::move(graph.edges));
        out.outcomes = outcomes();
        tell(1);
        return out;
    }

private:
    void tell(double done) const {
        if (options_.progress)
            options_.progress(done);
    }

    /// The pairs that are at least this likely.
    [[nodiscard]] SimilarityGraph score(double least) {
        tell(progress_read);
        candidates_ = detail::find_candidates(
            collection_, pair_model_.calibration(), pair_model_.min_cosine(),
            options_.max_neighbours, options_.time_window, options_.exact_below, options_.threads);
        SimilarityGraph graph = compare(least);
        tell(progress_compared);
        return graph;
    }

    [[nodiscard]] Clustering cut(const SimilarityGraph& graph, double min_probability) const {
        ClusteringOptions clustering;
        clustering.method = options_.method;
        clustering.min_probability = min_probability;
        clustering.threads = options_.threads;
        return with_near_duplicates(cluster_graph(graph, clustering), candidates_.representatives);
    }

    /// From canonical order to the caller's.
    [[nodiscard]] Clustering as_given(const Clustering& canonical) const {
        std::vector<std::uint32_t> labels(articles_.size());
        for (std::size_t i = 0; i < order_.size(); ++i)
            labels[order_[i]] = canonical.labels[i];
        return detail::dense_labels(std::move(labels), canonical.clusters);
    }

    [[nodiscard]] std::vector<Edge> as_given(std::vector<Edge> edges) const {
        for (Edge& edge : edges) {
            const auto [first, second] = std::minmax(order_[edge.first], order_[edge.second]);
            edge.first = static_cast<std::uint32_t>(first);
            edge.second = static_cast<std::uint32_t>(second);
        }
        std::sort(edges.begin(), edges.end(), is_before);
        return edges;
    }

    /// The outcomes in the caller's order; they are taken out of the collection.
    [[nodiscard]] std::vector<EmbeddingOutcome> outcomes() {
        std::vector<EmbeddingOutcome> out(articles_.size());
        for (std::size_t i = 0; i < order_.size(); ++i)
            out[order_[i]] = std::move(collection_.outcomes[i]);
        return out;
    }

    [[nodiscard]] detail::Collection read() const {
        return detail::read_collection(
            articles_, order_, model_, boilerplate_, analyzers_, options_.threads,
            [&](double done) { tell(progress_read * done); }, scratch_.get());
    }

    /// The candidates become edges, and go on the way: nothing else is as large.
    [[nodiscard]] SimilarityGraph compare(double least) {
        constexpr std::size_t pairs_at_once = std::size_t{1} << 22U;
        std::vector<detail::CandidatePair> pairs = std::move(candidates_.pairs);
        SimilarityGraph graph;
        graph.nodes = articles_.size();
        graph.missing_probability = pair_model_.missing_probability();
        graph.edges.reserve(pairs.size()); // what is not used takes no memory
        for (std::size_t begin = 0; begin < pairs.size(); begin += pairs_at_once) {
            const auto some =
                std::span(pairs).subspan(begin, std::min(pairs_at_once, pairs.size() - begin));
            score(some);
            for (const detail::CandidatePair& pair : some)
                if (static_cast<double>(pair.cosine) >= least)
                    graph.edges.push_back({pair.first, pair.second, pair.cosine});
            detail::release_pages(some);
        }
        compare_by_names(least, graph);
        eviction_.now();
        return graph;
    }

    /// Their probabilities take the places of their cosines.
    void score(std::span<detail::CandidatePair> pairs) const {
        detail::for_each_pair(
            pairs, collection_.lexical, options_.threads, eviction_,
            [&](std::size_t i, const detail::TermPlaces& places_of_first) {
                detail::CandidatePair& pair = pairs[i];
                const detail::TermOverlap overlap =
                    detail::term_overlap(places_of_first, collection_.lexical[pair.first],
                                         collection_.lexical[pair.second]);
                pair.cosine = static_cast<float>(detail::logistic(
                    pair_model_.log_odds(collection_.measure(pair.first, pair.second, pair.cosine,
                                                             overlap, pair_model_.calibration()))));
            });
    }

    /// Articles without a vector have no candidate by cosine.
    void compare_by_names(double least, SimilarityGraph& graph) const {
        const auto by_cosine = static_cast<std::ptrdiff_t>(graph.edges.size());
        const std::vector<detail::NamePair> pairs =
            detail::name_pairs(collection_.lexical, options_.max_neighbours, options_.time_window,
                               candidates_.unique, options_.threads);
        constexpr std::size_t pairs_per_task = 4096;
        std::vector<std::vector<Edge>> likely((pairs.size() + pairs_per_task - 1) / pairs_per_task);
        detail::for_each_task(likely.size(), options_.threads, [&](std::size_t task) {
            const std::size_t end = std::min(pairs.size(), (task + 1) * pairs_per_task);
            for (std::size_t i = task * pairs_per_task; i < end; ++i) {
                const auto [first, second] = pairs[i];
                const auto probability = static_cast<float>(score_by_names(first, second));
                if (static_cast<double>(probability) >= least)
                    likely[task].push_back({first, second, probability});
            }
        });
        for (const std::vector<Edge>& some : likely)
            graph.edges.insert(graph.edges.end(), some.begin(), some.end());
        std::inplace_merge(graph.edges.begin(), graph.edges.begin() + by_cosine, graph.edges.end(),
                           is_before);
    }

    [[nodiscard]] double score_by_names(std::uint32_t a, std::uint32_t b) const {
        return detail::logistic(detail::log_odds(
            detail::measure_lexical_fallback(collection_.lexical[a], collection_.lexical[b])));
    }

    /// The probability of a pair, whichever of the two ways it is scored by.
    [[nodiscard]] double score(std::uint32_t a, std::uint32_t b) const {
        if (!collection_.lexical[a].has_vector || !collection_.lexical[b].has_vector)
            return score_by_names(a, b);
        return detail::logistic(pair_model_.log_odds(
            collection_.measure(a, b, collection_.cosine(a, b), pair_model_.calibration())));
    }

    void link_near_duplicates(std::span<std::optional<StrongestLink>> strongest) const {
        std::uint32_t last = 0;
        detail::link_near_duplicates(
            candidates_.representatives,
            [&](std::uint32_t copy, std::uint32_t representative) {
                eviction_.on_the_way(std::exchange(last, copy), copy);
                return score(copy, representative);
            },
            strongest);
        eviction_.now();
    }

    /// What is known of an article goes when its story has been described: stories take its place.
    [[nodiscard]] std::vector<Story>
    describe(const Clustering& clusters, std::span<const std::optional<StrongestLink>> strongest) {
        std::vector<std::vector<std::uint32_t>> members(clusters.clusters);
        for (std::size_t i = 0; i < clusters.labels.size(); ++i)
            members[clusters.labels[i]].push_back(static_cast<std::uint32_t>(i));
        const detail::StoryFrequency frequency =
            detail::count_terms(members, collection_.lexical, options_.threads, eviction_);
        const detail::StoryIds ids(articles_, order_, collection_.identities);
        const detail::CollectionView view{
            articles_, order_, collection_, candidates_.representatives, frequency, ids, strongest};
        std::vector<Story> stories(members.size());
        detail::Pool<detail::SentenceVectors> sentences([&] {
            return std::make_unique<detail::SentenceVectors>(detail::ModelData::of(model_));
        });
        constexpr std::size_t tasks_together = 256;
        const std::size_t stories_per_task = detail::items_per_task(members.size(), 16);
        const std::size_t tasks = (members.size() + stories_per_task - 1) / stories_per_task;
        detail::for_each_task(tasks, options_.threads, [&](std::size_t task) {
            const auto analyzer = analyzers_.borrow();
            const auto of_sentences = sentences.borrow();
            detail::StoryBuilder builder(model_, pair_model_, boilerplate_, view, *analyzer,
                                         *of_sentences, options_.key_terms);
            const std::size_t end = std::min(members.size(), (task + 1) * stories_per_task);
            for (std::size_t i = task * stories_per_task; i < end; ++i) {
                stories[i] = builder.build(members[i]);
                for (const std::uint32_t member : members[i]) {
                    if (!scratch_)
                        collection_.lexical[member] = {};
                    collection_.contents[member] = {};
                }
                std::vector<std::uint32_t>().swap(members[i]);
            }
            if (task % tasks_together == tasks_together - 1)
                eviction_.now();
        });
        std::sort(stories.begin(), stories.end(), [](const Story& a, const Story& b) {
            return a.members.size() != b.members.size() ? a.members.size() > b.members.size()
                                                        : a.members.front() < b.members.front();
        });
        return stories;
    }

    const Model& model_;
    const ClusterOptions& options_;
    const detail::PairModel& pair_model_;
    detail::Pool<TextAnalyzer>& analyzers_;
    detail::Articles articles_;
    std::unique_ptr<detail::ScratchMemory> scratch_; ///< null: all is kept in memory
    detail::Eviction eviction_;
    std::vector<std::size_t> order_;
    detail::BoilerplateFilter boilerplate_;
    detail::Collection collection_;
    detail::Candidates candidates_;
};

} // namespace

StoryClusterer::StoryClusterer(Model model, ClusterOptions options) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    state_ = std::make_unique<State>(std::move(model), std::move(options));
}

StoryClusterer::~StoryClusterer() = default;
StoryClusterer::StoryClusterer(StoryClusterer&&) noexcept = default;
StoryClusterer& StoryClusterer::operator=(StoryClusterer&&) noexcept = default;

StoryClusters StoryClusterer::cluster(std::span<const Article> articles) const {
    return Run(state_->model, state_->options, state_->pair_model, state_->analyzers, articles)();
}

StoryClusters StoryClusterer::cluster(std::span<const Article> articles,
                                      const ArticleTexts& texts) const {
    return Run(state_->model, state_->options, state_->pair_model, state_->analyzers,
               {articles, &texts})();
}

StoryPartitions StoryClusterer::partition(std::span<const Article> articles,
                                          std::span<const double> min_probabilities) const {
    ClusteringOptions clustering;
    for (const double min_probability : min_probabilities) {
        clustering.min_probability = min_probability;
        if (const std::string problem = clustering.validate(); !problem.empty())
            throw Error(Errc::bad_option, problem);
    }
    return Run(state_->model, state_->options, state_->pair_model, state_->analyzers, articles)
        .partitions(min_probabilities);
}

} // namespace fabula::inline v0
