// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/corpus.hpp"
#include "neighbours/join/candidate_pair.hpp"
#include "statistics/corpus_statistics.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
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

/// The pairs of unique articles that are worth scoring, by their vectors as the statistics see them
/// and above the `CandidateThreshold` of both; sorted. The corpus' vectors are spilled, where that
/// is possible. `threads` = 0: one a core.
/// \throws Error(bad_input) where there are more pairs than fit, see `candidate_pairs`
[[nodiscard]] std::vector<CandidatePair>
find_candidates(Corpus& corpus, std::span<const std::uint32_t> unique,
                const CorpusStatistics& statistics, const LanguageCalibration& calibration,
                const CandidateLimits& limits, double articles_in_window, unsigned threads);

} // namespace fabula::detail
