// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fabula::detail {

class FormMaker;

/// What a word says of a number next to it.
struct Magnitude {
    int power{};            ///< of ten; 0 = none
    bool needs_currency{};  ///< a single letter: $5m, but 5 m
    bool needs_full_stop{}; ///< Czech "200 mil" are miles, "200 mil." millions
};

/// A month by its name.
struct MonthName {
    int month{}; ///< 1–12; 0 = none
    bool is_abbreviated{};
    /// Whether it means the month with no day or year beside it: not "may", "mar" or an inflection.
    bool stands_alone{};
};

/// Names of months and of powers of ten in one language, from ICU's data for it (compact decimal
/// formats, calendar) and a short list of what that lacks. Immutable.
class NumberWords {
public:
    explicit NumberWords(std::string_view language);

    [[nodiscard]] Magnitude magnitude(std::string_view native) const;
    [[nodiscard]] MonthName month(std::string_view native) const;
    /// For names of two words: whether this may be the first of them; then ask `month` with a space
    /// between the two.
    [[nodiscard]] bool begins_month(std::string_view native) const;

    /// '.' or ','.
    [[nodiscard]] char32_t decimal_separator() const { return decimal_separator_; }
    /// Whether "February 24" is as good as "24 February".
    [[nodiscard]] bool has_month_first() const { return has_month_first_; }
    /// Whether 02/24/2022 occurs.
    [[nodiscard]] bool has_month_first_in_digits() const { return is_english_; }
    /// Whether names of months have a capital letter, always.
    [[nodiscard]] bool has_capital_months() const { return is_english_; }
    /// Vietnamese: "tháng 2".
    [[nodiscard]] bool has_numbered_months() const { return is_vietnamese_; }
    /// Years in Thai texts may be counted from 543 BC.
    [[nodiscard]] bool has_buddhist_years() const { return is_thai_; }
    /// Persian and Pashto: years and months of the Iranian calendar.
    [[nodiscard]] bool has_persian_years() const { return language_ == "fa" || language_ == "ps"; }
    /// Primary tag.
    [[nodiscard]] const std::string& language() const { return language_; }

private:
    struct Entry {
        std::string name;
        std::size_t letters{};
        int value{};           ///< month, or power of ten
        bool is_abbreviated{}; ///< never inflected
        bool inflects_alone{}; ///< MonthName: unmistakable in all cases
        bool is_weak{};        ///< MonthName: does not stand alone; Magnitude: needs a full stop
    };
    struct Index {
        std::unordered_multimap<std::string, Entry> by_beginning; ///< of three letters
        std::bitset<256> beginnings; ///< of their hashes: rejects most words at once
        void add(Entry entry);
        void weaken(std::string_view name);
        [[nodiscard]] const Entry* find(std::string_view native, bool inflects,
                                        bool& is_exact) const;
    };

    void read_magnitudes(const std::string& locale, FormMaker& forms);
    void read_months(const std::string& locale, FormMaker& forms);
    void add_magnitude(std::string_view name, int power, bool has_full_stop = false);
    void add_month(std::string_view name, int month, bool is_abbreviated, bool inflects_alone);

    Index magnitudes_;
    Index months_;
    std::vector<std::string> first_words_; ///< of month names of two, sorted
    std::string language_;
    char32_t decimal_separator_{U'.'};
    bool inflects_{};
    bool has_prefixes_{}; ///< "in" is written together with the month (Hebrew, Arabic)
    bool has_month_first_{};
    bool is_english_{};
    bool is_thai_{};
    bool is_vietnamese_{};
};

/// The words of a language (a BCP-47 tag), made when first asked for (0.3 ms) and
/// kept. Languages that ICU does not know have no words. Safe from any thread.
[[nodiscard]] const NumberWords& number_words(std::string_view language);

} // namespace fabula::detail
