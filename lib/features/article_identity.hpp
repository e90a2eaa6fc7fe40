// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>

#include <cstdint>

namespace fabula::detail {

/// A hash of all fields of an article, its text too: what it is known by where its id is missing or
/// is also that of others. The same on every machine.
[[nodiscard]] std::uint64_t article_identity(const Article& article);

} // namespace fabula::detail
