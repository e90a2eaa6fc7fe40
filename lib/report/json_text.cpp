// SPDX-License-Identifier: Apache-2.0
#include "report/json_text.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace fabula::detail {
namespace {

/// Controls, line and paragraph separators, marks of direction, and what has no width.
bool is_unseen(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C ||
           (c >= 0x200B && c <= 0x200F && c != 0x200C && c != 0x200D) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

void append_unit(std::string& out, char32_t unit) {
    char text[8];
    std::snprintf(text, sizeof text, "\\u%04x", static_cast<unsigned>(unit));
    out += text;
}

std::size_t units_of(char32_t c) {
    return c > 0xFFFF ? 2 : 1;
}

} // namespace

void append_html(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        switch (c) {
        case U'&':
            out += "&amp;";
            break;
        case U'<':
            out += "&lt;";
            break;
        case U'>':
            out += "&gt;";
            break;
        case U'"':
            out += "&quot;";
            break;
        case U'\'':
            out += "&#39;";
            break;
        default:
            append_utf8(out, is_unseen(c) ? U' ' : c);
        }
    }
}

void append_json(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (c == U'"' || c == U'\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c == U'\n') {
            out += "\\n";
        } else if (is_unseen(c) || c == U'<' || c == U'>' || c == U'&') {
            append_unit(out, c);
        } else {
            append_utf8(out, c);
        }
    }
    out += '"';
}

void append_json(std::string& out, std::int64_t number) {
    out += std::to_string(number);
}

void append_json_rounded(std::string& out, double value) {
    const auto scaled = static_cast<std::int64_t>(std::llround(value * 1e4));
    const std::int64_t whole = std::abs(scaled) / 10'000;
    std::int64_t part = std::abs(scaled) % 10'000;
    if (scaled < 0)
        out += '-';
    out += std::to_string(whole);
    if (part == 0)
        return;
    char digits[8];
    std::snprintf(digits, sizeof digits, ".%04d", static_cast<int>(part));
    std::string_view shown = digits;
    while (shown.back() == '0')
        shown.remove_suffix(1);
    out += shown;
}

Utf16Places::Utf16Places(std::string_view text) : text_(text) {
    std::size_t units = 0;
    std::size_t last = 0;
    marks_.emplace_back(0, 0);
    for (std::size_t at = 0; at < text.size();) {
        units += units_of(next_code_point(text, at));
        if (at - last >= stride) {
            marks_.emplace_back(at, units);
            last = at;
        }
    }
}

std::size_t Utf16Places::operator()(std::size_t byte) const {
    auto mark = std::upper_bound(marks_.begin(), marks_.end(), byte,
                                 [](std::size_t b, const auto& m) { return b < m.first; });
    auto [at, units] = *std::prev(mark);
    while (at < byte && at < text_.size())
        units += units_of(next_code_point(text_, at));
    return units;
}

Cut cut(std::string_view text, std::size_t characters) {
    std::size_t at = 0;
    for (std::size_t count = 0; count < characters && at < text.size(); ++count)
        static_cast<void>(next_code_point(text, at));
    return {text.substr(0, at), at == text.size()};
}

} // namespace fabula::detail
