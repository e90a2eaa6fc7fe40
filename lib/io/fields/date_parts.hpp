// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

namespace fabula::detail {

inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

inline bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// What has been made out of the parts of a date so far.
struct DateParts {
    int year{-1};
    int month{-1};
    int day{-1};
    std::chrono::seconds clock{-1};
    bool afternoon_known{};
    bool has_zone{};
    std::chrono::minutes zone{};
    int first{-1}; ///< of 3/4/2026
    int second{-1};
    bool has_dots{};

    void set(std::chrono::sys_days whole) {
        const std::chrono::year_month_day date{whole};
        year = static_cast<int>(date.year());
        month = static_cast<int>(static_cast<unsigned>(date.month()));
        day = static_cast<int>(static_cast<unsigned>(date.day()));
    }
};

/// Takes tokens off the front of a date.
class DateTokens {
public:
    explicit DateTokens(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    char next() const { return rest_.front(); }
    std::string_view rest() const { return rest_; }

    bool accept(char c) {
        if (rest_.empty() || rest_.front() != c)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// The digits at the front, as many as there are.
    std::string_view digits() {
        std::size_t count = 0;
        while (count < rest_.size() && is_digit(rest_[count]))
            ++count;
        return take(count);
    }

    std::string_view letters() {
        std::size_t count = 0;
        while (count < rest_.size() && is_letter(rest_[count]))
            ++count;
        return take(count);
    }

    std::string_view take(std::size_t count) {
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(taken.size());
        return taken;
    }

private:
    std::string_view rest_;
};

/// The number that digits stand for.
[[nodiscard]] int date_number(std::string_view digits);

/// ":40", ":40:05", ":40:05.25" behind the hours; false where it is no time.
bool read_clock(DateTokens& at, std::string_view hour, DateParts& parts);

/// Reads a date that is written in words and numbers, in any order; false where something in it is
/// none.
bool read_date_parts(DateTokens at, DateParts& parts);

} // namespace fabula::detail
