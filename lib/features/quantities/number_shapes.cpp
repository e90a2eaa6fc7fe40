// SPDX-License-Identifier: Apache-2.0
#include "features/quantities/number_shapes.hpp"

#include "text/utf8.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

namespace fabula::detail {

namespace {

constexpr std::uint64_t largest_exact = 1'000'000'000'000'000'000; // 10^18
constexpr std::size_t most_groups = 8;

/// Takes the digits of a number one by one.
class ValueBuilder {
public:
    void put(unsigned digit, bool is_fraction) {
        if (is_fraction)
            ++fraction_;
        if (digit == 0) {
            if (value_.coefficient != 0)
                ++zeros_;
            return;
        }
        for (; zeros_ > 0; --zeros_)
            shift();
        shift();
        value_.coefficient += digit;
    }
    [[nodiscard]] DecimalValue value() const {
        DecimalValue out = value_;
        out.exponent = out.coefficient == 0 ? 0 : zeros_ - fraction_;
        return out;
    }

private:
    void shift() {
        if (value_.coefficient >= largest_exact / 10)
            value_.exact = false;
        if (value_.exact)
            value_.coefficient *= 10;
        else // a hash; times 10 alone would shift the first digits out
            value_.coefficient = (value_.coefficient ^ (value_.coefficient >> 29U)) * odd_factor;
    }
    static constexpr std::uint64_t odd_factor = 0x9E3779B97F4A7C15U;
    DecimalValue value_;
    std::int64_t zeros_{};    ///< read and not yet part of the coefficient
    std::int64_t fraction_{}; ///< digits behind the decimal separator
};

struct Group {
    std::size_t begin{};
    std::size_t end{};
    std::size_t digits{};
    int value{};          ///< capped at 9999
    char32_t separator{}; ///< between this group and the next, in its plainest form; 0 at the end
    bool begins_with_zero{};
};

struct Groups {
    std::array<Group, most_groups> all{};
    std::size_t count{};

