// SPDX-License-Identifier: Apache-2.0
#include "scoring/candidates.hpp"

#include "neighbours/candidate_search.hpp"
#include "statistics/candidate_threshold.hpp"

namespace fabula::detail {

namespace {

/// One threshold an article; those of articles that are not unique are not used.
std::vector<float> thresholds(const Corpus& corpus, std::span<const std::uint32_t> unique,
                              const CorpusStatistics& statistics,
                              const LanguageCalibration& calibration, double articles_in_window) {
    const Eviction eviction(corpus.scratch);
    const CandidateThreshold threshold(articles_in_window);
    std::vector<float> out(corpus.size());
    for (std::size_t at = 0; at < unique.size(); ++at) {
        const std::uint32_t i = unique[at];
        const LexicalFeatures& article = corpus.lexical[i];
        out[i] = threshold.of(statistics.distributions[i], article.words,
                              1 / calibration.factor(article.language, article.language));
        eviction.now_and_then(at);
    }
    return out;
}

} // namespace

std::vector<CandidatePair> find_candidates(Corpus& corpus, std::span<const std::uint32_t> unique,
                                           const CorpusStatistics& statistics,
                                           const LanguageCalibration& calibration,
                                           const CandidateLimits& limits, double articles_in_window,
                                           unsigned threads) {
    const EmbeddingMatrix transformed = statistics.normalization.transform(corpus.vectors, threads);
    corpus.spill_vectors();
    return candidate_pairs(transformed, limits.min_cosine, limits.max_neighbours,
                           limits.time_window, corpus.times, threads, unique,
                           thresholds(corpus, unique, statistics, calibration, articles_in_window),
                           limits.exact_below);
}

} // namespace fabula::detail
