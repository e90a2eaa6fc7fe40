// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/export.hpp>

#include <string>
#include <utility>
#include <vector>

namespace fabula::inline v0 {

/// Corrections by editors: which articles tell one story and which do not, whatever their texts
/// say. A pair counts where both of its articles are there; others are passed over.
///
/// Two that must be together are clustered as one article that is as near to each other as the
/// nearer of them: it goes with the better of their stories, and what else is in the other one
/// stays, so that no correction chains stories. Of a story with two that cannot be together, each
/// other article goes with the one whose part it fits better.
struct ArticleLinks {
    using Pair = std::pair<std::string, std::string>; ///< ids, in either order

    std::vector<Pair> must;   ///< end in one story
    std::vector<Pair> cannot; ///< never do

    [[nodiscard]] bool empty() const noexcept { return must.empty() && cannot.empty(); }

    /// Empty where all can be met, else a sentence that names the pair that contradicts others, or
    /// has no id, or is of one article.
    [[nodiscard]] FABULA_EXPORT std::string validate() const;

    friend bool operator==(const ArticleLinks&, const ArticleLinks&) = default;
};

} // namespace fabula::inline v0
