// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/lexical_features.hpp"

#include <fabula/scoring.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// How a pair is scored where one of the two articles has no vector: it is in a language that the
/// model lacks, or has no word that the model knows. What is left are names and numbers, and those
/// have to be strong: neither names alone nor numbers alone can make a story of two articles.
///
///     log-odds = -5.5 + 5 × shared names / (names of the article with fewer + 1)
///                     + 4 × shared numbers / (numbers of the article with fewer + 1)
///
/// with at least three shared names, otherwise -5.5. Years and dates do not count. Two
/// articles that neither have a vector, of a language that neither's tag tells apart, can also be
/// near-duplicates of one another, which shows in their words: 20 × (cosine of their terms - 0.9),
/// where that is more. The constants are set, not fitted: for every log-odds above 0, most names
/// and some numbers must agree.
struct LexicalFallback {
    std::size_t shared_names{};
    double names{};   ///< shared names / (smaller + 1)
    double numbers{}; ///< shared numbers / (smaller + 1)
    double words{};   ///< cosine of the terms; 0 where the two cannot be near-duplicates
};

[[nodiscard]] LexicalFallback measure_lexical_fallback(const LexicalFeatures& a,
                                                       const LexicalFeatures& b);
[[nodiscard]] double log_odds(const LexicalFallback& pair);
/// All of them sum to the log-odds.
[[nodiscard]] std::vector<Contribution> contributions(const LexicalFallback& pair);
/// `duplicate` where nearly all words are the same, else `same_story` from a probability of 0.5 on.
[[nodiscard]] Relation relation(const LexicalFallback& pair);

/// Two articles that share names, `first < second`.
struct NamePair {
    std::uint32_t first{};
    std::uint32_t second{};

    friend bool operator==(const NamePair&, const NamePair&) = default;
};

/// Pairs of an article without a vector and any other within `time_window` of it (0 = no limit)
/// that share three or more of the names which that article follows, sorted. It keeps its `most`
/// partners (0 = all) with the most of them, ties to the lower index. Where `only` is not empty,
/// the other articles take no part; it is ascending, each article once. `threads` = 0: one a core.
///
/// Names that more than a tenth of the articles have (100 at the least) are not followed. Of the
/// others an article follows those that the fewest articles within its window have, ties by key,
/// for as long as these are no more than `most_met_by_names`, each counted once for every name: in
/// scripts without capitals most longer words are names, and articles that share some of them are
/// nearly all. So the time is linear in the articles, whatever they say.
///
/// Memory: 4 bytes a name of all articles, 60 a distinct one, 2 an article for each thread, 8 a
/// pair. Depends on the articles and their order alone.
[[nodiscard]] std::vector<NamePair> name_pairs(std::span<const LexicalFeatures> lexical,
                                               std::size_t most, std::chrono::seconds time_window,
                                               std::span<const std::uint32_t> only = {},
                                               unsigned threads = 1);
inline constexpr std::size_t most_met_by_names = std::size_t{1} << 14U;

} // namespace fabula::detail
