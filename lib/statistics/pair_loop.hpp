// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/parallel.hpp"
#include "base/scratch_memory.hpp"
#include "features/lexical_features.hpp"
#include "features/term_places.hpp"
#include "neighbours/candidate_search.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>

namespace fabula::detail {

/// Calls visit(i, places) once for each pair, several threads at a time (see `for_each_task`), with
/// the features of the pairs ahead on its way from memory; `places` are those of the terms of its
/// first article. `pairs` are sorted by their first articles; `eviction` is called now and then.
template <class Visit>
void for_each_pair(std::span<const CandidatePair> pairs, std::span<const LexicalFeatures> lexical,
                   unsigned threads, const Eviction& eviction, Visit&& visit) {
    constexpr std::size_t pairs_per_task = 4096;
    constexpr std::size_t tasks_together = 1024;
    constexpr std::size_t later = 4;
    constexpr std::size_t much_later = 12;
    for_each_task((pairs.size() + pairs_per_task - 1) / pairs_per_task, threads,
                  [&](std::size_t task) {
                      TermPlaces places;
                      std::uint32_t first = std::numeric_limits<std::uint32_t>::max(); // is none
                      const std::size_t end = std::min(pairs.size(), (task + 1) * pairs_per_task);
                      for (std::size_t i = task * pairs_per_task; i < end; ++i) {
                          if (i + much_later < end)
                              prefetch_lexical_features(lexical[pairs[i + later].second],
                                                        lexical[pairs[i + much_later].second]);
                          if (pairs[i].first != first) {
                              first = pairs[i].first;
                              places.assign(lexical[first].terms);
                          }
                          visit(i, places);
                      }
                      if (task % tasks_together == tasks_together - 1)
                          eviction.now();
                  });
}

} // namespace fabula::detail
