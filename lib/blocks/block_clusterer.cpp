// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"
#include "base/pool.hpp"
#include "features/article_features.hpp"
#include "features/corpus.hpp"
#include "near_duplicates/near_duplicates.hpp"
#include "neighbours/candidate_search.hpp"
#include "pipeline/canonical_order.hpp"
#include "pipeline/score_pairs.hpp"
#include "scoring/candidates.hpp"
#include "scoring/weighted_corpus.hpp"
#include "story/story_builder.hpp"

#include <fabula/blocks.hpp>
#include <fabula/error.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace fabula::detail {
namespace {

constexpr std::uint32_t no_place = BlockPair::none;

/// What each article of a block has among its own pairs, where the number of neighbours is limited.
struct Places {
    std::vector<std::uint32_t> first;  ///< of a pair's first article, one a pair; or `no_place`
    std::vector<std::uint32_t> second; ///< of its second
    std::vector<BlockRow> rows;        ///< articles by their canonical positions
};

/// Which of an article's pairs stand first: by cosine, then by the other article. Pairs are sorted.
Places find_places(std::span<const CandidatePair> pairs, std::span<const BlockRole> roles,
                   std::size_t most, unsigned threads) {
    Places out{std::vector<std::uint32_t>(pairs.size(), no_place),
               std::vector<std::uint32_t>(pairs.size(), no_place),
               {}};
    std::vector<std::size_t> begin(roles.size() + 1);
    for (const CandidatePair& pair : pairs) {
        ++begin[pair.first + 1];
        ++begin[pair.second + 1];
    }
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    // The others of an article ascend here, as those before it are in pairs before its own.
    std::vector<std::uint32_t> pairs_of(begin.back());
    std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
    for (std::uint32_t i = 0; i < pairs.size(); ++i) {
        pairs_of[next[pairs[i].first]++] = i;
        pairs_of[next[pairs[i].second]++] = i;
    }
    std::vector<std::vector<float>> cosines(roles.size());
    constexpr std::size_t articles_per_task = 256;
    for_each_range(roles.size(), articles_per_task, threads, [&](ItemRange range) {
        for (std::size_t article = range.begin; article < range.end; ++article) {
            const std::span<std::uint32_t> own(pairs_of.data() + begin[article],
                                               begin[article + 1] - begin[article]);
            std::stable_sort(own.begin(), own.end(), [&](std::uint32_t a, std::uint32_t b) {
                return pairs[a].cosine > pairs[b].cosine;
            });
            for (std::uint32_t place = 0; place < std::min(own.size(), most); ++place) {
                const CandidatePair& pair = pairs[own[place]];
                (pair.first == article ? out.first : out.second)[own[place]] = place;
                if (roles[article] != BlockRole::whole)
                    cosines[article].push_back(pair.cosine);
            }
        }
    });
    for (std::uint32_t article = 0; article < roles.size(); ++article)
        if (!cosines[article].empty())
            out.rows.push_back({article, std::move(cosines[article])});
    return out;
}

/// Whether it has a place in the list of an article that no other block adds to.
bool is_certain(BlockRole role, std::uint32_t& place) {
    const bool certain = role == BlockRole::whole && place != no_place;
    if (role == BlockRole::whole)
        place = no_place;
    return certain;
}

bool stands_before(const BlockPair& a, const BlockPair& b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
}

std::map<std::chrono::sys_days, std::size_t> days_of(const CollectionOutline& outline) {
    return {outline.articles_of_day.begin(), outline.articles_of_day.end()};
}

void require_one_each(std::size_t articles, std::size_t given, const std::string& what) {
    if (given != articles)
        throw Error(Errc::bad_input, "there are " + std::to_string(given) + ' ' + what + " for " +
                                         std::to_string(articles) +
                                         " articles; give one an article, in their order");
}

} // namespace
} // namespace fabula::detail

namespace fabula::inline v0 {

struct BlockClusterer::State {
    Model model;
    ClusterOptions options;
    detail::PairModel pair_model;
    detail::ScoreNormalization ordinary;
    mutable detail::Pool<TextAnalyzer> analyzers;

    State(Model m, ClusterOptions o, detail::ScoreNormalization background)
        : model(std::move(m)), options(std::move(o)), pair_model(detail::ModelData::of(model)),
          ordinary(std::move(background)) {}

    /// Checked, and in canonical order.
    [[nodiscard]] detail::Corpus corpus(std::span<const ArticleFeatures> features,
                                        std::span<const std::size_t> order) const {
        require_own(features);
        return detail::corpus_of(features, order);
    }

    void require_own(std::span<const ArticleFeatures> features) const {
        detail::require_one_space(features, model);
        if (!features.empty() && detail::FeatureData::of(features.front()).has_own_vector)
            throw Error(Errc::other_model,
                        "the features of \"" + features.front().id() +
                            "\" have a vector of another encoder, of which no background says "
                            "what is ordinary; extract them without vectors");
    }

