// SPDX-License-Identifier: Apache-2.0
#include "features/quantities/quantities.hpp"

#include "features/quantities/amounts.hpp"
#include "features/quantities/calendars.hpp"
#include "features/quantities/number_shapes.hpp"
#include "features/quantities/number_words.hpp"
#include "features/quantities/quantity_keys.hpp"
#include "text/utf8.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>

namespace fabula::detail {

namespace {

/// A number or the name of a month, before neighbours make dates of them.
struct Item {
    ByteRange range;        ///< what is shown
    std::size_t word_end{}; ///< past an ending: 30th
    DecimalValue value;
    int small{-1};       ///< the value where it is an integer below 10,000 and has no power of ten
    bool is_bare{};      ///< neither separators nor a power of ten
    bool is_loose{};     ///< only worth something as part of a date
    char32_t unit{};     ///< 年, 月 or 日 behind it
    MonthName month;     ///< of a month
    int day{};           ///< of a date in digits
    int persian_month{}; ///< 1–12, behind a day; 0 = none
    int year{};          ///< the Gregorian one, where a date tells; 0 = none
};

class Finder {
public:
    Finder(const AnalyzedText& text, std::string_view source, std::string_view language)
        : tokens_(text.tokens), source_(source), words_(number_words(language)) {}

    std::vector<Quantity> find() {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (tokens_[i].range.end <= at_ || tokens_[i].range.end > source_.size())
                continue;
            at_ = std::max(at_, tokens_[i].range.begin);
            switch (tokens_[i].kind) {
            case TokenKind::number:
                read_digits(i);
                break;
            case TokenKind::hangul:
                if (!read_digits(i))
                    read_month(i);
                break;
            case TokenKind::ideographic:
                read_characters(i);
                break;
            case TokenKind::word:
            case TokenKind::southeast_asian:
                read_month(i);
                break;
            case TokenKind::kana:
                break;
            }
        }
        return compose();
    }

private:
    // ---- Numbers --------------------------------------------------------------------------------

    /// All numbers of a token; false where it has none.
    bool read_digits(std::size_t token) {
        const std::size_t end = tokens_[token].range.end;
        bool found = false;
        char32_t before = 0;
        for (std::size_t at = at_, next = at; at < end; at = next) {
            const char32_t c = next_code_point(source_, next);
            const bool is_name = before != 0 && before < 0x250 &&
                                 u_isalpha(static_cast<UChar32>(before)) != 0 &&
                                 tokens_[token].kind != TokenKind::number; // S21 in a Korean word
            if (is_digit(c) && !is_name) {
                found = true;
                next = read_item(at, token);
                at_ = next;
            }
            before = c;
        }
        return found;
    }

    /// The number at `at`; answers where it ends.
    std::size_t read_item(std::size_t at, std::size_t token) {
        if (const auto date = read_date(source_, at, words_.has_month_first_in_digits())) {
            if (const auto day = gregorian_day(*date)) {
                add_date(day->month, day->day, {at, date->end});
                Item year;
                year.range = {date->year_begin, date->year_end};
                year.year = day->year;
                year.value = decimal_value(static_cast<std::uint64_t>(day->year));
                year.small = day->year;
                items_.push_back(year);
                return date->end;
            }
        }
        if (const std::size_t end = read_vietnamese_date(at, token); end != at)
            return end;
        Item item;
        item.range = {at, at};
        const Amount amount = read_amount({tokens_, source_, words_}, at, token);
        const std::size_t end = amount.end;
        item.value = amount.value;
        item.is_bare = amount.is_bare;
        item.small = amount.power == 0 ? small_integer(item.value) : -1;
        item.range.end = end;
        item.word_end = end;
        const std::size_t token_end = tokens_[token].range.end;
        const std::size_t unit_at = skip_space(source_, end);
        std::size_t unit_end = unit_at;
        item.unit = item.is_bare ? calendar_unit(next_code_point(source_, unit_end)) : U'\0';
        if (item.unit == U'月')
            make_month(item, unit_end);
        else if (item.unit != 0)
            item.word_end = unit_end;
        else if (end < token_end && is_word(source_.substr(end, token_end - end)))
            item.word_end = token_end;
        items_.push_back(item);
        return std::max(end, item.range.end);
    }

