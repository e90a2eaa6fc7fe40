// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/lexical_features.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// How near another article is.
struct LocalNeighbour {
    double s_norm{};           ///< see `s_norm`, adjusted to the two languages
    double document_weight{1}; ///< see `document_weights`
    std::uint32_t article{};
};

/// The nearest of an article's neighbours, ten stories' worth of them by their document_weights:
/// the stories that it could be mistaken for, and its own. Nearest first, ties to the lower
/// article; the last one counts only as much as there was room for.
[[nodiscard]] std::vector<LocalNeighbour> nearest_stories(std::vector<LocalNeighbour> neighbours);

/// Mean s_norm of `nearest_stories`, those that are missing at 0. Where many stories
/// are told in nearly the same words (one industry, one league, one court), an S-norm score means
/// less, although the rest of the collection is far away; what two articles must exceed is local
/// (CSLS: Conneau, Lample, Ranzato, Denoyer, Jégou, "Word translation without parallel data",
/// 2018).
[[nodiscard]] double hubness(std::span<const LocalNeighbour> nearest);

/// Multiplies the weight of each term of an article by the part of its nearest stories that lack
/// it: among articles about aircraft, "Boeing" tells no stories apart.
void scale_terms_locally(LexicalFeatures& article, std::span<const LocalNeighbour> nearest,
                         std::span<const LexicalFeatures> lexical);

} // namespace fabula::detail
