// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/articles.hpp"

#include <fabula/embedding.hpp>
#include <fabula/features.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace fabula::detail {

/// The positions of the articles in an order that does not depend on how the caller ordered them:
/// by time (those without one first), then by id, then by `article_identity`. Everything after
/// reading runs in this order, so that ties fall the same way for any permutation of the input, and
/// that what lies within a time window lies together. Where articles come with `vectors` of their
/// own, one row each, those go last.
[[nodiscard]] std::vector<std::size_t> canonical_order(const Articles& articles,
                                                       const EmbeddingMatrix* vectors = nullptr);

/// The same order, of the features of the same articles.
[[nodiscard]] std::vector<std::size_t> canonical_order(std::span<const ArticleFeatures> features);

} // namespace fabula::detail
