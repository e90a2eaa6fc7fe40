// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/article_features.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::test {

/// `detail::copy_leaders` by looking at each pair in turn, whatever the number of leaders.
[[nodiscard]] std::vector<std::uint32_t>
copy_leaders_naive(std::span<const detail::ArticleEvidence> evidence,
                   std::chrono::seconds time_window);

} // namespace fabula::test
