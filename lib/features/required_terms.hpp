// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/article_words.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// A word by which two texts of one template differ although nearly all their words are the same: a
/// number of any length, or a rare word that may be a name.
struct RequiredTerm {
    std::uint32_t key : 29;         ///< of the hash of its normalised form
    std::uint32_t is_number : 1;    ///< else a name
    std::uint32_t has_capitals : 1; ///< a name in a script with capitals
    std::uint32_t at_edge : 1; ///< stands nowhere but in the first or last words of a long body
};

/// The marks of an article, sorted by key, each once. The edges are where near-duplicates of one
/// report differ: the dateline, the author, the agency, a closing line. Titles have none. A pure
/// function.
[[nodiscard]] std::vector<RequiredTerm> required_terms(std::span<const ArticleWord> words);

/// Whether the marks allow that one is a near-duplicate of the other, the edges left out: each has
/// all numbers of the other, and for one name that the other lacks (a correction) it has ten; in
/// scripts without capitals, where every rare word is a mark, forty. Symmetric.
[[nodiscard]] bool may_be_near_duplicates(std::span<const RequiredTerm> a,
                                          std::span<const RequiredTerm> b);

} // namespace fabula::detail
