// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/articles.hpp"

#include <cstddef>
#include <vector>

namespace fabula::detail {

/// The positions of the articles in an order that does not depend on how the caller ordered them:
/// by id, then by the other fields. Everything after reading runs in this order, so that ties fall
/// the same way for any permutation of the input.
[[nodiscard]] std::vector<std::size_t> canonical_order(const Articles& articles);

} // namespace fabula::detail
