// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fabula::detail {

/// What a date of the input says.
struct DateReading {
    enum class Kind : std::uint8_t {
        unreadable,
        read,
        /// 04/03/2026: whether the day or the month comes first, another date has to show.
        day_or_month_first,
    };
    Kind kind{Kind::unreadable};
    bool zone_is_assumed{}; ///< a time of the day without a zone, which is taken for UTC
    /// What the date shows of the order in its file.
    enum class Order : std::uint8_t { none, day_first, month_first };
    Order shows{Order::none};
    std::chrono::sys_seconds time; ///< where it is read

    // Where the order is open:
    std::uint8_t first{};
    std::uint8_t second{};
    std::int16_t year{};
    std::chrono::seconds since_midnight{}; ///< by UTC; may be of the day before or after
};

/// Reads a date in any of the usual ways: ISO 8601 in all its forms but a year alone, RFC 822 and
/// 2822 with the names of zones, seconds, milliseconds or microseconds since 1970, "March 4, 2026
/// 7:40 AM", 04.03.2026, 3/4/2026.
[[nodiscard]] DateReading read_date(std::string_view text);

/// The time of a date whose order was open, now that it is known; empty where there is no such day.
[[nodiscard]] std::optional<std::chrono::sys_seconds> in_order(const DateReading& date,
                                                               DateReading::Order order);

} // namespace fabula::detail
