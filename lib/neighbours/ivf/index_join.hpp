// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/ivf/inverted_file.hpp"
#include "neighbours/join/join_rows.hpp"
#include "neighbours/join/top_k_collector.hpp"

namespace fabula::detail {

/// Finds the candidate pairs of which one row looks into the cell of the other, and then those
/// whose rows are near a third, round by round. What is found is exact; what is missed is counted
/// by the benchmark. The same for any `threads`.
void join_by_index(const JoinRows& rows, const IndexOptions& options, PairSink& sink,
                   unsigned threads);

} // namespace fabula::detail
