// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/corpus.hpp"
#include "neighbours/join/candidate_pair.hpp"
#include "statistics/candidate_threshold.hpp"
#include "statistics/corpus_statistics.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace fabula::detail {

/// Which pairs may be candidates, see `candidate_pairs`.
struct CandidateLimits {
    float min_cosine{};
    std::size_t max_neighbours{512}; ///< 0 = no limit
    std::chrono::seconds time_window{0};
    std::size_t exact_below{150'000};
};

/// The candidate threshold of each article, by a sample of the unique ones, see
/// `CandidateThreshold`.
class CandidateThresholds {
public:
    /// None is needed.
    CandidateThresholds() = default;
    CandidateThresholds(const EmbeddingMatrix& transformed, std::span<const std::uint32_t> unique,
                        double articles_in_window);

    [[nodiscard]] bool are_needed() const { return !sample_.empty(); }

    /// Of an article whose vector is `row` as the statistics see it, and which is not of the sample
    /// but where `number`, its row, says so. -1 where none is needed. `cosines` is room to work in.
    [[nodiscard]] float of(std::span<const float> row, const LexicalFeatures& article,
                           double deviation, const LanguageCalibration& calibration,
                           std::optional<std::uint32_t> number, std::vector<float>& cosines) const;

private:
    CandidateThreshold threshold_{0};
    std::vector<std::uint32_t> sample_;
    EmbeddingMatrix rows_; ///< of the sample
};

/// What a search made of the articles, for one of other articles among them.
struct SearchedArticles {
    EmbeddingMatrix transformed;   ///< their vectors, as the statistics see them
    std::vector<float> thresholds; ///< one an article, or none
    CandidateThresholds of_others;
};

/// The pairs of unique articles that are worth scoring, by their vectors as the statistics see them
/// and above the `CandidateThreshold` of both; sorted. The corpus' vectors are spilled, where that
/// is possible. `threads` = 0: one a core. `kept`, where given, receives what is made on the way.
/// \throws Error(bad_input) where there are more pairs than fit, see `candidate_pairs`
[[nodiscard]] std::vector<CandidatePair>
find_candidates(Corpus& corpus, std::span<const std::uint32_t> unique,
                const CorpusStatistics& statistics, const LanguageCalibration& calibration,
                const CandidateLimits& limits, double articles_in_window, unsigned threads,
                SearchedArticles* kept = nullptr);

} // namespace fabula::detail
