// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/corpus.hpp"
#include "near_duplicates/near_duplicates.hpp"
#include "statistics/language_calibration.hpp"
#include "statistics/score_normalization.hpp"
#include "statistics/sums/collection_statistics.hpp"
#include "statistics/time_gap.hpp"
#include "statistics/window_density.hpp"

#include <vector>

namespace fabula::detail {

/// What is ordinary in a corpus, and where each of its articles stands in that.
struct CorpusStatistics {
    ScoreNormalization normalization;
    std::vector<double> document_weights;          ///< one an article, see `document_weights`; a
                                                   ///< near-duplicate's: its representative's
    std::vector<CosineDistribution> distributions; ///< one an article
    TimeNearness nearness;
};

/// Learned from the unique articles; none = as if each article were alone. Where the sums over a
/// larger collection are `given`, they take the place of those over the corpus. `threads` = 0: one
/// a core.
[[nodiscard]] CorpusStatistics learn_statistics(const Corpus& corpus, const NearDuplicates& groups,
                                                const LanguageCalibration& calibration,
                                                const WindowDensity& density, unsigned threads,
                                                const StatisticsData* given = nullptr);

} // namespace fabula::detail