    /// The least cosine of each article's candidates, as of the whole collection; or none.
    [[nodiscard]] std::vector<float> thresholds(const detail::Corpus& corpus,
                                                const EmbeddingMatrix& transformed,
                                                const detail::CorpusStatistics& statistics,
                                                std::span<const ArticleFeatures> features,
                                                std::span<const std::size_t> order,
                                                const CollectionOutline& outline) const {
        require_own(outline.sample);
        std::vector<std::size_t> all(outline.sample.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        const std::vector<std::uint32_t> numbers(all.begin(), all.end());
        const detail::Corpus sample = detail::corpus_of(outline.sample, all);
        const detail::CandidateThresholds by_sample(
            ordinary.transform(sample.vectors, options.threads), numbers,
            outline.articles_in_window);
        if (!by_sample.are_needed())
            return {};
        std::unordered_map<std::string_view, std::uint32_t> number_of;
        for (const std::uint32_t i : numbers)
            number_of.emplace(outline.sample[i].id(), i);
        std::vector<float> out(corpus.size());
        constexpr std::size_t articles_per_task = 256;
        detail::for_each_range(
            corpus.size(), articles_per_task, options.threads, [&](detail::ItemRange range) {
                std::vector<float> cosines;
                for (std::size_t i = range.begin; i < range.end; ++i) {
                    const auto found = number_of.find(features[order[i]].id());
                    out[i] = by_sample.of(
                        transformed.row(i), corpus.lexical[i],
                        static_cast<double>(statistics.distributions[i].deviation),
                        pair_model.calibration(),
                        found != number_of.end() ? std::optional(found->second) : std::nullopt,
                        cosines);
                }
            });
        return out;
    }
};

BlockClusterer::BlockClusterer(Model model, ClusterOptions options) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    if (options.time_window.count() <= 0)
        throw Error(Errc::bad_option, "time_window is " +
                                          std::to_string(options.time_window.count()) +
                                          " s; blocks are cut by time and need one above 0");
    if (!options.links.empty())
        throw Error(Errc::bad_option, "links are set; blocks do not take corrections by editors");
    std::optional<detail::ScoreNormalization> background =
        ordinary_of(detail::ModelData::of(model));
    if (!background)
        throw Error(Errc::bad_input, model.card().path +
                                         " has no background, without which what is ordinary would "
                                         "have to be learned from the whole collection; take a "
                                         "model that has one, such as default.fabula");
    state_ = std::make_unique<State>(std::move(model), std::move(options), std::move(*background));
}

BlockClusterer::~BlockClusterer() = default;
BlockClusterer::BlockClusterer(BlockClusterer&&) noexcept = default;
BlockClusterer& BlockClusterer::operator=(BlockClusterer&&) noexcept = default;

std::vector<std::pair<std::uint32_t, std::uint32_t>>
BlockClusterer::near_duplicate_links(std::span<const ArticleFeatures> features) const {
    const auto order = detail::canonical_order(features);
    auto links = detail::connect_near_duplicates(state_->corpus(features, order).lexical,
                                                 state_->options.time_window);
    for (auto& [a, b] : links) {
        a = static_cast<std::uint32_t>(order[a]);
        b = static_cast<std::uint32_t>(order[b]);
    }
    return links;
}

std::vector<std::uint32_t>
BlockClusterer::representatives(std::span<const ArticleFeatures> features) const {
    const auto order = detail::canonical_order(features);
    const std::vector<std::uint32_t> found = detail::find_near_duplicates(
        state_->corpus(features, order).lexical, state_->options.time_window);
    std::vector<std::uint32_t> out(found.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        out[order[i]] = static_cast<std::uint32_t>(order[found[i]]);
    return out;
}

BlockPairs BlockClusterer::pairs(std::span<const ArticleFeatures> features,
                                 std::span<const BlockRole> roles_as_given,
                                 const CollectionOutline& outline) const {
    detail::require_one_each(features.size(), roles_as_given.size(), "roles");
    const ClusterOptions& options = state_->options;
    const auto order = detail::canonical_order(features);
    detail::Corpus corpus = state_->corpus(features, order);
    std::vector<BlockRole> roles;
    roles.reserve(order.size());
    for (const std::size_t i : order)
        roles.push_back(roles_as_given[i]);
    const auto is_of_others = [&](std::uint32_t a, std::uint32_t b) {
        return roles[a] == BlockRole::guest && roles[b] == BlockRole::guest;
    };

    detail::CorpusStatistics statistics = place_in(
        corpus, state_->ordinary, detail::TimeNearness(detail::days_of(outline)), options.threads);
    std::vector<detail::CandidatePair> candidates;
    {
        const EmbeddingMatrix transformed =
            state_->ordinary.transform(corpus.vectors, options.threads);
        candidates = detail::candidate_pairs(
            transformed, state_->pair_model.min_cosine(), options.max_neighbours,
            options.time_window, corpus.times, options.threads, {},
            state_->thresholds(corpus, transformed, statistics, features, order, outline));
    }
    std::erase_if(candidates, [&](const detail::CandidatePair& pair) {
        return is_of_others(pair.first, pair.second);
    });
    const bool is_limited = options.max_neighbours > 0;
    const detail::Places places =
        is_limited ? detail::find_places(candidates, roles, options.max_neighbours, options.threads)
                   : detail::Places{};

    BlockPairs out;
    out.compared = candidates.size();
    const detail::WeightedCorpus weighted =
        weigh(std::move(corpus), std::move(statistics), state_->pair_model.calibration(),
              options.threads);
    detail::score_candidates(
        weighted, state_->pair_model, candidates, detail::least_edge, options.threads,
        [&](std::size_t i, float probability) {
            BlockPair pair{candidates[i].first, candidates[i].second, probability};
            if (is_limited) {
                pair.first_place = places.first[i];
                pair.second_place = places.second[i];
                const bool by_first = detail::is_certain(roles[pair.first], pair.first_place);
                const bool by_second = detail::is_certain(roles[pair.second], pair.second_place);
                pair.is_certain = by_first || by_second;
            }
            out.pairs.push_back(pair);
        });
    std::vector<std::uint32_t> all(order.size());
    std::iota(all.begin(), all.end(), 0U);
    std::vector<Edge> by_names;
    add_lexical_edges(weighted, state_->pair_model, all, options, detail::least_edge, by_names);
    for (const Edge& edge : by_names)
        if (!is_of_others(edge.first, edge.second))
            out.pairs.push_back({edge.first, edge.second, edge.probability});
    std::stable_sort(out.pairs.begin(), out.pairs.end(), detail::stands_before);

    for (BlockPair& pair : out.pairs) {
        pair.first = static_cast<std::uint32_t>(order[pair.first]);
        pair.second = static_cast<std::uint32_t>(order[pair.second]);
    }
    out.rows = places.rows;
    for (BlockRow& row : out.rows)
        row.article = static_cast<std::uint32_t>(order[row.article]);
    return out;
}

Clustering BlockClusterer::cut(std::size_t articles, std::vector<Edge> pairs) const {
    return cluster_graph(
        {articles, std::move(pairs), state_->pair_model.missing_probability()},
        {state_->options.method, state_->options.min_probability, state_->options.threads});
}

std::vector<Story> BlockClusterer::describe(std::span<const ArticleFeatures> features,
                                            std::span<const std::uint32_t> stories,
                                            std::span<const std::uint32_t> representatives,
                                            const CollectionOutline& outline) const {
    const std::size_t n = features.size();
    detail::require_one_each(n, stories.size(), "numbers of stories");
    detail::require_one_each(n, representatives.size(), "representatives");
    const auto order = detail::canonical_order(features);
    std::vector<std::uint32_t> position(n);
    for (std::uint32_t i = 0; i < n; ++i)
        position[order[i]] = i;
    std::vector<std::uint32_t> canonical;
    std::vector<std::vector<std::uint32_t>> members;
    canonical.reserve(n);
    for (std::uint32_t i = 0; i < n; ++i) {
        const std::uint32_t story = stories[order[i]];
        const std::uint32_t representative = representatives[order[i]];
        if (story >= n || representative >= n)
            throw Error(Errc::bad_input, "article " + std::to_string(order[i]) + " is of story " +
                                             std::to_string(story) + " and represented by " +
                                             std::to_string(representative) + ", but there are " +
                                             std::to_string(n) + " articles");
        members.resize(std::max<std::size_t>(members.size(), story + 1));
        members[story].push_back(i);
        canonical.push_back(position[representative]);
    }
    detail::Corpus corpus = state_->corpus(features, order);
    const std::vector<std::uint64_t> identities = corpus.identities;
    detail::CorpusStatistics statistics =
        place_in(corpus, state_->ordinary, detail::TimeNearness(detail::days_of(outline)),
                 state_->options.threads);
    const detail::WeightedCorpus known =
        weigh(std::move(corpus), std::move(statistics), state_->pair_model.calibration(),
              state_->options.threads);
    std::vector<Article> articles;
    articles.reserve(n);
    std::transform(features.begin(), features.end(), std::back_inserter(articles),
                   detail::article_of);
    const detail::Articles without_texts(articles);
    const detail::StoryIds ids(without_texts, order, identities);
    const detail::StoryFrequency of_no_use; // only key terms and follow-ups ask for it
    const detail::CollectionView view{without_texts, order, known, canonical,
                                      of_no_use,     ids,   {},    false};
    const auto analyzer = state_->analyzers.borrow();
    detail::SentenceVectors sentences(detail::ModelData::of(state_->model));
    const detail::BoilerplateFilter boilerplate;
    detail::StoryBuilder builder(state_->model, state_->pair_model, boilerplate, view, *analyzer,
                                 sentences, 0);
    std::vector<Story> out;
    out.reserve(members.size());
    for (std::size_t story = 0; story < members.size(); ++story) {
        if (members[story].empty())
            throw Error(Errc::bad_input, "story " + std::to_string(story) +
                                             " has no article; number stories without gaps");
        out.push_back(builder.build(members[story]));
    }
    return out;
}

} // namespace fabula::inline v0
