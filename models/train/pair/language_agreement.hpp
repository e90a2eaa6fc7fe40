// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "labelled_pairs.hpp"

#include <cstddef>
#include <vector>

namespace fabula::training {

/// The factor of each language in the cosines of articles that tell one story: the a that come
/// nearest to mean cosine(i, j) = a(i) × a(j) over all pairs of languages, each pair of articles
/// counting once; scaled so that they are 1 on average. Languages with few pairs are drawn to 1.
[[nodiscard]] std::vector<double> estimate_agreement(const LabelledPairs& set,
                                                     std::size_t languages);

} // namespace fabula::training
