// SPDX-License-Identifier: Apache-2.0
#include "features/quantities/amounts.hpp"

#include "text/utf8.hpp"

#include <unicode/uchar.h>

#include <string>

namespace fabula::detail {

namespace {

bool is_currency(char32_t c) {
    return u_charType(static_cast<UChar32>(c)) == U_CURRENCY_SYMBOL;
}

bool is_hangul(char32_t c) {
    return c >= 0xAC00 && c <= 0xD7A3;
}

/// Whether the digits before the words, which add `power`, are an integer.
bool is_whole(const DecimalValue& value, int power) {
    return value.coefficient == 0 || value.exponent >= power;
}

class AmountReader {
public:
    explicit AmountReader(const NumberText& text) : text_(text) {}

    /// A number with its powers of ten, and smaller ones added: 1億5000万.
    [[nodiscard]] Amount read(std::size_t at, std::size_t token) const {
        Amount out;
        int power = 0;
        std::size_t end = read_scaled(at, token, out.value, out.is_bare, power);
        out.power = power;
        if (!is_whole(out.value, power)) {
            out.end = end;
            return out;
        }
        constexpr int most_parts = 4;
        for (int part = 1; part < most_parts && power > 0; ++part) {
            const char32_t last = code_point_before(text_.source, end);
            const bool is_unit = power_of_unit(last) != 0;
            const std::size_t begin =
                is_unit && !is_hangul(last) ? end : skip_space(text_.source, end);
            std::size_t next = begin;
            if ((begin == end && !is_unit) || !is_digit(next_code_point(text_.source, next)))
                break;
            DecimalValue smaller;
            bool is_bare = false;
            int smaller_power = 0;
            const std::size_t smaller_end =
                read_scaled(begin, token_at(begin, token), smaller, is_bare, smaller_power);
            if ((!is_unit && smaller_power == 0) || !is_whole(smaller, smaller_power) ||
                !less(smaller, DecimalValue{1, power, true}))
                break;
            const auto together = sum(out.value, smaller);
            if (!together)
                break;
            out.value = *together;
            power = smaller_power;
            end = smaller_end;
        }
        out.end = end;
        return out;
    }

private:
    std::size_t read_scaled(std::size_t at, std::size_t token, DecimalValue& value, bool& is_bare,
                            int& power) const {
        const WrittenNumber number = read_number(text_.source, at);
        value = number.value;
        std::size_t end = number.end;
        constexpr int most_words = 3; // "thousand million", ล้านล้าน
        power = 0;
        for (int word = 0; word < most_words; ++word) {
            std::size_t word_end = end;
            const int more = read_power(at, end, token, word_end);
            if (more == 0)
                break;
            power += more;
            end = word_end;
        }
        if (power > 0 && number.separator == text_.words.decimal_separator())
            value = number.as_decimal;
        if (value.coefficient != 0)
            value.exponent += power;
        is_bare = power == 0 && !number.grouped;
        return end;
    }

    /// The index of the first token that ends behind `at`.
    [[nodiscard]] std::size_t token_at(std::size_t at, std::size_t token) const {
        while (token < text_.tokens.size() && text_.tokens[token].range.end <= at)
            ++token;
        return token;
    }

    /// The power of ten that the word at `at` stands for, and where it ends; 0 if none.
    int read_power(std::size_t number, std::size_t at, std::size_t token, std::size_t& end) const {
        std::size_t begin = skip_space(text_.source, at);
        std::size_t next = begin;
        char32_t c = next_code_point(text_.source, next);
        if (c == U'多' || c == U'余' || c == U'餘') { // more than
            begin = next;
            c = next_code_point(text_.source, next);
            if (power_of_unit(c) == 0)
                return 0;
        }
        if (const int unit = power_of_unit(c); unit != 0) {
            if (is_hangul(c) && begin != at && !is_all_units(begin, token))
                return 0;
            end = next;
            return unit;
        }
        if (begin == at && c == U'-') {
            begin = next;
            c = next_code_point(text_.source, next);
        }
        if (u_isalpha(static_cast<UChar32>(c)) == 0)
            return 0;
        token = token_at(begin, token);
        if (token == text_.tokens.size())
            return 0;
        if (begin != at &&
            (text_.tokens[token].normalised == "de" || text_.tokens[token].normalised == "d")) {
            begin = skip_space(text_.source, text_.tokens[token].range.end); // Romanian, Catalan
            if (++token == text_.tokens.size())
                return 0;
        }
        std::string folded;
        std::string_view word = text_.tokens[token].normalised;
        end = text_.tokens[token].range.end;
        if (text_.tokens[token].range.begin != begin) { // written together: 2.8bn
            if (text_.tokens[token].range.begin > begin)
                return 0;
            constexpr std::size_t longest = 32; // bytes
            for (next = begin; next < end && folded.size() < longest;) {
                c = next_code_point(text_.source, next);
                if (u_isalpha(static_cast<UChar32>(c)) == 0)
                    return 0;
                append_utf8(folded, static_cast<char32_t>(
                                        u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT)));
            }
            word = folded;
        }
        const Magnitude found = text_.words.magnitude(word);
        if (found.needs_full_stop && (end >= text_.source.size() || text_.source[end] != '.'))
            return 0;
        if (found.needs_currency && !has_currency(number, end))
            return 0;
        return found.power;
    }

    /// Korean units a space away from the number, in a word of their own.
    [[nodiscard]] bool is_all_units(std::size_t at, std::size_t token) const {
        token = token_at(at, token);
        const std::size_t end = token < text_.tokens.size() ? text_.tokens[token].range.end : at;
        for (std::size_t next = at; next < end;)
            if (power_of_unit(next_code_point(text_.source, next)) == 0)
                return false;
        return true;
    }

    [[nodiscard]] bool has_currency(std::size_t begin, std::size_t end) const {
        char32_t before = code_point_before(text_.source, begin);
        if (is_space(before))
            before = code_point_before(text_.source, begin - 1);
        std::size_t after = skip_space(text_.source, end);
        return is_currency(before) || is_currency(next_code_point(text_.source, after));
    }

    const NumberText& text_;
};

} // namespace

Amount read_amount(const NumberText& text, std::size_t at, std::size_t token) {
    return AmountReader(text).read(at, token);
}

} // namespace fabula::detail
