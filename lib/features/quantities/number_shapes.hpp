// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fabula::detail {

/// coefficient × 10^exponent, without trailing zeros in the coefficient: one number has one form,
/// however it was written. Past 18 digits (`exact` is then false) the coefficient is a hash.
struct DecimalValue {
    std::uint64_t coefficient{};
    std::int64_t exponent{};
    bool exact{true};

    friend bool operator==(const DecimalValue&, const DecimalValue&) = default;
};

[[nodiscard]] DecimalValue decimal_value(std::uint64_t integer);
/// Nothing where the sum has more than 18 digits.
[[nodiscard]] std::optional<DecimalValue> sum(const DecimalValue& a, const DecimalValue& b);
/// The value where it is an integer below 10,000; else -1.
[[nodiscard]] int small_integer(const DecimalValue& value);
/// Whether a < b; both exact.
[[nodiscard]] bool less(const DecimalValue& a, const DecimalValue& b);

/// A number in digits, as it stands in a text.
struct WrittenNumber {
    DecimalValue value;
    std::size_t end{};    ///< one past its last byte
    std::size_t digits{}; ///< of all groups together
    bool grouped{};       ///< has separators of any kind
    /// 1.234 or 1,234, which is taken for a thousand: the value if the separator is a decimal one,
    /// and which it is. 0 otherwise.
    DecimalValue as_decimal;
    char32_t separator{};
};

/// Reads decimal digits of any script at `at`, where one must stand, with the separators of any
/// convention:
///
///     1,234,567.8   1.234.567,8   1 234 567,8   1'234'567.8   ١٬٢٣٤٬٥٦٧٫٨   12,34,567.8
///
/// and of Japanese newspapers (3・5％), where a unit follows.
/// One full stop or comma before exactly three digits separates thousands (1.234 = 1,234), but not
/// after a zero (0.123). What fits none of these ends before the separator (5,6,7; 10-12). Any
/// bytes are safe; time is linear in the bytes read.
[[nodiscard]] WrittenNumber read_number(std::string_view text, std::size_t at);

/// A day in digits, with its year.
struct WrittenDate {
    int year{};
    int month{}; ///< 1–12
    int day{};   ///< 1–31
    std::size_t year_begin{};
    std::size_t year_end{};
    std::size_t end{};
};

/// 24.02.2022, 24/02/2022, 2022-02-24 and the like, where unambiguous: with slashes or hyphens the
/// month may come first (`may_begin_with_month`), and then 03/04/2022 is none. The year is as it
/// is written, up to 2699: of any calendar.
[[nodiscard]] std::optional<WrittenDate> read_date(std::string_view text, std::size_t at,
                                                   bool may_begin_with_month);

/// A number in Chinese characters.
struct HanNumber {
    DecimalValue value;
    std::size_t end{};
    /// Whether it is safe to take it for one: of two characters at least, digits with 十, 百, 千,
    /// 万 and so on (十五, 二十四, 三千), no idiom.
    bool is_compound{};
    bool is_year{}; ///< four digits without units: 二〇二二
};

/// Reads a number in Chinese characters at `at`; nothing where none stands there.
[[nodiscard]] std::optional<HanNumber> read_han_number(std::string_view text, std::size_t at);

/// The power of ten of a Chinese or Korean unit of 100 and more (百, 千, 万, 億, 만, ...); 0 if
/// none.
[[nodiscard]] int power_of_unit(char32_t c);

/// Behind one space at `at`, where one stands there.
[[nodiscard]] std::size_t skip_space(std::string_view text, std::size_t at);
[[nodiscard]] bool is_digit(char32_t c);
[[nodiscard]] bool is_space(char32_t c); ///< of any width, within a line

} // namespace fabula::detail
