// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/embedding.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace fabula::detail {

/// Two rows that are worth comparing, `first < second`.
struct CandidatePair {
    std::uint32_t first{};
    std::uint32_t second{};
    float cosine{}; ///< in [-1, 1], never NaN

    friend bool operator==(const CandidatePair&, const CandidatePair&) = default;
};

/// All pairs of rows whose cosine is at least `min_cosine`, sorted by (first, second).
///
/// Invariants, each tested against `candidate_pairs_naive`:
/// - The cosine of a pair depends on its two rows alone, not on their indices, on the block that
///   they share or on the other rows. Eigen's product only *finds* pairs, with a margin that covers
///   its rounding error; `dot` then gives the value that is compared and returned.
/// - Rows need not have unit length. A zero row has no pair, even where `min_cosine` is negative.
/// - With `max_neighbours` k > 0, each row keeps its k pairs of highest cosine, ties to the lower
///   index; a pair stays where either of its rows keeps it.
/// - With `time_window` > 0, rows further apart in time have no pair; a row without a time has a
///   pair with any. `times` is empty or has one entry a row.
/// - Where `only` is not empty, the other rows have no pair; `only` is ascending, each row once.
/// - The result does not depend on `threads` (0 = one a core; more than that many are not started).
///
/// Cost: rows² / 2 × dimension multiply-adds at most; a time window leaves out whole blocks.
/// Memory: one scaled copy of the vectors, 12 bytes a pair (24 while the results of the threads are
/// joined), and with k > 0 8 bytes for each of at most k kept neighbours a row.
///
/// \throws Error(bad_input) where sizes do not match, there are 2^32 rows or more, or a value is
/// NaN or infinite.
[[nodiscard]] std::vector<CandidatePair>
candidate_pairs(const EmbeddingMatrix& vectors, float min_cosine, std::size_t max_neighbours,
                std::chrono::seconds time_window,
                std::span<const std::optional<std::chrono::sys_seconds>> times, unsigned threads,
                std::span<const std::uint32_t> only = {});

/// The same answer by looking at each pair in turn: the reference for the tests.
[[nodiscard]] std::vector<CandidatePair>
candidate_pairs_naive(const EmbeddingMatrix& vectors, float min_cosine, std::size_t max_neighbours,
                      std::chrono::seconds time_window,
                      std::span<const std::optional<std::chrono::sys_seconds>> times,
                      std::span<const std::uint32_t> only = {});

} // namespace fabula::detail
