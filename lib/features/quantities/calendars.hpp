// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace fabula::detail {

/// A day by the Gregorian calendar.
struct GregorianDay {
    int year{};
    int month{}; ///< 1–12
    int day{};   ///< 1–31
};

/// The Gregorian years that a year of another calendar falls into: one where it begins in January,
/// or else two.
struct GregorianYears {
    int first{};
    int last{};
};

/// What the number [begin, end) of `text` is, if what stands beside it says that it is a year of
/// another calendar: 令和8年, 民國115年, พ.ศ. 2569, ปี 2569, سال ۱۴۰۴, 1447 هـ, 2018 ዓ.ም. Where the
/// language (its BCP-47 primary tag) mostly has such years, without that as well: ۱۴۰۴, २०८२.
[[nodiscard]] std::optional<GregorianYears> years_of_other_calendar(std::string_view text,
                                                                    std::size_t begin,
                                                                    std::size_t end, int number,
                                                                    std::string_view language);

/// Whether an era of Japan's ends at `at`, so that 元 means its first year.
[[nodiscard]] bool is_behind_era(std::string_view text, std::size_t at);

/// A day of the Iranian calendar, by its rule of 33 years: exact from 1799 to 2256.
[[nodiscard]] GregorianDay gregorian_of_persian(int year, int month, int day);

/// 1–12 for a month of the Iranian calendar in normalised form, Persian or Afghan; else 0.
[[nodiscard]] int persian_month(std::string_view normalised);

/// 年, 月 or 日 for the characters that mean it; else 0.
[[nodiscard]] char32_t calendar_unit(char32_t c);

/// Whether what stands between two numbers or names of months lets them be parts of one date;
/// `full_stop`: even with one in it.
[[nodiscard]] bool is_joint(std::string_view text, std::size_t begin, std::size_t end,
                            bool full_stop);

} // namespace fabula::detail
