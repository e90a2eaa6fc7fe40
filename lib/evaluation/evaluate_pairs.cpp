// SPDX-License-Identifier: Apache-2.0
#include "evaluation/contingency.hpp"

#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace fabula::inline v0 {
namespace {

/// Whole numbers to the last division, so that no bit depends on the order of the pairs.
double area_under_roc(std::span<const LabelledPair> pairs) {
    std::vector<std::pair<double, bool>> ranked;
    ranked.reserve(pairs.size());
    for (const LabelledPair& pair : pairs)
        ranked.emplace_back(pair.probability, pair.same_story);
    std::sort(ranked.begin(), ranked.end());
    std::uint64_t same = 0;
    std::uint64_t different = 0;
    std::uint64_t half_wins = 0; // two for each pair of one story above one of different stories
    for (auto at = ranked.begin(); at != ranked.end();) {
        std::uint64_t tied_same = 0;
        std::uint64_t tied_different = 0;
        const double probability = at->first;
        for (; at != ranked.end() && at->first == probability; ++at)
            ++(at->second ? tied_same : tied_different);
        half_wins += tied_same * (2 * different + tied_different);
        same += tied_same;
        different += tied_different;
    }
    if (same == 0 || different == 0)
        return 0.5;
    return static_cast<double>(half_wins) / static_cast<double>(2 * same * different);
}

} // namespace

PairQuality evaluate_pairs(std::span<const LabelledPair> pairs) {
    std::uint64_t joined = 0;
    std::uint64_t correct = 0;
    PairQuality out;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const LabelledPair& pair = pairs[i];
        if (!(pair.probability >= 0 && pair.probability <= 1)) // also NaN
            throw Error(Errc::bad_input, "pair " + std::to_string(i) + " has the probability " +
                                             std::to_string(pair.probability) +
                                             ", but must have one in [0, 1]");
        ++(pair.same_story ? out.same_story_pairs : out.different_story_pairs);
        joined += pair.same_cluster ? 1 : 0;
        correct += pair.same_cluster && pair.same_story ? 1 : 0;
    }
    const double precision = detail::share(correct, joined);
    const double recall = detail::share(correct, out.same_story_pairs);
    const double sum = precision + recall;
    out.same_cluster = {precision, recall, sum > 0 ? 2 * precision * recall / sum : 0};
    out.auc = area_under_roc(pairs);
    return out;
}

} // namespace fabula::inline v0
