// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/lexical_features.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::test {

/// `detail::find_near_duplicates` by looking at each pair in turn, whatever the number of
/// representatives.
[[nodiscard]] std::vector<std::uint32_t>
find_near_duplicates_naive(std::span<const detail::LexicalFeatures> lexical,
                           std::chrono::seconds time_window);

} // namespace fabula::test
