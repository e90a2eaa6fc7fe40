// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// How near another article is, and whether it is likely of another story.
struct CrowdNeighbour {
    double closeness{}; ///< see `closeness`, adjusted to the two languages
    std::uint32_t article{};
};

/// How near an article is to those that are not of its story: the mean closeness of the nearest ten
/// articles' worth of them, at least 0. In a crowd, where many stories are told in nearly the same
/// words (one industry, one league, one court), closeness means less, although the rest of the
/// collection is far away; so what two articles must exceed is local (CSLS: Conneau, Lample,
/// Ranzato, Denoyer, Jégou, "Word translation without parallel data", 2018; margin: Artetxe and
/// Schwenk, 2019).
///
/// Which neighbours tell the same story is not known yet. Each counts by how little its closeness
/// alone says so, 1 − 1 / (1 + exp(−(closeness − 0.6) / 0.05)): translations and rewrites count
/// next to nothing however many there are. Sorts `neighbours`; ties to the lower article.
[[nodiscard]] double crowding(std::vector<CrowdNeighbour>& neighbours);

} // namespace fabula::detail
