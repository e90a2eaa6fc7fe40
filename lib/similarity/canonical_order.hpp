// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace fabula::detail {

/// The positions of the articles in an order that does not depend on how the caller ordered them:
/// by id, then by the other fields. Everything after reading runs in this order, so that ties fall
/// the same way for any permutation of the input.
[[nodiscard]] std::vector<std::size_t> canonical_order(std::span<const Article> articles);

} // namespace fabula::detail
