// SPDX-License-Identifier: Apache-2.0
#include <fabula/io.hpp>

#include <array>
#include <charconv>
#include <cstdio>

namespace fabula::inline v0 {
namespace {

/// The years that four digits can write; there is no year 0.
constexpr std::chrono::sys_days first_day{std::chrono::year{1} / 1 / 1};
constexpr std::chrono::sys_days day_after{std::chrono::year{10000} / 1 / 1};

/// Reads a date and time from left to right; every step says whether the text went along.
class Cursor {
public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }

    bool accept(std::string_view any_of) {
        if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// Exactly `digits` decimal digits.
    bool number(std::size_t digits, int& value) {
        if (rest_.size() < digits)
            return false;
        const char* end = rest_.data() + digits;
        const auto [stop, error] = std::from_chars(rest_.data(), end, value);
        if (error != std::errc{} || stop != end || rest_.front() == '-')
            return false;
        rest_.remove_prefix(digits);
        return true;
    }

    void skip_digits() {
        while (accept("0123456789")) {
        }
    }

    bool next_is_digit() const {
        return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    }

private:
    std::string_view rest_;
};

struct ClockTime {
    int hour{};
    int minute{};
    int second{};

    std::chrono::seconds since_midnight() const {
        return std::chrono::hours{hour} + std::chrono::minutes{minute} +
               std::chrono::seconds{second};
    }

    bool is_valid() const {
        // 24:00 is the end of a day and 23:59:60 a leap second; both are in ISO 8601.
        if (hour == 24)
            return minute == 0 && second == 0;
        return hour < 24 && minute < 60 && second <= 60;
    }
};

bool read_clock(Cursor& at, ClockTime& time) {
    if (!at.number(2, time.hour) || !at.accept(":") || !at.number(2, time.minute))
        return false;
    if (!at.accept(":"))
        return time.is_valid();
    if (!at.number(2, time.second))
        return false;
    if (at.accept(".,")) {
        if (!at.next_is_digit())
            return false;
        at.skip_digits();
    }
    return time.is_valid();
}

/// "Z", "+01:00", "+0100", "+01" or nothing, as the distance from UTC.
bool read_zone(Cursor& at, std::chrono::minutes& offset) {
    offset = std::chrono::minutes{0};
    if (at.at_end() || at.accept("Zz"))
        return true;
    const bool east = at.accept("+");
    if (!east && !at.accept("-"))
        return false;
    int hours = 0;
    int minutes = 0;
    if (!at.number(2, hours))
        return false;
    if (!at.at_end()) {
        at.accept(":");
        if (!at.number(2, minutes))
            return false;
    }
    if (hours > 23 || minutes > 59)
        return false;
    offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    if (!east)
        offset = -offset;
    return true;
}

} // namespace

std::optional<std::chrono::sys_seconds> parse_time(std::string_view iso8601) {
    Cursor at{iso8601};
    int year = 0;
    int month = 0;
    int day = 0;
    if (!at.number(4, year) || !at.accept("-") || !at.number(2, month) || !at.accept("-") ||
        !at.number(2, day))
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok())
        return std::nullopt;
    ClockTime clock;
    std::chrono::minutes offset{};
    if (!at.at_end() &&
        (!at.accept("Tt ") || !read_clock(at, clock) || !read_zone(at, offset) || !at.at_end()))
        return std::nullopt;
    const std::chrono::sys_seconds time =
        std::chrono::sys_days{date} + clock.since_midnight() - offset;
    if (time < first_day || time >= day_after)
        return std::nullopt; // the zone and 24:00 may lead there
    return time;
}

std::string format_time(std::chrono::sys_seconds time) {
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{midnight};
    const std::chrono::hh_mm_ss clock{time - midnight};
    std::array<char, 40> text{};
    const int length = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()));
    return {text.data(), static_cast<std::size_t>(length)};
}

} // namespace fabula::inline v0
