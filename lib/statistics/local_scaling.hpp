// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/article_features.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// How near another article is.
struct CrowdNeighbour {
    double closeness{}; ///< see `closeness`, adjusted to the two languages
    double share{1};    ///< see `story_shares`
    std::uint32_t article{};
};

/// The nearest of an article's neighbours, ten stories' worth of them by their shares: the stories
/// that it could be mistaken for, and its own. Nearest first, ties to the lower article; the last
/// one counts only as much as there was room for.
[[nodiscard]] std::vector<CrowdNeighbour> nearest_stories(std::vector<CrowdNeighbour> neighbours);

/// Mean closeness of `nearest_stories`, those that are missing at 0. In a crowd, where many stories
/// are told in nearly the same words (one industry, one league, one court), closeness means less,
/// although the rest of the collection is far away; what two articles must exceed is local (CSLS:
/// Conneau, Lample, Ranzato, Denoyer, Jégou, "Word translation without parallel data", 2018).
[[nodiscard]] double crowding(std::span<const CrowdNeighbour> nearest);

/// Multiplies the weight of each term of an article by the part of its nearest stories that lack
/// it: in a crowd about aircraft, "Boeing" tells no stories apart.
void weigh_in_crowd(ArticleEvidence& article, std::span<const CrowdNeighbour> nearest,
                    std::span<const ArticleEvidence> evidence);

} // namespace fabula::detail
