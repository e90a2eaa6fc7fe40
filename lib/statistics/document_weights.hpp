// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/scratch_memory.hpp"
#include "features/lexical_features.hpp"
#include "statistics/language_calibration.hpp"
#include "statistics/window_density.hpp"

#include <fabula/embedding.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace fabula::detail {

/// What each article counts when a collection is asked what is ordinary in it: about 1 / n for each
/// of n reports of one story, so that a story told fifty times is no more ordinary than one told
/// once. One entry an article, in (0, 1], a whole number of `weight_units`; 1 for those that are
/// not `members`.
///
/// Which articles tell one story is not known yet, and need not be known well: two count as one by
///
///     1 / (1 + exp(−(cosine − 0.5) / 0.05)) × match of their names × (1 − unmatched numbers)
///
/// where the cosine is that of the article vectors on the scale of their languages, and names agree
/// by (0.9 − `TermOverlap::unmatched_names`) / 0.4, in [0, 1]; below 1/2 two of one
/// language count as two. So
/// reports in the words of one template about different people and places stay apart. The weights
/// of the terms must be as extracted.
///
/// Cosines below 0.35 add nothing, and in large collections those below a higher bound do not
/// (0.5 for 100,000 articles within the window of one another): there, many articles are a little
/// alike by chance. Articles further apart in time than the window tell two stories. `times` has
/// one entry an article, or none. `eviction`: see `Eviction`.
[[nodiscard]] std::vector<double>
document_weights(const EmbeddingMatrix& vectors, std::span<const LexicalFeatures> lexical,
                 std::span<const std::optional<std::chrono::sys_seconds>> times,
                 std::span<const std::uint32_t> members, const LanguageCalibration& calibration,
                 unsigned threads, const WindowDensity& density = {},
                 const Eviction& eviction = {});

} // namespace fabula::detail
