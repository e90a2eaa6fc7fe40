// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/corpus.hpp"
#include "neighbours/join/candidate_pair.hpp"
#include "scoring/candidates.hpp"
#include "scoring/pair_features.hpp"
#include "scoring/pair_model.hpp"
#include "statistics/corpus_statistics.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fabula::detail {

/// A corpus whose pairs can be scored: the terms of its articles are weighed by what is ordinary.
struct WeightedCorpus {
    Corpus corpus; ///< its terms weigh what they tell here
    CorpusStatistics statistics;
    LanguageCalibration calibration;

    /// Cosine of two vectors as the statistics see them, [-1, 1]. Transforms both, which takes some
    /// microseconds: the search has them all transformed, but only while it runs.
    [[nodiscard]] float cosine(std::size_t a, std::size_t b) const;
    /// What is measured of two of its articles, given their cosine.
    [[nodiscard]] PairFeatures measure(std::size_t a, std::size_t b, float cosine) const;
    /// The same, where the overlap of their terms is at hand.
    [[nodiscard]] PairFeatures measure(std::size_t a, std::size_t b, float cosine,
                                       const TermOverlap& overlap) const;
    /// That both tell the same story, by the lexical fallback where one has no vector.
    [[nodiscard]] double probability(const PairModel& model, std::size_t a, std::size_t b) const;
};

/// Weighs the terms of a corpus by its statistics. `threads` = 0: one a core.
[[nodiscard]] WeightedCorpus weigh(Corpus corpus, CorpusStatistics statistics,
                                   const LanguageCalibration& calibration, unsigned threads);

/// A corpus ready for scoring and all that was found on the way.
struct Prepared {
    NearDuplicates groups;
    std::vector<CandidatePair> candidates;
    WeightedCorpus corpus;
};

/// From a corpus as read to one whose pairs can be scored: groups near-duplicates, finds what is
/// ordinary (see `learn_statistics`), weighs the terms and finds the candidate pairs of the unique
/// articles. For `kept` see `find_candidates`.
[[nodiscard]] Prepared prepare(Corpus corpus, const LanguageCalibration& calibration,
                               const CandidateLimits& limits, unsigned threads,
                               const ScoreNormalization* ordinary,
                               SearchedArticles* kept = nullptr);

} // namespace fabula::detail
