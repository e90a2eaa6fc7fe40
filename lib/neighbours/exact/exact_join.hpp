// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/join/join_rows.hpp"
#include "neighbours/join/top_k_collector.hpp"

namespace fabula::detail {

/// Finds every candidate pair: each block of rows against itself and those before it, as far as the
/// window reaches. Memory: dimension + 14 bytes for each row within the window of the blocks at
/// hand.
void join_exactly(const JoinRows& rows, PairSink& sink, unsigned threads);

} // namespace fabula::detail
