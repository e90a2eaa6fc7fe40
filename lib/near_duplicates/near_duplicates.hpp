// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/scratch_memory.hpp"
#include "features/article_features.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// From this resemblance of the fingerprints on, an article can be a copy of another: about one
/// word in twenty-five is changed, or up to three tenths of the text are left out.
inline constexpr double copy_resemblance = 0.7;

/// Of articles with fewer shingles (of six words or less) only those of the same words are copies,
/// and only where they have a vector: without one, so few words can stand for anything.
inline constexpr std::size_t least_copied_shingles = 4;

/// How alike a copy and what it is a copy of are: the resemblance of their fingerprints where both
/// have the same language, the same numbers and almost the same names (see `may_be_copies`), and it
/// is `copy_resemblance` or more; else 0. So articles of one template with other names or numbers
/// are no copies, and prints of one report with other datelines and closing lines are. Of articles
/// with few shingles it is 1 or 0. Symmetric.
[[nodiscard]] double copy_likeness(const ArticleEvidence& a, const ArticleEvidence& b);

/// For each article its leader: the earlier article that it is a copy of, or itself. No chains: a
/// leader is its own leader, and each copy is like its leader, not only like another copy. Of the
/// leaders in reach an article takes the most like it, ties to the earlier; further apart than
/// `time_window` (0 = no limit) no two articles are copies.
///
/// Near-linear: two articles with `copy_resemblance` must share one of the rarest values of their
/// fingerprints (prefix filtering: Bayardo, Ma & Srikant 2007, "Scaling up all pairs similarity
/// search"), so leaders are looked up by those alone, and under one value only the first
/// `most_leaders_of_value` are; those that the next one is not in reach of make room for it, which
/// loses nothing where the articles are in the order of time. Articles of one template therefore
/// cost no more than others, and the answer is that of looking at each pair wherever no value has
/// more leaders in reach than that. Depends on the articles and their order alone. Memory while it
/// runs: some 100 bytes an article, and as many for each value that a leader is looked up by and
/// shares with others. `let_go`: see `LetGo`.
[[nodiscard]] std::vector<std::uint32_t> copy_leaders(std::span<const ArticleEvidence> evidence,
                                                      std::chrono::seconds time_window,
                                                      const LetGo& let_go = {});
inline constexpr std::size_t most_leaders_of_value = 128;

/// The articles that are their own leaders, ascending.
[[nodiscard]] std::vector<std::uint32_t> leaders_alone(std::span<const std::uint32_t> leaders);

} // namespace fabula::detail
