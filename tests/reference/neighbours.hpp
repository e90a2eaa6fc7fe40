// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time_window.hpp"
#include "neighbours/candidate_search.hpp"

#include <fabula/embedding.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::test {

/// `detail::candidate_pairs` by looking at each pair in turn.
[[nodiscard]] std::vector<detail::CandidatePair>
candidate_pairs_naive(const EmbeddingMatrix& vectors, float min_cosine, std::size_t max_neighbours,
                      std::chrono::seconds time_window, detail::Times times,
                      std::span<const std::uint32_t> only = {},
                      std::span<const float> row_thresholds = {});

} // namespace fabula::test
