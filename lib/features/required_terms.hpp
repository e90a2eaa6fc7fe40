// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/article_words.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// A word by which two texts of one template differ although nearly all their words are the same: a
/// number of any length, or a rare word that may be a name.
struct CopyMark {
    std::uint32_t key : 29;         ///< of the hash of its native form
    std::uint32_t is_number : 1;    ///< else a name
    std::uint32_t has_capitals : 1; ///< a name in a script with capitals
    std::uint32_t at_edge : 1; ///< stands nowhere but in the first or last words of a long body
};

/// The marks of an article, sorted by key, each once. The edges are where prints of one report
/// differ: the dateline, the author, the agency, a closing line. Titles have none. A pure function.
[[nodiscard]] std::vector<CopyMark> copy_marks(std::span<const ArticleWord> words);

/// Whether the marks allow that one is a copy of the other, the edges left out: each has all
/// numbers of the other, and for one name that the other lacks (a correction) it has ten; in
/// scripts without capitals, where every rare word is a mark, forty. Symmetric.
[[nodiscard]] bool may_be_copies(std::span<const CopyMark> a, std::span<const CopyMark> b);

} // namespace fabula::detail
