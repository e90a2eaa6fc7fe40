// SPDX-License-Identifier: Apache-2.0
#include "io/fields/date_parts.hpp"

#include "boilerplate/lines.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace fabula::detail {
namespace {

using namespace std::chrono;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equals(std::string_view text, std::string_view lower_case) {
    return text.size() == lower_case.size() &&
           std::equal(text.begin(), text.end(), lower_case.begin(),
                      [](char a, char b) { return lower(a) == b; });
}

int full_year(std::string_view digits) {
    const int value = date_number(digits);
    if (digits.size() != 2)
        return value;
    return value + (value < 50 ? 2000 : 1900); // as RFC 2822 has it
}

/// "+01:00", "-0500", "+1"; a sign stands at the front.
bool read_offset(DateTokens& at, DateParts& parts) {
    if (parts.clock < 0s)
        return false;
    const bool east = at.take(1) == "+";
    std::string_view first = at.digits();
    std::string_view second = "0";
    if (first.size() == 4) {
        second = first.substr(2);
        first = first.substr(0, 2);
    } else if (at.accept(':')) {
        second = at.digits();
    }
    if (first.empty() || first.size() > 2 || second.empty() || second.size() > 2 ||
        date_number(first) > 23 || date_number(second) > 59)
        return false;
    const minutes distance = hours{date_number(first)} + minutes{date_number(second)};
    parts.zone = east ? distance : -distance;
    parts.has_zone = true;
    return true;
}

constexpr std::array<std::string_view, 12> month_names{
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> day_names{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

/// Which of some names a word is, or the beginning of; three letters at least.
template <std::size_t count>
int find_name(const std::array<std::string_view, count>& names, std::string_view word) {
    for (std::size_t i = 0; i < count; ++i)
        if (word.size() >= 3 && word.size() <= names[i].size() &&
            equals(word, names[i].substr(0, word.size())))
            return static_cast<int>(i);
    return -1;
}

struct Zone {
    std::string_view name;
    int minutes;
};

/// Those of RFC 822, and others that stand for one offset only ("IST" is of three countries).
constexpr Zone zones[] = {
    {"z", 0},      {"ut", 0},      {"utc", 0},     {"gmt", 0},    {"wet", 0},    {"est", -300},
    {"edt", -240}, {"cst", -360},  {"cdt", -300},  {"mst", -420}, {"mdt", -360}, {"pst", -480},
    {"pdt", -420}, {"akst", -540}, {"akdt", -480}, {"hst", -600}, {"brt", -180}, {"art", -180},
    {"bst", 60},   {"west", 60},   {"cet", 60},    {"cest", 120}, {"eet", 120},  {"eest", 180},
    {"sast", 120}, {"msk", 180},   {"trt", 180},   {"jst", 540},  {"kst", 540},  {"hkt", 480},
    {"sgt", 480},  {"wib", 420},   {"aest", 600},  {"aedt", 660}, {"nzst", 720}, {"nzdt", 780},
};

bool read_word(DateTokens& at, DateParts& parts) {
    const std::string_view word = at.letters();
    const bool has_dots = word.size() == 1 && !at.at_end() && at.next() == '.'; // "p.m."
    const bool am = equals(word, "am") || equals(word, "pg") || (has_dots && equals(word, "a"));
    // "PG" and "PTG" are those of Malay.
    if (am || equals(word, "pm") || equals(word, "ptg") || (has_dots && equals(word, "p"))) {
        if (has_dots) {
            at.take(1);
            if (!equals(at.letters(), "m"))
                return false;
        }
        at.accept('.');
        if (parts.clock < 1h || parts.clock >= 13h || parts.afternoon_known)
            return false;
        parts.afternoon_known = true;
        const bool twelve = parts.clock >= 12h;
        if (am && twelve)
            parts.clock -= 12h;
        else if (!am && !twelve)
            parts.clock += 12h;
        return true;
    }
    if (const int month = find_name(month_names, word); month >= 0 || equals(word, "sept")) {
        if (parts.month >= 0)
            return false;
        parts.month = (month >= 0 ? month : 8) + 1;
        at.accept('.');
        return true;
    }
    if (find_name(day_names, word) >= 0) {
        at.accept('.');
        return true;
    }
    for (const Zone& zone : zones) {
        if (!equals(word, zone.name) || parts.clock < 0s)
            continue;
        if (parts.has_zone)
            return true; // "+0000 UTC"
        parts.has_zone = true;
        parts.zone = minutes{zone.minutes};
        if (!at.at_end() && (at.next() == '+' || at.next() == '-'))
            return read_offset(at, parts); // "GMT+0100"
        return true;
    }
    if (equals(word, "at") || equals(word, "of"))
        return true;
    if (equals(word, "t"))
        return parts.clock < 0s;
    // A zone that nobody knows counts as none (RFC 2822).
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return parts.clock >= 0s && word.size() >= 2 && word.size() <= 5 &&
           std::all_of(word.begin(), word.end(), is_capital);
}

/// Behind the first number of a date that is all numbers: "-03-04", "/4/2026".
bool read_numeric(DateTokens& at, std::string_view first, char separator, DateParts& parts) {
    at.take(1);
    const std::string_view second = at.digits();
    if (parts.year >= 0 || parts.day >= 0)
        return false;
    if (first.size() == 4) {
        parts.year = date_number(first);
        if (separator == '-' && second.size() == 3) { // the day of the year
            const year y{parts.year};
            const int last = y.is_leap() ? 366 : 365;
            if (date_number(second) < 1 || date_number(second) > last)
                return false;
            parts.set(sys_days{y / 1 / 1} + days{date_number(second) - 1});
            return true;
        }
        parts.month = date_number(second);
        if (second.empty() || second.size() > 2)
            return false;
        if (at.at_end() || at.next() != separator) {
            parts.day = 1;
            return second.size() == 2 && separator == '-'; // a month
        }
        at.take(1);
        const std::string_view day = at.digits();
        parts.day = date_number(day);
        return !day.empty() && day.size() <= 2;
    }
    if (first.size() > 2 || second.empty() || second.size() > 2 || !at.accept(separator))
        return false;
    const std::string_view year = at.digits();
    if (year.size() != 4 && year.size() != 2)
        return false;
    parts.year = full_year(year);
    parts.first = date_number(first);
    parts.second = date_number(second);
    parts.has_dots = separator == '.';
    return true;
}

bool read_number(DateTokens& at, DateParts& parts) {
    const std::string_view digits = at.digits();
    if (digits.size() > 4)
        return false;
    const char next = at.at_end() ? '\0' : at.next();
    const bool digit_follows = at.rest().size() > 1 && is_digit(at.rest()[1]);
    if (next == ':')
        return read_clock(at, digits, parts);
    if ((next == '-' || next == '/' || next == '.') && digit_follows)
        return read_numeric(at, digits, next, parts);
    if (digits.size() == 4) {
        if (parts.year >= 0)
            return false;
        parts.year = date_number(digits);
        return true;
    }
    if (parts.day < 0 && digits.size() <= 2) {
        parts.day = date_number(digits);
        if (!at.accept('.')) // "4. March"
            for (const std::string_view ending : {"st", "nd", "rd", "th"})
                if (equals(at.rest().substr(0, 2), ending)) {
                    at.take(2);
                    break;
                }
        return true;
    }
    if (parts.year < 0 && parts.month >= 0 && digits.size() == 2) {
        parts.year = full_year(digits);
        return true;
    }
    // "7 AM"
    const std::string_view behind = trimmed(at.rest());
    if (parts.clock < 0s && digits.size() <= 2 &&
        (equals(behind.substr(0, 2), "am") || equals(behind.substr(0, 2), "pm"))) {
        parts.clock = hours{date_number(digits)};
        return true;
    }
    return false;
}

} // namespace

int date_number(std::string_view digits) {
    int value = -1;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

bool read_clock(DateTokens& at, std::string_view hour, DateParts& parts) {
    if (parts.clock >= 0s || hour.size() > 2 || !at.accept(':'))
        return false;
    const std::string_view minute = at.digits();
    std::string_view second = "0";
    if (minute.size() != 2)
        return false;
    if (at.accept(':')) {
        second = at.digits();
        if (second.size() != 2)
            return false;
        if (!at.at_end() && (at.next() == '.' || at.next() == ',') && at.rest().size() > 1 &&
            is_digit(at.rest()[1])) {
            at.take(1);
            at.digits();
        }
    }
    const int h = date_number(hour);
    const int m = date_number(minute);
    const int s = date_number(second);
    if (h > 24 || m > 59 || s > 60 || (h == 24 && (m > 0 || s > 0)))
        return false;
    parts.clock = hours{h} + minutes{m} + seconds{s};
    return true;
}

bool read_date_parts(DateTokens at, DateParts& parts) {
    while (!at.at_end()) {
        const char c = at.next();
        if (c == ' ' || c == ',' || c == '\t' || static_cast<unsigned char>(c) == 0xA0) {
            at.take(1);
        } else if (c == '(') { // a comment, as in "(CET)"
            const std::size_t end = at.rest().find(')');
            if (end == std::string_view::npos)
                return false;
            at.take(end + 1);
        } else if (is_digit(c)) {
            if (!read_number(at, parts))
                return false;
        } else if ((c == '+' || c == '-') && parts.clock >= 0s && !parts.has_zone) {
            if (!read_offset(at, parts))
                return false;
        } else if (c == '-' && parts.clock < 0s && (parts.day >= 0) != (parts.year >= 0)) {
            at.take(1); // 04-Mar-2026
        } else if (is_letter(c)) {
            if (!read_word(at, parts))
                return false;
        } else {
            return false;
        }
    }
    return true;
}

} // namespace fabula::detail
