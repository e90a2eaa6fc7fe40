// SPDX-License-Identifier: Apache-2.0
#include "scoring/candidates.hpp"

#include "base/parallel.hpp"
#include "neighbours/candidate_search.hpp"
#include "neighbours/join/dot.hpp"

#include <algorithm>
#include <utility>

namespace fabula::detail {

CandidateThresholds::CandidateThresholds(const EmbeddingMatrix& transformed,
                                         std::span<const std::uint32_t> unique,
                                         double articles_in_window)
    : threshold_(articles_in_window) {
    if (!threshold_.is_needed())
        return;
    const std::size_t step =
        std::max<std::size_t>(1, unique.size() / CandidateThreshold::sample_size);
    for (std::size_t at = step / 2; at < unique.size(); at += step)
        sample_.push_back(unique[at]);
    rows_ = {sample_.size(), transformed.dimension, {}};
    for (const std::uint32_t row : sample_)
        rows_.values.insert(rows_.values.end(), transformed.row(row).begin(),
                            transformed.row(row).end());
}

float CandidateThresholds::of(std::span<const float> row, const LexicalFeatures& article,
                              double deviation, const LanguageCalibration& calibration,
                              std::optional<std::uint32_t> number,
                              std::vector<float>& cosines) const {
    if (!are_needed())
        return -1.0F;
    cosines.clear();
    for (std::size_t i = 0; i < sample_.size(); ++i)
        if (number != sample_[i])
            cosines.push_back(dot(row.data(), rows_.row(i).data(), rows_.dimension));
    return threshold_.of(cosines, deviation, article.words,
                         1 / calibration.factor(article.language, article.language));
}

namespace {

/// One threshold an article, or none; those of articles that are not unique are not used.
std::vector<float> thresholds(const Corpus& corpus, const EmbeddingMatrix& transformed,
                              std::span<const std::uint32_t> unique,
                              const CorpusStatistics& statistics,
                              const LanguageCalibration& calibration,
                              const CandidateThresholds& by_sample, unsigned threads) {
    if (!by_sample.are_needed())
        return {};
    const Eviction eviction(corpus.scratch);
    std::vector<float> out(corpus.size());
    constexpr std::size_t articles_per_task = 256;
    for_each_range(unique.size(), articles_per_task, threads, [&](ItemRange range) {
        std::vector<float> cosines;
        for (std::size_t at = range.begin; at < range.end; ++at) {
            const std::uint32_t i = unique[at];
            out[i] = by_sample.of(transformed.row(i), corpus.lexical[i],
                                  static_cast<double>(statistics.distributions[i].deviation),
                                  calibration, i, cosines);
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
                                           unsigned threads, SearchedArticles* kept) {
    SearchedArticles searched;
    searched.transformed = statistics.normalization.transform(corpus.vectors, threads);
    corpus.spill_vectors();
    searched.of_others = CandidateThresholds(searched.transformed, unique, articles_in_window);
    searched.thresholds = thresholds(corpus, searched.transformed, unique, statistics, calibration,
                                     searched.of_others, threads);
    std::vector<CandidatePair> pairs = candidate_pairs(
        searched.transformed, limits.min_cosine, limits.max_neighbours, limits.time_window,
        corpus.times, threads, unique, searched.thresholds, limits.exact_below);
    if (kept != nullptr)
        *kept = std::move(searched);
    return pairs;
}

} // namespace fabula::detail
