// SPDX-License-Identifier: Apache-2.0
#include "text.hpp"

#include <fabula/text.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace program {
namespace {

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

} // namespace

std::string excerpt(std::string_view utf8, std::size_t characters) {
    std::size_t count = 0;
    std::size_t end = 0;
    for (; end < utf8.size() && end < 4 * characters; ++end) {
        if (!continues_character(utf8[end]) && ++count > characters)
            break;
    }
    const bool is_cut = end < utf8.size();
    utf8 = utf8.substr(0, end);
    std::string line;
    for (const char c : fabula::repair_utf8(utf8)) {
        const bool is_blank = static_cast<unsigned char>(c) <= ' ' || c == '\x7F';
        if (!is_blank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    if (!line.empty() && line.back() == ' ')
        line.pop_back();
    return is_cut ? line + "…" : line;
}

std::string decimals(double value, int digits) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return text.data();
}

std::string percent(double probability) {
    return decimals(100.0 * probability, 1) + " %";
}

std::string duration_in_words(std::chrono::seconds duration) {
    struct Unit {
        std::chrono::seconds length;
        std::string_view singular;
        std::string_view plural;
    };
    static constexpr std::array<Unit, 4> units{{{std::chrono::hours{24}, "day", "days"},
                                                {std::chrono::hours{1}, "hour", "hours"},
                                                {std::chrono::minutes{1}, "minute", "minutes"},
                                                {std::chrono::seconds{1}, "second", "seconds"}}};
    for (const Unit& unit : units) {
        if (duration >= unit.length || unit.length == std::chrono::seconds{1}) {
            const auto count = static_cast<std::size_t>(std::llround(
                static_cast<double>(duration.count()) / static_cast<double>(unit.length.count())));
            return count_of(count, unit.singular, unit.plural);
        }
    }
    return {};
}

std::string count_of(std::size_t count, std::string_view singular, std::string_view plural) {
    return std::to_string(count) + ' ' + std::string{count == 1 ? singular : plural};
}

double rounded(double value) {
    return std::round(value * 1e4) / 1e4;
}

std::string padded(std::string text, std::size_t columns) {
    const auto width = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return !continues_character(c); }));
    if (width < columns)
        text.append(columns - width, ' ');
    return text;
}

} // namespace program