    /// Nothing where no calendar of the language has such a year.
    [[nodiscard]] std::optional<GregorianDay> gregorian_day(const WrittenDate& date) const {
        if (words_.has_persian_years() && is_persian_year(date.year))
            return gregorian_of_persian(date.year, date.month, date.day);
        if (words_.has_buddhist_years() && date.year > 2442)
            return GregorianDay{date.year - 543, date.month, date.day};
        if (date.year >= 2200)
            return std::nullopt;
        return GregorianDay{date.year, date.month, date.day};
    }

    [[nodiscard]] static bool is_persian_year(int year) { return year > 1278 && year < 1479; }

    [[nodiscard]] static bool is_word(std::string_view text) {
        for (std::size_t at = 0; at < text.size();)
            if (u_isalpha(static_cast<UChar32>(next_code_point(text, at))) == 0)
                return false;
        return true;
    }

    void make_month(Item& item, std::size_t unit_end) {
        if (item.small < 1 || item.small > 12)
            return;
        item.month = {item.small, false, true};
        item.range.end = unit_end;
        item.word_end = unit_end;
    }

    void add_date(int month, int day, ByteRange range) {
        Item item;
        item.range = range;
        item.word_end = range.end;
        item.month = {month, false, true};
        item.day = day;
        items_.push_back(item);
    }

    /// "ngày 6/11": the word says that it is a date.
    std::size_t read_vietnamese_date(std::size_t at, std::size_t token) {
        if (!words_.has_numbered_months() || token == 0 || tokens_[token - 1].normalised != "ngày")
            return at;
        const WrittenNumber day = read_number(source_, at);
        if (day.grouped || day.end + 1 >= source_.size() ||
            (source_[day.end] != '/' && source_[day.end] != '-'))
            return at;
        std::size_t next = day.end + 1;
        if (!is_digit(next_code_point(source_, next)))
            return at;
        const WrittenNumber month = read_number(source_, day.end + 1);
        const int d = small_integer(day.value);
        const int m = small_integer(month.value);
        if (d < 1 || d > 31 || m < 1 || m > 12 || month.grouped)
            return at;
        add_date(m, d, {at, month.end});
        return month.end;
    }

    /// Chinese numerals, wherever they stand in the token.
    void read_characters(std::size_t token) {
        while (at_ < tokens_[token].range.end) {
            const std::size_t begin = at_;
            const auto number = read_han_number(source_, begin);
            if (!number) {
                read_first_year(begin, next_code_point(source_, at_));
                continue;
            }
            at_ = number->end;
            Item item;
            item.value = number->value;
            item.small = number->value.exact ? small_integer(number->value) : -1;
            item.range = {begin, number->end};
            item.word_end = number->end;
            item.is_bare = true;
            std::size_t unit_end = number->end;
            const char32_t next = next_code_point(source_, unit_end);
            const char32_t before = code_point_before(source_, begin);
            const bool is_vague = before == U'数' || before == U'數' || before == U'几' ||
                                  before == U'幾' || is_digit(before);
            item.unit = calendar_unit(next);
            const bool counts_people =
                next == U'人' || next == U'名' || next == U'岁' || next == U'歲';
            const bool is_number =
                (number->is_compound || (counts_people && number->value.exact)) && !is_vague;
            item.is_loose =
                !is_number &&
                !(item.unit == U'年' &&
                  (number->is_year || (is_behind_era(source_, begin) && number->value.exact)));
            if (item.unit == U'月')
                make_month(item, unit_end);
            else if (item.unit != 0)
                item.word_end = unit_end;
            if (!item.is_loose || item.month.month != 0 || item.unit == U'日')
                items_.push_back(item);
            at_ = std::max(at_, item.range.end);
        }
    }

