// SPDX-License-Identifier: Apache-2.0
#include "scoring/weighted_corpus.hpp"

#include "base/logistic.hpp"
#include "base/parallel.hpp"
#include "neighbours/join/dot.hpp"
#include "scoring/lexical_fallback.hpp"
#include "statistics/local_scaling.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace fabula::detail {

namespace {

/// Sets the hubness of each article from the pairs that are worth scoring, and weighs its terms by
/// its neighbourhood. A near-duplicate has none of its own, and stands in its representative's.
void scale_locally(WeightedCorpus& out, std::span<const CandidatePair> pairs,
                   std::span<const std::uint32_t> representatives, unsigned threads) {
    const std::size_t n = out.corpus.size();
    const Eviction eviction(out.corpus.scratch);
    // The pairs are sorted by their first articles; those of the second ones are listed.
    std::vector<std::size_t> first_begins(n + 1);
    std::vector<std::size_t> second_begins(n + 1);
    for (const CandidatePair& pair : pairs) {
        ++first_begins[pair.first + 1];
        ++second_begins[pair.second + 1];
    }
    std::partial_sum(first_begins.begin(), first_begins.end(), first_begins.begin());
    std::partial_sum(second_begins.begin(), second_begins.end(), second_begins.begin());
    std::vector<std::uint32_t> by_second(pairs.size());
    std::vector<std::size_t> next(second_begins.begin(), second_begins.end() - 1);
    for (std::size_t i = 0; i < pairs.size(); ++i)
        by_second[next[pairs[i].second]++] = static_cast<std::uint32_t>(i);
    next = {};
    out.hubness.assign(n, 0.0F);
    constexpr std::size_t articles_per_task = 64;
    for_each_task((n + articles_per_task - 1) / articles_per_task, threads, [&](std::size_t task) {
        std::vector<LocalNeighbour> neighbours;
        const std::size_t end = std::min(n, (task + 1) * articles_per_task);
        for (std::size_t i = task * articles_per_task; i < end; ++i) {
            neighbours.clear();
            const std::size_t representative = representatives[i];
            const auto add = [&](const CandidatePair& pair, std::uint32_t other) {
                const double s_norm_here =
                    s_norm(pair.cosine, out.statistics.distributions[representative],
                           out.statistics.distributions[other]) *
                    out.calibration.factor(out.corpus.lexical[representative].language,
                                           out.corpus.lexical[other].language);
                neighbours.push_back({s_norm_here, out.statistics.document_weights[other], other});
            };
            for (std::size_t k = first_begins[representative]; k < first_begins[representative + 1];
                 ++k)
                add(pairs[k], pairs[k].second);
            for (std::size_t k = second_begins[representative];
                 k < second_begins[representative + 1]; ++k)
                add(pairs[by_second[k]], pairs[by_second[k]].first);
            const std::vector<LocalNeighbour> nearest = nearest_stories(neighbours);
            out.hubness[i] = static_cast<float>(hubness(nearest));
            // Only weights are written, and only keys are read of other articles.
            scale_terms_locally(out.corpus.lexical[i], nearest, out.corpus.lexical);
            eviction.now_and_then(i);
        }
    });
}

} // namespace

float WeightedCorpus::cosine(std::size_t a, std::size_t b) const {
    const EmbeddingMatrix& vectors = corpus.vectors;
    std::vector<float> x(vectors.dimension);
    std::vector<float> y(vectors.dimension);
    statistics.normalization.transform(vectors.row(a), x);
    statistics.normalization.transform(vectors.row(b), y);
    return std::clamp(dot(x.data(), y.data(), x.size()), -1.0F, 1.0F);
}

PairFeatures WeightedCorpus::measure(std::size_t a, std::size_t b, float cosine) const {
    return measure(a, b, cosine, term_overlap(corpus.lexical[a], corpus.lexical[b]));
}

PairFeatures WeightedCorpus::measure(std::size_t a, std::size_t b, float cosine,
                                     const TermOverlap& overlap) const {
    PairFeatures out =
        measure_pair(corpus.lexical[a], corpus.lexical[b], overlap,
                     s_norm(cosine, statistics.distributions[a], statistics.distributions[b]),
                     statistics.nearness, calibration);
    out.collected = statistics.normalization.collected();
    if (!hubness.empty())
        out[PairFeature::hubness] =
            (static_cast<double>(hubness[a]) + static_cast<double>(hubness[b])) / 2;
    return out;
}

double WeightedCorpus::probability(const PairModel& model, std::size_t a, std::size_t b) const {
    if (!corpus.lexical[a].has_vector || !corpus.lexical[b].has_vector)
        return logistic(log_odds(measure_lexical_fallback(corpus.lexical[a], corpus.lexical[b])));
    return logistic(model.log_odds(measure(a, b, cosine(a, b))));
}

WeightedCorpus weigh(Corpus corpus, CorpusStatistics statistics,
                     std::span<const std::uint32_t> representatives,
                     std::span<const CandidatePair> pairs, const LanguageCalibration& calibration,
                     unsigned threads) {
    WeightedCorpus out{std::move(corpus), std::move(statistics), {}, calibration};
    const Eviction eviction(out.corpus.scratch);
    const std::size_t n = out.corpus.size();
    constexpr std::size_t articles_per_task = 256;
    for_each_task((n + articles_per_task - 1) / articles_per_task, threads, [&](std::size_t task) {
        const std::size_t end = std::min(n, (task + 1) * articles_per_task);
        for (std::size_t i = task * articles_per_task; i < end; ++i) {
            out.statistics.normalization.weigh(out.corpus.lexical[i],
                                               out.statistics.document_weights[i]);
            eviction.now_and_then(i);
        }
    });
    if (!representatives.empty())
        scale_locally(out, pairs, representatives, threads);
    return out;
}

Prepared prepare(Corpus corpus, const LanguageCalibration& calibration,
                 const CandidateLimits& limits, unsigned threads, const StatisticsData* given) {
    // Near-duplicates count once: only what they repeat is learned from and compared.
    const Eviction eviction(corpus.scratch);
    NearDuplicates groups = group_near_duplicates(corpus.lexical, limits.time_window, eviction);
    eviction.now();
    const WindowDensity density =
        window_density(corpus.times, groups.unique, limits.time_window, limits.exact_below);
    CorpusStatistics statistics =
        learn_statistics(corpus, groups, calibration, density, threads, given);
    std::vector<CandidatePair> candidates = find_candidates(
        corpus, groups.unique, statistics, calibration, limits, density.articles, threads);
    WeightedCorpus weighted = weigh(std::move(corpus), std::move(statistics),
                                    groups.representatives, candidates, calibration, threads);
    return {std::move(groups), std::move(candidates), std::move(weighted)};
}

} // namespace fabula::detail
