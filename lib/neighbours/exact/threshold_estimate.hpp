// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/join/join_rows.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// One row in so many is looked at.
constexpr std::size_t sample_stride = 16;

/// Whether an estimate saves more than it costs: where rows keep few of many neighbours. Without
/// one, each row takes in k (1 + ln(n / k)) neighbours in n that are the nearest so far, and as
/// many again because thresholds rise late.
[[nodiscard]] bool needs_threshold_estimate(const JoinRows& rows);

/// For each position a cosine that its k-th nearest neighbour most likely has or exceeds, or
/// `min_cosine` where too few rows are within the window to tell: that of the neighbour of some
/// rank in a sample. The rank is 3.5 standard deviations above the k / stride that are expected.
/// From integers alone, so the same for every instruction set.
[[nodiscard]] std::vector<float> estimate_thresholds(const JoinRows& rows, unsigned threads);

} // namespace fabula::detail
