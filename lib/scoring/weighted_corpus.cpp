// SPDX-License-Identifier: Apache-2.0
#include "scoring/weighted_corpus.hpp"

#include "base/logistic.hpp"
#include "base/parallel.hpp"
#include "neighbours/join/dot.hpp"
#include "scoring/lexical_fallback.hpp"

#include <algorithm>
#include <utility>

namespace fabula::detail {

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
    return measure_pair(corpus.lexical[a], corpus.lexical[b], overlap,
                        s_norm(cosine, statistics.distributions[a], statistics.distributions[b]),
                        statistics.nearness, calibration);
}

double WeightedCorpus::probability(const PairModel& model, std::size_t a, std::size_t b) const {
    if (!corpus.lexical[a].has_vector || !corpus.lexical[b].has_vector)
        return logistic(log_odds(measure_lexical_fallback(corpus.lexical[a], corpus.lexical[b])));
    return logistic(model.log_odds(measure(a, b, cosine(a, b))));
}

WeightedCorpus weigh(Corpus corpus, CorpusStatistics statistics,
                     const LanguageCalibration& calibration, unsigned threads) {
    WeightedCorpus out{std::move(corpus), std::move(statistics), calibration};
    const Eviction eviction(out.corpus.scratch);
    constexpr std::size_t articles_per_task = 256;
    for_each_range(out.corpus.size(), articles_per_task, threads, [&](ItemRange range) {
        for (std::size_t i = range.begin; i < range.end; ++i) {
            out.statistics.normalization.weigh(out.corpus.lexical[i],
                                               out.statistics.document_weights[i]);
            eviction.now_and_then(i);
        }
    });
    return out;
}

Prepared prepare(Corpus corpus, const LanguageCalibration& calibration,
                 const CandidateLimits& limits, unsigned threads,
                 const ScoreNormalization* ordinary, SearchedArticles* kept) {
    // Near-duplicates count once: only what they repeat is learned from and compared.
    const Eviction eviction(corpus.scratch);
    NearDuplicates groups = group_near_duplicates(corpus.lexical, limits.time_window, eviction);
    eviction.now();
    const WindowDensity density =
        window_density(corpus.times, groups.unique, limits.time_window, limits.exact_below);
    CorpusStatistics statistics =
        learn_statistics(corpus, groups, calibration, density, threads, ordinary);
    std::vector<CandidatePair> candidates = find_candidates(
        corpus, groups.unique, statistics, calibration, limits, density.articles, threads, kept);
    return {std::move(groups), std::move(candidates),
            weigh(std::move(corpus), std::move(statistics), calibration, threads)};
}

} // namespace fabula::detail
