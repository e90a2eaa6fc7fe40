// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/join/candidate_pair.hpp"
#include "scoring/pair_model.hpp"
#include "scoring/weighted_corpus.hpp"

#include <fabula/neighbours.hpp>
#include <fabula/pipeline.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace fabula::detail {

/// The least probability of the edges that a partition is made from. What a less likely pair says,
/// a missing one says too, and such pairs are most.
inline constexpr double least_edge = 0.1;

/// By (first, second).
[[nodiscard]] bool is_before(const Edge& a, const Edge& b);

/// Calls keep(i, probability) for each of these pairs that is at least this likely, i ascending.
/// The pages of the pairs are released on the way: no pair can be read afterwards, nor by `keep`
/// any but the one at i. `threads` = 0: one a core.
void score_candidates(const WeightedCorpus& corpus, const PairModel& model,
                      std::span<CandidatePair> pairs, double least, unsigned threads,
                      const std::function<void(std::size_t, float)>& keep);

/// Adds the pairs of articles without a vector, which have no candidate by cosine. The edges stay
/// sorted.
void add_lexical_edges(const WeightedCorpus& corpus, const PairModel& model,
                       std::span<const std::uint32_t> unique, const ClusterOptions& options,
                       double least, std::vector<Edge>& edges);

} // namespace fabula::detail
