// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evidence/article_evidence.hpp"

#include <fabula/similarity.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// How a pair is judged where one of the two articles has no vector: it is in a language that the
/// model lacks, or has no word that the model knows. What is left are names and numbers, and those
/// have to be strong: neither names alone nor numbers alone can make a story of two articles.
///
///     log-odds = -5.5 + 5 × shared names / (names of the article with fewer + 1)
///                     + 4 × shared numbers / (numbers of the article with fewer + 1)
///
/// with at least three shared names, otherwise -5.5. Years and dates do not count. Two
/// articles that neither have a vector, of a language that neither's tag tells apart, can also be
/// copies of one another, which shows in their words: 20 × (cosine of their terms - 0.9), where
/// that is more. The constants are set, not fitted: for every log-odds above 0, most names and some
/// numbers must agree.
struct NamesAlone {
    std::size_t shared_names{};
    double names{};   ///< shared names / (smaller + 1)
    double numbers{}; ///< shared numbers / (smaller + 1)
    double words{};   ///< cosine of the terms; 0 where the two cannot be copies
};

[[nodiscard]] NamesAlone measure_names_alone(const ArticleEvidence& a, const ArticleEvidence& b);
[[nodiscard]] double log_odds(const NamesAlone& pair);
/// All of them sum to the log-odds.
[[nodiscard]] std::vector<Contribution> contributions(const NamesAlone& pair);
/// `duplicate` where nearly all words are the same, else `same_story` from a probability of 0.5 on.
[[nodiscard]] Relation relation(const NamesAlone& pair);

/// Two articles that share names, `first < second`.
struct NamePair {
    std::uint32_t first{};
    std::uint32_t second{};

    friend bool operator==(const NamePair&, const NamePair&) = default;
};

/// All pairs of an article without a vector and any other that share three names or more, sorted.
/// Names that more than a tenth of the articles have (100 at the least) are not looked at; an
/// article keeps its `most` partners (0 = all) with the most shared names, ties to the lower index.
/// Pairs further apart than `time_window` (0 = no limit) are left out. Where `only` is not empty,
/// the other articles take no part; it is ascending, each article once. Depends on the articles and
/// their order alone.
[[nodiscard]] std::vector<NamePair> name_pairs(std::span<const ArticleEvidence> evidence,
                                               std::size_t most, std::chrono::seconds time_window,
                                               std::span<const std::uint32_t> only = {});

} // namespace fabula::detail
