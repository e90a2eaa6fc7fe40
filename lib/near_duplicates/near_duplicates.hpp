// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/scratch_memory.hpp"
#include "features/lexical_features.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace fabula::detail {

/// From this resemblance of the sketches on, an article can be a near-duplicate of another: about
/// one word in twenty-five is changed, or up to three tenths of the text are left out.
inline constexpr double least_resemblance = 0.7;

/// Of articles with fewer shingles (of six words or less) only those of the same words are
/// near-duplicates, and only where they have a vector: without one, so few words can stand for
/// anything.
inline constexpr std::size_t least_copied_shingles = 4;

/// How alike a near-duplicate and what it is a near-duplicate of are: the resemblance of their
/// sketches where both have the same language, the same numbers and almost the same names (see
/// `may_be_near_duplicates`), and it is `least_resemblance` or more; else 0. So articles of one
/// template with other names or numbers are no near-duplicates, and near-duplicates of one report
/// with other datelines and closing lines are. Of articles with few shingles it is 1 or 0.
/// Symmetric.
[[nodiscard]] double near_duplicate_similarity(const LexicalFeatures& a, const LexicalFeatures& b);

/// For each article its representative: the earlier article that it is a near-duplicate of, or
/// itself. No chains: a representative is its own representative, and each near-duplicate is like
/// its representative, not only like another near-duplicate. Of the representatives within the
/// window an article takes the most like it, ties to the earlier; further apart than `time_window`
/// (0 = no limit) no two articles are near-duplicates.
///
/// Near-linear: two articles with `least_resemblance` must share one of the rarest values of their
/// sketches (prefix filtering: Bayardo, Ma & Srikant 2007, "Scaling up all pairs similarity
/// search"), so representatives are looked up by those alone, and under one value only the first
/// `most_representatives_of_value` are; those that the next one is not within the window of make
/// room for it, which loses nothing where the articles are in the order of time. Articles of one
/// template therefore cost no more than others, and the answer is that of looking at each pair
/// wherever no value has more representatives within the window than that. Depends on the articles
/// and their order alone. Memory while it runs: some 100 bytes an article, and as many for each
/// value that a representative is looked up by and shares with others. `eviction`: see `Eviction`.
[[nodiscard]] std::vector<std::uint32_t>
find_near_duplicates(std::span<const LexicalFeatures> lexical, std::chrono::seconds time_window,
                     const Eviction& eviction = {});
inline constexpr std::size_t most_representatives_of_value = 128;

/// Pairs of articles with a `near_duplicate_similarity` above 0 and within the window: all that
/// such pairs connect, these connect. What `find_near_duplicates` answers of each connected part
/// alone, it answers of the whole, as long as no value has more than
/// `most_representatives_of_value` representatives within the window. The time is that of the pairs
/// that share one of their rarest values; of those that are connected already none is looked at.
[[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>>
connect_near_duplicates(std::span<const LexicalFeatures> lexical, std::chrono::seconds time_window);

/// The articles that are their own representatives, ascending.
[[nodiscard]] std::vector<std::uint32_t>
unique_articles(std::span<const std::uint32_t> representatives);

/// The near-duplicates among some articles.
struct NearDuplicates {
    std::vector<std::uint32_t> representatives; ///< one an article, see `find_near_duplicates`
    std::vector<std::uint32_t> unique;          ///< see `unique_articles`
};

[[nodiscard]] NearDuplicates group_near_duplicates(std::span<const LexicalFeatures> lexical,
                                                   std::chrono::seconds time_window,
                                                   const Eviction& eviction = {});

} // namespace fabula::detail