    [[nodiscard]] char32_t separator(std::size_t i) const {
        return i < count ? all[i].separator : U'\0';
    }
};

constexpr char32_t middle_dot = U'\u30FB'; ///< Japanese, see `has_fraction`

/// One character for all that are used alike; 0 for what separates no digits.
char32_t plain_separator(char32_t c) {
    switch (c) {
    case U'.':
    case U'\uFF0E':
        return U'.';
    case U',':
    case U'\uFF0C':
    case U'\u060C': // Arabic comma
        return U',';
    case middle_dot:
    case U'\uFF65':
        return middle_dot;
    case U'\'':
    case U'\u2019':
    case U'\u066C': // Arabic thousands separator
        return U'\'';
    case U'\u066B': // Arabic decimal separator
    case U'-':
    case U'/':
        return c;
    default:
        return is_space(c) ? U' ' : U'\0';
    }
}

Groups read_groups(std::string_view text, std::size_t at, std::size_t most) {
    Groups out;
    while (out.count < most) {
        Group group;
        group.begin = at;
        group.end = at;
        for (std::size_t next = at;; at = next) {
            const char32_t c = next_code_point(text, next);
            const int digit = u_charDigitValue(static_cast<UChar32>(c));
            if (digit < 0)
                break;
            group.begins_with_zero |= group.digits == 0 && digit == 0;
            ++group.digits;
            group.value = std::min(group.value * 10 + digit, 9999);
            group.end = next;
        }
        out.all[out.count++] = group;
        std::size_t next = at;
        const char32_t separator = plain_separator(next_code_point(text, next));
        std::size_t digit = next;
        if (separator == 0 || !is_digit(next_code_point(text, digit)))
            break;
        out.all[out.count - 1].separator = separator;
        at = next;
    }
    return out;
}

/// How many groups from the first on make an integer with thousands (or lakhs) set apart.
std::size_t grouped_integer(const Groups& groups) {
    const Group& first = groups.all[0];
    const char32_t separator = first.separator;
    if ((separator != U'.' && separator != U',' && separator != U' ' && separator != U'\'') ||
        first.digits > 3 || first.begins_with_zero)
        return 1;
    std::size_t end = 1;
    while (end < groups.count && groups.separator(end - 1) == separator &&
           groups.all[end].digits == 3)
        ++end;
    if (end > 1)
        return groups.separator(end - 1) == separator && separator != U' ' ? 1 : end;
    // 1,50,000: groups of two, and the last of three.
    while (separator == U',' && end < groups.count && groups.separator(end - 1) == separator &&
           groups.all[end].digits == 2)
        ++end;
    const bool is_indian = end > 1 && end < groups.count && first.digits <= 2 &&
                           groups.separator(end - 1) == separator && groups.all[end].digits == 3 &&
                           groups.separator(end) != separator;
    return is_indian ? end + 1 : 1;
}

bool is_decimal_separator(char32_t c) {
    return c == U'.' || c == U',' || c == U'\u066B';
}

/// Whether what is measured begins at `at`: 3・5％, but 1・2月 are two months, and 3・11 a day.
bool is_measured(std::string_view text, std::size_t at) {
    constexpr std::u32string_view units = U"%％‰万億兆倍度割点分秒ポパキミメセトグリヘカワ㌫㎞㎡㌔";
    return units.find(next_code_point(text, at)) != std::u32string_view::npos;
}

/// Whether the groups from `integer` on are one fraction.
bool has_fraction(std::string_view text, const Groups& groups, std::size_t integer) {
    const char32_t separator = groups.separator(integer - 1);
    if (separator == middle_dot)
        return integer + 1 == groups.count && is_measured(text, groups.all[integer].end);
    if (!is_decimal_separator(separator) || integer >= groups.count)
        return false;
    if (integer > 1 && groups.separator(0) == separator)
        return false;
    return groups.separator(integer) != separator; // 5,6,7 and 127.0.0.1 are lists
}

DecimalValue value_of(std::string_view text, const Groups& groups, std::size_t integer,
                      bool fraction) {
    ValueBuilder builder;
    for (std::size_t i = 0; i < integer + (fraction ? 1 : 0); ++i)
        for (std::size_t at = groups.all[i].begin; at < groups.all[i].end;)
            builder.put(static_cast<unsigned>(
                            u_charDigitValue(static_cast<UChar32>(next_code_point(text, at)))),
                        i >= integer);
    return builder.value();
}

/// 0–9; 10, 100, ... for a unit; -1 for any other character.
std::int64_t han_value(char32_t c) {
    switch (c) {
    case U'〇':
    case U'零':
        return 0;
    case U'一':
        return 1;
    case U'二':
    case U'两':
    case U'兩':
        return 2;
    case U'三':
        return 3;
    case U'四':
        return 4;
    case U'五':
        return 5;
    case U'六':
        return 6;
    case U'七':
        return 7;
    case U'八':
        return 8;
    case U'九':
        return 9;
    case U'十':
        return 10;
    case U'百':
        return 100;
    case U'千':
        return 1000;
    case U'万':
    case U'萬':
        return 10'000;
    case U'億':
    case U'亿':
        return 100'000'000;
    case U'兆':
        return 1'000'000'000'000;
    default:
        return -1;
    }
}

} // namespace

std::size_t skip_space(std::string_view text, std::size_t at) {
    std::size_t next = at;
    return is_space(next_code_point(text, next)) ? next : at;
}

bool is_digit(char32_t c) {
    return u_charDigitValue(static_cast<UChar32>(c)) >= 0;
}

bool is_space(char32_t c) {
    return c == U' ' || c == U'\u00A0' || c == U'\u202F' || (c >= U'\u2000' && c <= U'\u200A') ||
           c == U'\u3000';
}

DecimalValue decimal_value(std::uint64_t integer) {
    DecimalValue out{integer, 0, integer < largest_exact};
    while (out.coefficient != 0 && out.coefficient % 10 == 0) {
        out.coefficient /= 10;
        ++out.exponent;
    }
    return out;
}

namespace {

/// value / 10^exponent where that is exact and below 10^18.
std::optional<std::uint64_t> in_units(const DecimalValue& value, std::int64_t exponent) {
    std::uint64_t out = value.coefficient;
    if (!value.exact || out >= largest_exact)
        return std::nullopt;
    if (out == 0)
        return 0;
    for (std::int64_t i = value.exponent; i > exponent; --i) {
        if (out >= largest_exact / 10)
            return std::nullopt;
        out *= 10;
    }
    return out;
}

} // namespace

std::optional<DecimalValue> sum(const DecimalValue& a, const DecimalValue& b) {
    const std::int64_t exponent = std::min(a.exponent, b.exponent);
    const auto x = in_units(a, exponent);
    const auto y = in_units(b, exponent);
    if (!x || !y || *x + *y >= largest_exact)
        return std::nullopt;
    DecimalValue out = decimal_value(*x + *y);
    out.exponent += out.coefficient == 0 ? 0 : exponent;
    return out;
}

bool less(const DecimalValue& a, const DecimalValue& b) {
    const std::int64_t exponent = std::min(a.exponent, b.exponent);
    const auto x = in_units(a, exponent);
    const auto y = in_units(b, exponent);
    return x && (!y || *x < *y);
}

int small_integer(const DecimalValue& value) {
    if (value.exponent < 0)
        return -1;
    const auto out = in_units(value, 0);
    return out && *out < 10'000 ? static_cast<int>(*out) : -1;
}

WrittenNumber read_number(std::string_view text, std::size_t at) {
    const Groups groups = read_groups(text, at, most_groups);
    // In 5,6,7 the 6 goes with the 7 no more than with the 5.
    const bool is_listed = (at > 0 && is_decimal_separator(groups.separator(0)) &&
                            static_cast<unsigned char>(text[at - 1]) == groups.separator(0)) ||
                           (groups.separator(0) == middle_dot &&
                            plain_separator(code_point_before(text, at)) == middle_dot);
    const std::size_t integer = is_listed ? 1 : grouped_integer(groups);
    const bool fraction = !is_listed && has_fraction(text, groups, integer);
    WrittenNumber out;
    out.value = value_of(text, groups, integer, fraction);
    const std::size_t used = integer + (fraction ? 1 : 0);
    out.end = groups.all[used - 1].end;
    out.grouped = used > 1;
    for (std::size_t i = 0; i < used; ++i)
        out.digits += groups.all[i].digits;
    if (integer == 2 && !fraction && (groups.separator(0) == U'.' || groups.separator(0) == U',')) {
        out.separator = groups.separator(0);
        out.as_decimal = value_of(text, groups, 1, true);
    }
    return out;
}

std::optional<WrittenDate> read_date(std::string_view text, std::size_t at,
                                     bool may_begin_with_month) {
    const Groups groups = read_groups(text, at, 4);
    const char32_t separator = groups.separator(0);
    if (groups.count < 3 || (separator != U'.' && separator != U'/' && separator != U'-') ||
        groups.separator(1) != separator || groups.separator(2) == separator)
        return std::nullopt;
    const Group& a = groups.all[0];
    const Group& b = groups.all[1];
    const Group& c = groups.all[2];
    const auto is_year = [](const Group& group) {
        return group.digits == 4 && group.value >= 1000 && group.value < 2700;
    };
    const auto made = [&](const Group& year, const Group& month,
                          const Group& day) -> std::optional<WrittenDate> {
        if (month.value < 1 || month.value > 12 || day.value < 1 || day.value > 31 ||
            month.digits > 2 || day.digits > 2)
            return std::nullopt;
        return WrittenDate{year.value, month.value, day.value, year.begin, year.end, c.end};
    };
    if (is_year(a))
        return made(a, b, c);
    if (!is_year(c))
        return std::nullopt;
    if (separator == U'.' || !may_begin_with_month || a.value == b.value)
        return made(c, b, a);
    if (a.value <= 12 && b.value <= 12)
        return std::nullopt;
    return a.value <= 12 ? made(c, a, b) : made(c, b, a);
}

int power_of_unit(char32_t c) {
    switch (c) {
    case U'百':
    case U'백':
        return 2;
    case U'千':
    case U'천':
        return 3;
    case U'万':
    case U'萬':
    case U'만':
        return 4;
    case U'億':
    case U'亿':
    case U'억':
        return 8;
    case U'兆':
    case U'조':
        return 12;
    default:
        return 0;
    }
}

std::optional<HanNumber> read_han_number(std::string_view text, std::size_t at) {
    std::uint64_t total = 0;   // of 万 and more
    std::uint64_t section = 0; // below the next 万
    std::uint64_t digit = 0;
    std::size_t characters = 0;
    std::size_t digits_in_a_row = 0;
    bool has_unit = false;
    bool is_sound = true;
    bool begins_well = false; // not with 千万: by all means, or 万一: in case
    HanNumber out;
    for (std::size_t next = at;; at = next) {
        const std::int64_t value = han_value(next_code_point(text, next));
        if (value < 0)
            break;
        ++characters;
        begins_well |= characters == 1 && value > 0 && value <= 10;
        out.end = next;
        if (value < 10) {
            if (++digits_in_a_row > 1 && has_unit && digit != 0)
                is_sound = false; // 百二三
            digit =
                digits_in_a_row > 1 ? std::min<std::uint64_t>(digit * 10, largest_exact / 100) : 0;
            digit += static_cast<std::uint64_t>(value);
            continue;
        }
        is_sound &= digits_in_a_row <= 1 || (digits_in_a_row == 2 && digit < 10); // 二三十
        digits_in_a_row = 0;
        has_unit = true;
        const auto unit = static_cast<std::uint64_t>(value);
        if (value < 10'000) {
            section += std::max<std::uint64_t>(digit, 1) * unit;
        } else {
            const std::uint64_t part = std::max<std::uint64_t>(section + digit, total == 0 ? 1 : 0);
            const bool multiplies = total != 0 && total < unit; // 万亿
            const std::uint64_t factor = multiplies ? total + part : part;
            if (factor >= largest_exact / unit)
                is_sound = false;
            else
                total = (multiplies ? 0 : total) + factor * unit;
            section = 0;
        }
        is_sound &= section < largest_exact / 1000;
        digit = 0;
    }
    if (characters == 0)
        return std::nullopt;
    const std::uint64_t value = total + section + digit;
    out.value = decimal_value(value);
    out.is_year = !has_unit && characters == 4 && value >= 1000 && value < 2200;
    out.is_compound =
        has_unit && is_sound && characters > 1 && begins_well && value < largest_exact;
    if (!is_sound)
        out.value.exact = false;
    return out;
}

} // namespace fabula::detail
