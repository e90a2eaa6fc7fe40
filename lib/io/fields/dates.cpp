// SPDX-License-Identifier: Apache-2.0
#include "io/fields/dates.hpp"

#include "boilerplate/lines.hpp"
#include "features/quantities/calendars.hpp"
#include "io/fields/date_parts.hpp"
#include "io/fields/local_dates.hpp"
#include "io/fields/month_names.hpp"

#include <fabula/io.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace fabula::detail {
namespace {

using namespace std::chrono;
using Order = DateReading::Order;
using Kind = DateReading::Kind;

constexpr sys_days first_day{year{1} / 1 / 1};
constexpr sys_days day_after{year{10000} / 1 / 1};

std::optional<sys_days> day_of(int y, int m, int d) {
    if (y < 0 || m < 1 || m > 12 || d < 1)
        return std::nullopt;
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)},
                              std::chrono::day{static_cast<unsigned>(d)}};
    if (!date.ok())
        return std::nullopt;
    return sys_days{date};
}

DateReading at_time(sys_seconds time) {
    DateReading out;
    if (time >= first_day && time < day_after) {
        out.kind = Kind::read;
        out.time = time;
    }
    return out;
}

/// Ten digits are seconds since 1970, thirteen milliseconds, sixteen microseconds, nineteen
/// nanoseconds; eight are a day, twelve or fourteen a day and a time.
DateReading read_digits(std::string_view digits) {
    if (digits.size() > 19)
        return {};
    if (digits.size() == 8 || digits.size() == 12 || digits.size() == 14) {
        const auto part = [&](std::size_t begin) {
            return begin < digits.size() ? date_number(digits.substr(begin, 2)) : 0;
        };
        const auto day = day_of(date_number(digits.substr(0, 4)), part(4), part(6));
        if (day && date_number(digits.substr(0, 4)) >= 1000 && part(8) < 24 && part(10) < 60 &&
            part(12) < 61) {
            DateReading out =
                at_time(*day + hours{part(8)} + minutes{part(10)} + seconds{part(12)});
            out.zone_is_assumed = digits.size() > 8;
            return out;
        }
    }
    std::int64_t value = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc{})
        return {};
    constexpr std::int64_t least = 100'000'000; // of 1973, so that no year and no day is one
    if (value < least)
        return {};
    for (int k = 0; k < 3 && value >= 1000 * least; ++k)
        value /= 1000;
    return at_time(sys_seconds{seconds{value}});
}

/// The basic form, "20260304T074000Z", and the date of a week, "2026-W10-3T07:40". What stands for
/// the day is written into the parts, and taken off the text.
bool read_iso_day(std::string_view& text, DateParts& parts) {
    const auto digits_at = [&](std::size_t begin, std::size_t count) {
        if (text.size() < begin + count)
            return false;
        return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin),
                           text.begin() + static_cast<std::ptrdiff_t>(begin + count), is_digit);
    };
    const auto ends_at = [&](std::size_t at) { return at == text.size() || text[at] == 'T'; };
    if (digits_at(0, 8) && text.size() > 8 && text[8] == 'T') {
        parts.year = date_number(text.substr(0, 4));
        parts.month = date_number(text.substr(4, 2));
        parts.day = date_number(text.substr(6, 2));
        text.remove_prefix(8);
        return true;
    }
    const std::size_t w = text.find('W');
    if (!digits_at(0, 4) || !((w == 4) || (w == 5 && text[4] == '-')) || !digits_at(w + 1, 2))
        return false;
    std::size_t end = w + 3;
    int weekday = 1;
    const std::size_t day = w == 5 && end < text.size() && text[end] == '-' ? end + 1 : end;
    if (digits_at(day, 1) && ends_at(day + 1)) {
        weekday = date_number(text.substr(day, 1));
        end = day + 1;
    }
    const int week = date_number(text.substr(w + 1, 2));
    if (!ends_at(end) || week < 1 || week > 53 || weekday < 1 || weekday > 7)
        return false;
    const year y{date_number(text.substr(0, 4))};
    // The week with 4 January is the first; weeks begin on Mondays.
    const sys_days fourth{y / 1 / 4};
    const sys_days monday = fourth - (std::chrono::weekday{fourth} - Monday);
    parts.set(monday + days{7 * (week - 1) + weekday - 1});
    text.remove_prefix(end);
    return true;
}

/// "T0740", "T074005.5" with a zone or without, as the basic form has it.
bool read_basic_clock(std::string_view& text, DateParts& parts) {
    DateTokens at{text};
    if (!at.accept('T') && !at.accept('t'))
        return text.empty();
    const std::string_view digits = at.digits();
    if (digits.size() != 2 && digits.size() != 4 && digits.size() != 6)
        return false;
    if (!at.at_end() && at.next() == ':') // the extended form behind a basic date
        return read_clock(at, digits, parts) && (text = at.rest(), true);
    const auto part = [&](std::size_t begin) {
        return begin < digits.size() ? date_number(digits.substr(begin, 2)) : 0;
    };
    if (part(0) > 24 || part(2) > 59 || part(4) > 60)
        return false;
    parts.clock = hours{part(0)} + minutes{part(2)} + seconds{part(4)};
    if (at.accept('.') || at.accept(','))
        at.digits();
    text = at.rest();
    return true;
}

