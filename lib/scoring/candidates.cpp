// SPDX-License-Identifier: Apache-2.0
#include "scoring/candidates.hpp"

#include "base/parallel.hpp"
#include "neighbours/candidate_search.hpp"
#include "neighbours/join/dot.hpp"
#include "statistics/candidate_threshold.hpp"

#include <algorithm>

namespace fabula::detail {

namespace {

/// One threshold an article, or none; those of articles that are not unique are not used.
std::vector<float> thresholds(const Corpus& corpus, const EmbeddingMatrix& transformed,
                              std::span<const std::uint32_t> unique,
                              const CorpusStatistics& statistics,
                              const LanguageCalibration& calibration, double articles_in_window,
                              unsigned threads) {
    const CandidateThreshold threshold(articles_in_window);
    if (!threshold.is_needed())
        return {};
    const Eviction eviction(corpus.scratch);
    std::vector<std::uint32_t> sample;
    const std::size_t step = std::max<std::size_t>(1, unique.size() / threshold.sample_size);
    for (std::size_t at = step / 2; at < unique.size(); at += step)
        sample.push_back(unique[at]);
    std::vector<float> out(corpus.size());
    constexpr std::size_t articles_per_task = 256;
    for_each_range(unique.size(), articles_per_task, threads, [&](ItemRange range) {
        std::vector<float> cosines;
        for (std::size_t at = range.begin; at < range.end; ++at) {
            const std::uint32_t i = unique[at];
            const float* const row = transformed.row(i).data();
            cosines.clear();
            for (const std::uint32_t other : sample)
                if (other != i)
                    cosines.push_back(
                        dot(row, transformed.row(other).data(), transformed.dimension));
            const LexicalFeatures& article = corpus.lexical[i];
            out[i] = threshold.of(
                cosines, static_cast<double>(statistics.distributions[i].deviation), article.words,
                1 / calibration.factor(article.language, article.language));
            eviction.now_and_then(at);
        }
    });
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
                           thresholds(corpus, transformed, unique, statistics, calibration,
                                      articles_in_window, threads),
                           limits.exact_below);
}

} // namespace fabula::detail