    /// 元 before 年 and behind the name of an era: its year 1.
    void read_first_year(std::size_t begin, char32_t c) {
        std::size_t next = at_;
        if (c != U'元' || next_code_point(source_, next) != U'年' || !is_behind_era(source_, begin))
            return;
        Item item;
        item.value = decimal_value(1);
        item.small = 1;
        item.range = {begin, at_};
        item.word_end = next;
        item.is_bare = true;
        item.unit = U'年';
        items_.push_back(item);
    }

    // ---- Months and dates -----------------------------------------------------------------------

    void read_month(std::size_t token) {
        const Token& word = tokens_[token];
        if (words_.has_numbered_months() &&
            (word.normalised == "tháng" || word.normalised == "thg")) {
            const std::size_t begin = skip_space(source_, word.range.end);
            std::size_t next = begin;
            if (begin == word.range.end || !is_digit(next_code_point(source_, next)))
                return;
            const WrittenNumber number = read_number(source_, begin);
            Item item;
            item.small = number.grouped ? -1 : small_integer(number.value);
            item.range = word.range;
            make_month(item, number.end);
            if (item.month.month != 0) {
                items_.push_back(item);
                at_ = number.end;
            }
            return;
        }
        Item item;
        item.range = word.range;
        if (words_.begins_month(word.normalised) && token + 1 < tokens_.size() &&
            tokens_[token + 1].range.begin - word.range.end <= 3) {
            item.month = words_.month(std::string(word.normalised) + ' ' +
                                      std::string(tokens_[token + 1].normalised));
            if (item.month.month != 0)
                item.range.end = tokens_[token + 1].range.end;
        }
        if (item.month.month == 0)
            item.month = words_.month(word.normalised);
        if (item.month.month == 0 && words_.has_persian_years() && !items_.empty() &&
            is_day(items_.back()) &&
            is_joint(source_, items_.back().word_end, word.range.begin, false)) {
            item.persian_month = persian_month(word.normalised);
            if (item.persian_month != 0) {
                at_ = item.range.end;
                item.word_end = at_;
                items_.push_back(item);
                return;
            }
        }
        if (item.month.month == 0 || (words_.has_capital_months() && !word.capitalised))
            return;
        at_ = item.range.end;
        item.word_end = at_;
        items_.push_back(item);
    }

    [[nodiscard]] static bool is_day(const Item& item) {
        return item.month.month == 0 && item.persian_month == 0 && item.is_bare &&
               item.small >= 1 && item.small <= 31;
    }
    [[nodiscard]] static bool is_year(const Item& item) {
        return item.month.month == 0 && item.small >= 1900 && item.small < 2100;
    }

    /// Makes dates of days beside months, and lets go of words that only look like months.
    std::vector<Quantity> compose() {
        std::vector<Quantity> out;
        out.reserve(items_.size());
        std::vector<char> is_used(items_.size(), 0);
        for (std::size_t i = 0; i < items_.size(); ++i) {
            Item& item = items_[i];
            if (item.persian_month != 0) {
                out.push_back(persian_date(i));
                is_used[i - 1] = 1; // the day
                is_used[i] = 1;
            }
            if (item.month.month == 0)
                continue;
            if (item.day != 0) {
                out.push_back(
                    {date_key(item.month.month, item.day), QuantityKind::date, item.range});
                continue;
            }
            const Item* day = nullptr;
            const Item* const before = i > 0 && is_used[i - 1] == 0 ? &items_[i - 1] : nullptr;
            const Item* const after = i + 1 < items_.size() ? &items_[i + 1] : nullptr;
            if (item.unit == U'月') {
                if (after != nullptr && is_day(*after) &&
                    (after->range.begin == item.range.end ||
                     (after->unit == U'日' &&
                      skip_space(source_, item.range.end) == after->range.begin)))
                    day = after;
            } else if (before != nullptr && is_day(*before) &&
                       is_joint(source_, before->word_end, item.range.begin,
                                !words_.has_capital_months())) {
                day = before;
            } else if (after != nullptr && words_.has_month_first() && is_day(*after) &&
                       is_joint(source_, item.range.end, after->range.begin,
                                item.month.is_abbreviated) && // Sept. 11, but not: in June. 11 ...
                       !(after->range.end < source_.size() && source_[after->range.end] == '%')) {
                day = after;
            }
            if (day != nullptr) {
                is_used[static_cast<std::size_t>(day - items_.data())] = 1;
                const std::size_t day_end = day->unit == U'日' ? day->word_end : day->range.end;
                out.push_back({date_key(item.month.month, day->small),
                               QuantityKind::date,
                               {std::min(item.range.begin, day->range.begin),
                                std::max(item.range.end, day_end)}});
                continue;
            }
            const bool has_year = (before != nullptr && is_year(*before) &&
                                   is_joint(source_, before->word_end, item.range.begin, true)) ||
                                  (after != nullptr && is_year(*after) &&
                                   is_joint(source_, item.range.end, after->range.begin, true));
            if (item.month.stands_alone || has_year)
                out.push_back({month_key(item.month.month), QuantityKind::month, item.range});
        }
        for (std::size_t i = 0; i < items_.size(); ++i)
            if (is_used[i] == 0 && items_[i].month.month == 0)
                add_number(i, out);
        std::sort(out.begin(), out.end(), [](const Quantity& a, const Quantity& b) {
            return std::tie(a.range.begin, a.kind, a.key) < std::tie(b.range.begin, b.kind, b.key);
        });
        return out;
    }

