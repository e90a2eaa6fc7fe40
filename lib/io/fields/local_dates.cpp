// SPDX-License-Identifier: Apache-2.0
#include "io/fields/local_dates.hpp"

#include "features/quantities/calendars.hpp"
#include "io/fields/month_names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace fabula::detail {
namespace {

using namespace std::chrono;

/// What stands behind a number and says what it counts.
struct Unit {
    std::string_view sign;
    char counts; ///< year, month, day, hour, minute (n), second
};
constexpr Unit units[] = {
    {"年", 'y'}, {"月", 'm'}, {"日", 'd'}, {"時", 'h'}, {"时", 'h'},
    {"點", 'h'}, {"点", 'h'}, {"分", 'n'}, {"秒", 's'}, {"년", 'y'},
    {"월", 'm'}, {"일", 'd'}, {"시", 'h'}, {"분", 'n'}, {"초", 's'},
};

/// Behind a time of 24 hours.
constexpr std::array<std::string_view, 6> hour_words{"uhr", "h", "hrs", "uur", "ч", "год"};

class LocalDate {
public:
    explicit LocalDate(std::string_view plain) : rest_(plain) {}

    std::optional<DateParts> read() {
        while (!rest_.empty()) {
            if (is_digit(rest_.front()) ? !take_number() : !take_other())
                return std::nullopt;
        }
        return finish();
    }

private:
    static bool set(int& part, int value) {
        if (part >= 0)
            return false;
        part = value;
        return true;
    }

    std::size_t count_digits() const {
        const std::size_t end = rest_.find_first_not_of("0123456789");
        return std::min(end, rest_.size());
    }

    bool take_number() {
        const std::string_view digits = rest_.substr(0, count_digits());
        if (digits.size() > 4)
            return false;
        const int value = date_number(digits);
        rest_.remove_prefix(digits.size());
        if (rest_.starts_with(':'))
            return take_clock(digits);
        std::string_view behind = rest_;
        behind.remove_prefix(std::min(behind.find_first_not_of(' '), behind.size()));
        for (const Unit& unit : units)
            if (behind.starts_with(unit.sign)) {
                rest_ = behind.substr(unit.sign.size());
                return take_counted(unit.counts, value);
            }
        if (awaits_month_) {
            awaits_month_ = false;
            return set(month_, value);
        }
        const bool has_day = year_ >= 0 && day_ >= 0 && (month_ >= 0 || persian_month_ >= 0);
        if (has_day && hour_ < 0 && rest_.starts_with('.') && rest_.size() >= 3 &&
            is_digit(rest_[1]) && is_digit(rest_[2])) { // "15.20"
            hour_ = value;
            minute_ = date_number(rest_.substr(1, 2));
            rest_.remove_prefix(3);
            return hour_ < 24 && minute_ < 60;
        }
        if (digits.size() == 4)
            return set(year_, value);
        return digits.size() <= 2 && set(day_, value);
    }

    bool take_counted(char counts, int value) {
        switch (counts) {
        case 'y':
            return set(year_, value);
        case 'm':
            return set(month_, value);
        case 'd':
            return set(day_, value);
        case 'h':
            return set(hour_, value);
        case 'n':
            return set(minute_, value);
        default:
            return set(second_, value);
        }
    }

    /// Behind the hours.
    bool take_clock(std::string_view hour) {
        DateTokens at{rest_};
        DateParts parts;
        if (hour_ >= 0 || !read_clock(at, hour, parts))
            return false;
        rest_ = at.rest();
        hour_ = static_cast<int>(parts.clock / 1h);
        minute_ = static_cast<int>(parts.clock % 1h / 1min);
        second_ = static_cast<int>((parts.clock % 1min).count());
        clock_is_last_ = true;
        return true;
    }

    /// Up to the next digit, space or sign of ASCII; in letters of other scripts, commas count too.
    std::string_view take_word() {
        const std::size_t end =
            std::min(rest_.find_first_of(" 0123456789.,;:()[]/|-'"), rest_.size());
        std::string_view word = rest_.substr(0, std::max<std::size_t>(end, 1));
        constexpr std::string_view comma = "،";
        if (const std::size_t at = word.find(comma); at != std::string_view::npos)
            word = word.substr(0, at == 0 ? comma.size() : at);
        rest_.remove_prefix(word.size());
        return word;
    }

    bool take_other() {
        const char c = rest_.front();
        if (c == '/' || c == '+' || c == '\\')
            return false;
        const std::string_view word = take_word();
        if (word.size() == 1 && !is_letter(word.front()))
            return true; // a space, a sign
        if (word == "tháng" || word == "thg")
            return awaits_month_ = true;
        const bool behind_clock = std::exchange(clock_is_last_, false);
        if (is_half_of_day(word))
            return true;
        if (const int persian = persian_month(word); persian > 0 && set(persian_month_, persian))
            return true;
        if (const DateWord known = date_word(word); known.kind == DateWord::Kind::month)
            return set(month_, known.month);
        // What is unknown behind a time may say which half of the day it is in.
        const bool may_be_half = behind_clock && hour_ <= 12 && word != "،";
        return !may_be_half ||
               std::find(hour_words.begin(), hour_words.end(), word) != hour_words.end();
    }

    bool is_half_of_day(std::string_view word) {
        // Those that may be joined with what stands beside them, or have full stops.
        constexpr std::array<std::string_view, 3> before{"上午", "午前", "오전"};
        constexpr std::array<std::string_view, 3> after{"下午", "午後", "오후"};
        const auto is = [&](std::string_view one) { return one == word; };
        const DateWord known = date_word(word);
        const bool is_before = std::any_of(before.begin(), before.end(), is) || word == "am" ||
                               word == "ص" || known.kind == DateWord::Kind::before_noon;
        const bool is_after = std::any_of(after.begin(), after.end(), is) || word == "pm" ||
                              word == "م" || known.kind == DateWord::Kind::after_noon;
        if (is_before || is_after)
            half_ = is_after ? 1 : 0;
        return is_before || is_after;
    }

    std::optional<DateParts> finish() const {
        DateParts parts;
        if (year_ < 0 || day_ < 0)
            return std::nullopt;
        if (persian_month_ > 0 && year_ >= 1300 && year_ < 1500) {
            const GregorianDay day = gregorian_of_persian(year_, persian_month_, day_);
            parts.year = day.year;
            parts.month = day.month;
            parts.day = day.day;
        } else {
            parts.year = year_;
            parts.month = month_;
            parts.day = day_;
        }
        if (parts.month < 0)
            return std::nullopt;
        if (hour_ >= 0) {
            const int hour = half_ < 0 ? hour_ : hour_ % 12 + 12 * half_;
            if (hour > 24 || (half_ >= 0 && (hour_ > 12 || hour_ < 0)))
                return std::nullopt;
            parts.clock =
                hours{hour} + minutes{std::max(minute_, 0)} + seconds{std::max(second_, 0)};
        }
        return parts;
    }

    std::string_view rest_;
    int year_{-1};
    int month_{-1};
    int persian_month_{-1};
    int day_{-1};
    int hour_{-1};
    int minute_{-1};
    int second_{-1};
    int half_{-1}; ///< of the day
    bool awaits_month_{};
    bool clock_is_last_{};
};

} // namespace

std::optional<DateParts> read_local_date(std::string_view plain) {
    return LocalDate{plain}.read();
}

} // namespace fabula::detail
