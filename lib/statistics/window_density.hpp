// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time_window.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

namespace fabula::detail {

/// Which articles of a collection can meet in one pair.
struct WindowDensity {
    std::chrono::seconds time_window{0}; ///< further apart in time they do not; 0 = no limit
    double articles{1};                  ///< mean number of others that one can meet
    std::size_t exact_below{150'000};    ///< see `GraphOptions::exact_below`
};

/// That of the members. `times` has one entry an article; an article without a time meets all.
[[nodiscard]] WindowDensity window_density(Times times, std::span<const std::uint32_t> members,
                                           std::chrono::seconds time_window,
                                           std::size_t exact_below);

} // namespace fabula::detail
