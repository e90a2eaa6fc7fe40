// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

namespace fabula::detail {

/// One time an article, or none at all.
using Times = std::span<const std::optional<std::chrono::sys_seconds>>;

/// Whether two articles may meet in one pair: they are no further apart than `window`; 0 = no
/// limit.
[[nodiscard]] inline bool within_window(std::chrono::sys_seconds a, std::chrono::sys_seconds b,
                                        std::chrono::seconds window) {
    if (window.count() <= 0)
        return true;
    // Unsigned: the difference of two signed numbers may not fit.
    const auto x = static_cast<std::uint64_t>(a.time_since_epoch().count());
    const auto y = static_cast<std::uint64_t>(b.time_since_epoch().count());
    return (a < b ? y - x : x - y) <= static_cast<std::uint64_t>(window.count());
}

/// The same of articles of which one without a time is within any window.
[[nodiscard]] inline bool within_window(const std::optional<std::chrono::sys_seconds>& a,
                                        const std::optional<std::chrono::sys_seconds>& b,
                                        std::chrono::seconds window) {
    return !a || !b || within_window(*a, *b, window);
}

} // namespace fabula::detail