    /// The date that the month `i` of the Iranian calendar is of, with the day before it; the year
    /// behind it learns which Gregorian one that is.
    Quantity persian_date(std::size_t i) {
        constexpr int some_year = 1404; // without one, the day is right but for one at times
        const Item& month = items_[i];
        const Item& day = items_[i - 1];
        Item* const year =
            i + 1 < items_.size() && items_[i + 1].is_bare &&
                    is_persian_year(items_[i + 1].small) &&
                    is_joint(source_, month.range.end, items_[i + 1].range.begin, true)
                ? &items_[i + 1]
                : nullptr;
        const GregorianDay date = gregorian_of_persian(year != nullptr ? year->small : some_year,
                                                       month.persian_month, day.small);
        if (year != nullptr)
            year->year = date.year;
        return {
            date_key(date.month, date.day), QuantityKind::date, {day.range.begin, month.range.end}};
    }

    void add_number(std::size_t i, std::vector<Quantity>& out) const {
        const Item& item = items_[i];
        if (item.is_loose)
            return;
        if (const auto years = other_years(i)) {
            for (int year = years->first; year <= years->last; ++year)
                add_value(decimal_value(static_cast<std::uint64_t>(year)), year, item.range, out);
            return;
        }
        if (item.small < 0 || item.small >= 10)
            add_value(item.value, item.small, item.range, out);
    }

    static void add_value(const DecimalValue& value, int small, ByteRange range,
                          std::vector<Quantity>& out) {
        const bool is_year = small >= 1900 && small < 2100 && small != 2000;
        out.push_back({key_of(value), is_year ? QuantityKind::year : QuantityKind::number, range});
    }

    /// The Gregorian years of one of another calendar.
    [[nodiscard]] std::optional<GregorianYears> other_years(std::size_t i) const {
        const Item& item = items_[i];
        if (item.year != 0)
            return GregorianYears{item.year, item.year};
        if (!item.is_bare || item.small < 1)
            return std::nullopt;
        if (words_.has_buddhist_years() && has_buddhist_year(i))
            return GregorianYears{item.small - 543, item.small - 543};
        return years_of_other_calendar(source_, item.range.begin, item.range.end, item.small,
                                       words_.language());
    }

    [[nodiscard]] bool has_buddhist_year(std::size_t i) const {
        const Item& item = items_[i];
        if (item.small < 2443 || item.small > 2642)
            return false;
        return (i > 0 && items_[i - 1].month.month != 0 &&
                is_joint(source_, items_[i - 1].range.end, item.range.begin, true));
    }

    const std::vector<Token>& tokens_;
    std::string_view source_;
    const NumberWords& words_;
    std::vector<Item> items_;
    std::size_t at_{}; ///< everything before has been read
};

} // namespace

std::vector<Quantity> find_quantities(const AnalyzedText& text, std::string_view source,
                                      std::string_view language) {
    return Finder(text, source, language).find();
}

} // namespace fabula::detail
