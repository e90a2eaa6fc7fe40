// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/text.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace fabula::detail {

enum class QuantityKind : std::uint8_t {
    number,
    year,  ///< 1900–2099; but 2000 is more often a count, and a number
    month, ///< without a day, with or without a year
    date,  ///< day and month
};

/// A number or date of a text, under a key that does not depend on language, script or format.
struct Quantity {
    std::uint32_t key{};
    QuantityKind kind{};
    ByteRange range; ///< in the text: with the word for a power of ten, or the month and the day
};

/// The numbers and dates of a text, by position.
///
/// - Numbers: 1.5 million, 1,5 Mio., 15 lakh, १५ लाख, 150万 and 1,500,000 have one key; so have 15
/// and
///   十五. Digits of any script, the separators of any convention (`read_number`), words and
///   abbreviations for powers of ten (`NumberWords`), Chinese numerals where they cannot be
///   anything else. Integers below 10 are left out: they tell nothing, and are written as words
///   half of the time. Percentages are numbers; a sign does not count; 19:30 and 70-90 are two
///   numbers each.
/// - Years by their value, so 1,950 is one. Of other calendars (令和8年, 民國115年, พ.ศ. 2569,
/// ۱۴۰۴,
///   1447 هـ) by the Gregorian year, and by two where theirs falls into two. Iranian dates by the
///   Gregorian day.
/// - Dates: 24 February, 24. Februar, February 24, 24 лютого, 2月24日, 24.02.2022, 2022-02-24. The
///   year beside one is a quantity of its own.
/// - Months: by name, where it is neither short nor also another word; 三月, 3月, 3월, tháng 3.
///
/// Words with digits in them (F125, G20) are names. `language` is a BCP-47 tag, perhaps empty or
/// "und": then there are digits and Chinese numerals, but no words. `source` is the text that was
/// analysed. Linear time; any bytes are safe.
[[nodiscard]] std::vector<Quantity>
find_quantities(const AnalyzedText& text, std::string_view source, std::string_view language);

/// The key of coefficient × 10^exponent, as a number or a year.
[[nodiscard]] std::uint32_t number_key(std::uint64_t coefficient, int exponent = 0);
[[nodiscard]] std::uint32_t month_key(int month);
[[nodiscard]] std::uint32_t date_key(int month, int day);

} // namespace fabula::detail
