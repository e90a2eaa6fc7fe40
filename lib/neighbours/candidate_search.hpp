// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/join/candidate_pair.hpp"

#include <fabula/embedding.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace fabula::detail {

/// For `exact_below`: look at every pair, however many there are.
constexpr std::size_t never_an_index = std::numeric_limits<std::size_t>::max();

/// All pairs of rows whose cosine is at least `min_cosine`, sorted by (first, second).
///
/// Invariants, each tested against looking at every pair in turn:
/// - The cosine of a pair depends on its two rows alone, not on their indices, on the block that
///   they share or on the other rows. The products of int8 only *find* pairs, with a margin that
///   covers every error (`Int8Scale`); `dot` then gives the value that is compared and returned.
/// - Rows need not have unit length. A zero row has no pair, even where `min_cosine` is negative.
/// - With `max_neighbours` k > 0, each row keeps its k pairs of highest cosine, ties to the lower
///   index; a pair stays where either of its rows keeps it.
/// - With `time_window` > 0, rows further apart in time have no pair; a row without a time has a
///   pair with any. `times` is empty or has one entry a row.
/// - Where `row_thresholds` is not empty, a pair's cosine is also at least the mean of its two
/// rows'
///   thresholds. One a row; what is beyond [-1, 2] counts as these.
/// - Where `only` is not empty, the other rows have no pair; `only` is ascending, each row once.
/// - With more than `exact_below` rows within the window of a row on average, an inverted file,
///   and then the pairs that it has found, propose pairs: some may be missing, and none is there
///   that would not be without it, but where `max_neighbours` makes room for it.
/// - The result does not depend on `threads` (0 = one a core; more than that many are not started).
///
/// Cost: rows² / 2 × dimension multiply-adds of bytes at most; a time window leaves out whole
/// blocks. Memory: 12 bytes a row and with a window 8 more, dimension + 14 bytes a row within the
/// window of the blocks at hand (with the index dimension + 220 bytes a row and 4 for each thread),
/// 12 bytes a pair; with k > 0 instead 4 bytes a row and 15 bytes for each of at most k kept
/// neighbours a row; with the index for a time 8 more for each pair,
/// and 16, but 256 MiB at most, or what one row takes.
///
/// \throws Error(bad_input) where sizes do not match, there are 2^32 rows or pairs or more (where
/// each row keeps all of its pairs, as soon as that is sure), or a value is NaN or infinite.
[[nodiscard]] std::vector<CandidatePair>
candidate_pairs(const EmbeddingMatrix& vectors, float min_cosine, std::size_t max_neighbours,
                std::chrono::seconds time_window,
                std::span<const std::optional<std::chrono::sys_seconds>> times, unsigned threads,
                std::span<const std::uint32_t> only = {},
                std::span<const float> row_thresholds = {},
                std::size_t exact_below = never_an_index);

} // namespace fabula::detail
