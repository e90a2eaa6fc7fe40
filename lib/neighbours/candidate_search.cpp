// SPDX-License-Identifier: Apache-2.0
#include "neighbours/candidate_search.hpp"

#include "neighbours/exact/exact_join.hpp"
#include "neighbours/ivf/index_join.hpp"
#include "neighbours/join/join_rows.hpp"
#include "neighbours/join/top_k_collector.hpp"
#include "neighbours/join/unit_rows.hpp"

namespace fabula::detail {

std::vector<CandidatePair> candidate_pairs(const EmbeddingMatrix& vectors, float min_cosine,
                                           std::size_t max_neighbours,
                                           std::chrono::seconds time_window, Times times,
                                           unsigned threads, std::span<const std::uint32_t> only,
                                           std::span<const float> row_thresholds,
                                           std::size_t exact_below) {
    check_sizes(vectors, times.size());
    check_row_thresholds(vectors.rows, row_thresholds);
    const JoinRows rows(vectors, {min_cosine, max_neighbours, time_window, row_thresholds}, times,
                        only, threads);
    PairSink sink(rows);
    if (rows.mean_in_window() <= static_cast<double>(exact_below))
        join_exactly(rows, sink, threads);
    else
        join_by_index(rows, IndexOptions::for_rows(rows.size()), sink, threads);
    return sink.finish(threads);
}

} // namespace fabula::detail
