// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/corpus.hpp"
#include "model/lookup/model_data.hpp"
#include "near_duplicates/near_duplicates.hpp"
#include "statistics/language_calibration.hpp"
#include "statistics/score_normalization.hpp"
#include "statistics/sums/collection_statistics.hpp"
#include "statistics/time_gap.hpp"
#include "statistics/window_density.hpp"

#include <optional>
#include <vector>

namespace fabula::detail {

/// What is ordinary, and where each article of a corpus stands in that.
struct CorpusStatistics {
    ScoreNormalization normalization;
    /// What each article has a part of in the above: its document weight where that was learned
    /// from the corpus, see `document_weights` (a near-duplicate's is its representative's), else
    /// 0.
    std::vector<double> document_weights;
    std::vector<CosineDistribution> distributions; ///< one an article
    TimeNearness nearness;
};

/// What is ordinary by the background of the model alone; nothing where it has none.
[[nodiscard]] std::optional<ScoreNormalization> ordinary_of(const ModelData& model);
/// The same with the sums that are given; of these alone where they are of other vectors than the
/// model's.
[[nodiscard]] ScoreNormalization ordinary_of(const ModelData& model, const StatisticsData& given);

/// Where each article of a corpus stands in what is ordinary elsewhere. `threads` = 0: one a core.
[[nodiscard]] CorpusStatistics place_in(const Corpus& corpus, const ScoreNormalization& ordinary,
                                        const TimeNearness& nearness, unsigned threads);

/// What is `ordinary` is given; null = learned from the unique articles of the corpus, none of
/// which = as if each article were alone. The times are those of the corpus in any case.
/// `threads` = 0: one a core.
[[nodiscard]] CorpusStatistics learn_statistics(const Corpus& corpus, const NearDuplicates& groups,
                                                const LanguageCalibration& calibration,
                                                const WindowDensity& density, unsigned threads,
                                                const ScoreNormalization* ordinary);

} // namespace fabula::detail
