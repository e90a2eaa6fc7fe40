// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scoring/lexical_fallback.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::test {

/// `detail::name_pairs` by looking at each pair in turn.
[[nodiscard]] std::vector<detail::NamePair>
name_pairs_naive(std::span<const detail::LexicalFeatures> lexical, std::size_t most,
                 std::chrono::seconds time_window, std::span<const std::uint32_t> only = {});

} // namespace fabula::test