/// Years of Iran's calendar and of Thailand's, in a date that says no more; that of no calendar of
/// today is no date.
bool to_gregorian(DateParts& parts) {
    constexpr int first_gregorian = 1583;
    constexpr int first_buddhist = 2400;
    constexpr int buddhist = 543;
    if (parts.year >= 1300 && parts.year <= 1430 && parts.month > 0 && parts.day > 0) {
        const GregorianDay day = gregorian_of_persian(parts.year, parts.month, parts.day);
        parts.year = day.year;
        parts.month = day.month;
        parts.day = day.day;
    } else if (parts.year >= first_buddhist) {
        parts.year -= buddhist;
    }
    return parts.year >= first_gregorian;
}

DateReading finished(DateParts parts) {
    DateReading out;
    if (!to_gregorian(parts))
        return {};
    const seconds since_midnight = (parts.clock < 0s ? 0s : parts.clock) - parts.zone;
    if (parts.first >= 0) {
        out.first = static_cast<std::uint8_t>(parts.first);
        out.second = static_cast<std::uint8_t>(parts.second);
        out.year = static_cast<std::int16_t>(parts.year);
        out.since_midnight = since_midnight;
        const auto day_first = in_order(out, Order::day_first);
        const auto month_first = in_order(out, Order::month_first);
        if (!day_first && !month_first)
            return {};
        // Where dates have dots, days come first all over the world.
        if (day_first && month_first && *day_first != *month_first && !parts.has_dots) {
            out.kind = Kind::day_or_month_first;
        } else {
            out.kind = Kind::read;
            out.time = day_first ? *day_first : *month_first;
            if (!parts.has_dots && parts.first != parts.second)
                out.shows = day_first ? Order::day_first : Order::month_first;
        }
    } else {
        const auto day = day_of(parts.year, parts.month, parts.day);
        if (!day)
            return {};
        out = at_time(*day + since_midnight);
    }
    out.zone_is_assumed = parts.clock >= 0s && !parts.has_zone;
    return out;
}

/// Whether a time that `parse_time` reads says its zone.
bool says_zone(std::string_view iso8601) {
    constexpr std::size_t date_length = 10;
    return iso8601.size() <= date_length ||
           iso8601.find_first_of("Zz+-", date_length) != std::string_view::npos;
}

} // namespace

std::optional<sys_seconds> in_order(const DateReading& date, Order order) {
    const bool day_first = order == Order::day_first;
    const auto day = day_of(date.year, day_first ? date.second : date.first,
                            day_first ? date.first : date.second);
    if (!day)
        return std::nullopt;
    const DateReading read = at_time(*day + date.since_midnight);
    if (read.kind != Kind::read)
        return std::nullopt;
    return read.time;
}

namespace {

/// "2026-03-04T08:40+01:00[Europe/Paris][u-ca=japanese]" (RFC 9557, as Java and JavaScript write
/// it) without what is in brackets: the offset says it all.
std::string_view without_annotations(std::string_view text) {
    const std::size_t bracket = text.find('[');
    if (bracket == std::string_view::npos || !text.ends_with(']') || text.find('T') > bracket)
        return text;
    return text.substr(0, bracket);
}

/// "24. 2. 2026. 15:20" and "2026. 02. 24." without the spaces; "24.2.2026 klo 15.20" with the time
/// as it is elsewhere.
std::string with_close_parts(std::string_view plain) {
    std::string out;
    std::size_t numbers = 0;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const char c = plain[i];
        const bool digit_before = !out.empty() && is_digit(out.back());
        const bool digit_after = i + 1 < plain.size() && is_digit(plain[i + 1]);
        numbers += is_digit(c) && !digit_before ? 1 : 0;
        if (c == ' ' && !out.empty() && out.back() == '.' && digit_after && numbers < 3)
            continue;
        constexpr std::size_t of_date = 3;
        if (c == '.' && digit_before && !digit_after && numbers == of_date)
            continue; // behind the year or the day, where it ends
        if (c == '.' && digit_before && digit_after && numbers > of_date)
            out += ':';
        else
            out += c;
    }
    for (const std::string_view word : {" klo ", " kl ", " um "})
        if (const std::size_t at = out.find(word); at != std::string::npos)
            out.replace(at, word.size(), " ");
    return out;
}

/// What none of the forms of the net is: a date for people, in their language.
DateReading read_for_people(std::string_view text) {
    const std::string plain = plain_date_text(text);
    DateParts parts;
    if (read_date_parts(DateTokens{with_close_parts(plain)}, parts)) {
        if (const DateReading read = finished(parts); read.kind != Kind::unreadable)
            return read;
    }
    if (const auto local = read_local_date(plain))
        return finished(*local);
    return {};
}

} // namespace

DateReading read_date(std::string_view text) {
    text = without_annotations(trimmed(text));
    if (const auto time = parse_time(text)) {
        DateReading out = at_time(*time);
        out.zone_is_assumed = !says_zone(text);
        return out;
    }
    constexpr std::size_t longest = 120;
    if (text.empty() || text.size() > longest)
        return {};
    std::string_view digits = text.substr(0, text.find('.'));
    const std::string_view fraction = text.substr(std::min(digits.size() + 1, text.size()));
    if (std::all_of(digits.begin(), digits.end(), is_digit) &&
        std::all_of(fraction.begin(), fraction.end(), is_digit) && digits.size() >= 8)
        return read_digits(digits);
    DateParts parts;
    std::string_view rest = text;
    if (read_iso_day(rest, parts) && !read_basic_clock(rest, parts))
        return {};
    if (read_date_parts(DateTokens{rest}, parts))
        if (const DateReading read = finished(parts); read.kind != Kind::unreadable)
            return read;
    return read_for_people(text);
}

} // namespace fabula::detail
