// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/join/join_rows.hpp"
#include "neighbours/join/top_k_collector.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace fabula::detail {

struct ExpansionOptions {
    std::size_t rounds{};
    std::size_t nearest{}; ///< neighbours of a row
};

/// Two rows that are near a third are often near each other: compares two rows where one of them
/// has, among its `nearest` nearest, a row that is near the other, and hands what is a pair to
/// the sink; in the next round with all that was found until then. The idea is that of NN-descent
/// (Dong, Moses, Li 2011, "Efficient k-nearest neighbor graph construction for generic similarity
/// measures"), with all that a row has found in place of its k nearest, and without chance. As
/// there, a round goes only where something is new since the one before. The same for any
/// `threads`.
///
/// `order`: all positions, best such that near rows lie near each other in it. It settles which of
/// rows that are equally near are the nearest.
///
/// Memory: 40 bytes a row, 8 for each of the nearest, 8 bytes a pair found so far, 24 while they
/// are put in order; for each thread 4 bytes a row.
void compare_neighbours_of_neighbours(const JoinRows& rows, std::span<const std::uint32_t> order,
                                      const ExpansionOptions& options, PairSink& sink,
                                      unsigned threads);

} // namespace fabula::detail
