// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scoring/weighted_corpus.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::training {

/// The factor of each language in the cosines of articles that tell one story: the a that come
/// nearest to mean cosine(i, j) = a(i) × a(j) over all pairs of languages, each pair of articles
/// counting once; scaled so that they are 1 on average. Languages with few pairs are drawn to 1.
/// `gold` is the story of each article.
[[nodiscard]] std::vector<double> estimate_agreement(const detail::WeightedCorpus& corpus,
                                                     std::span<const std::uint32_t> gold,
                                                     std::size_t languages);

} // namespace fabula::training
