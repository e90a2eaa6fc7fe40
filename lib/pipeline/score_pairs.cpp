// SPDX-License-Identifier: Apache-2.0
#include "pipeline/score_pairs.hpp"

#include "base/logistic.hpp"
#include "base/parallel.hpp"
#include "base/release_pages.hpp"
#include "base/scratch_memory.hpp"
#include "scoring/lexical_fallback.hpp"
#include "statistics/pair_loop.hpp"

#include <algorithm>

namespace fabula::detail {

bool is_before(const Edge& a, const Edge& b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
}

void score_candidates(const WeightedCorpus& corpus, const PairModel& model,
                      std::span<CandidatePair> pairs, double least, unsigned threads,
                      const std::function<void(std::size_t, float)>& keep) {
    constexpr std::size_t pairs_at_once = std::size_t{1} << 22U;
    const Eviction eviction(corpus.corpus.scratch);
    std::vector<float> probabilities(std::min(pairs_at_once, pairs.size()));
    for (std::size_t begin = 0; begin < pairs.size(); begin += pairs_at_once) {
        const auto some = pairs.subspan(begin, std::min(pairs_at_once, pairs.size() - begin));
        for_each_pair(some, corpus.corpus.lexical, threads, eviction,
                      [&](std::size_t i, const TermPlaces& places_of_first) {
                          const auto& [first, second, cosine] = some[i];
                          const TermOverlap overlap =
                              term_overlap(places_of_first, corpus.corpus.lexical[first],
                                           corpus.corpus.lexical[second]);
                          probabilities[i] = static_cast<float>(logistic(
                              model.log_odds(corpus.measure(first, second, cosine, overlap))));
                      });
        for (std::size_t i = 0; i < some.size(); ++i)
            if (static_cast<double>(probabilities[i]) >= least)
                keep(begin + i, probabilities[i]);
        release_pages(some);
    }
}

void add_lexical_edges(const WeightedCorpus& corpus, const PairModel& model,
                       std::span<const std::uint32_t> unique, const ClusterOptions& options,
                       double least, std::vector<Edge>& edges) {
    const auto by_cosine = static_cast<std::ptrdiff_t>(edges.size());
    const std::vector<NamePair> pairs = name_pairs(corpus.corpus.lexical, options.max_neighbours,
                                                   options.time_window, unique, options.threads);
    constexpr std::size_t pairs_per_task = 4096;
    std::vector<std::vector<Edge>> likely((pairs.size() + pairs_per_task - 1) / pairs_per_task);
    for_each_task(likely.size(), options.threads, [&](std::size_t task) {
        const std::size_t end = std::min(pairs.size(), (task + 1) * pairs_per_task);
        for (std::size_t i = task * pairs_per_task; i < end; ++i) {
            const auto [first, second] = pairs[i];
            const double probability = corpus.probability(model, first, second);
            if (static_cast<double>(static_cast<float>(probability)) >= least)
                likely[task].push_back({first, second, static_cast<float>(probability)});
        }
    });
    for (const std::vector<Edge>& some : likely)
        edges.insert(edges.end(), some.begin(), some.end());
    std::inplace_merge(edges.begin(), edges.begin() + by_cosine, edges.end(), is_before);
}

} // namespace fabula::detail
