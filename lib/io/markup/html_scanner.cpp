// SPDX-License-Identifier: Apache-2.0
#include "io/markup/html_scanner.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <libxml/HTMLparser.h>
#include <system_error>

namespace fabula::detail {
namespace {

constexpr std::size_t none = std::string_view::npos;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool is_of_name(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_' || c == '.';
}

void append_code_point(std::uint32_t c, std::string& out) {
    const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0U | c >> 6U);
        byte(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        byte(0xE0U | c >> 12U);
        byte(0x80U | (c >> 6U & 0x3FU));
        byte(0x80U | (c & 0x3FU));
    } else {
        byte(0xF0U | c >> 18U);
        byte(0x80U | (c >> 12U & 0x3FU));
        byte(0x80U | (c >> 6U & 0x3FU));
        byte(0x80U | (c & 0x3FU));
    }
}

/// What browsers make of numbers that are those of Windows-1252.
constexpr std::array<std::uint16_t, 32> windows_1252{
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

/// The character that "#8217", "#x2019" or "rsquo" stands for; 0 where that is none.
std::uint32_t code_point_of(std::string_view reference) {
    constexpr std::size_t longest = 32;
    if (reference.size() < 2 || reference.size() > longest)
        return 0;
    if (reference[0] == '#') {
        const bool hexadecimal = lower(reference[1]) == 'x';
        const std::string_view digits = reference.substr(hexadecimal ? 2 : 1);
        std::uint32_t value = 0;
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(),
                                                   value, hexadecimal ? 16 : 10);
        if (digits.empty() || stop != digits.data() + digits.size())
            return 0;
        if (value >= 0x80 && value < 0xA0)
            return windows_1252[value - 0x80];
        if (error != std::errc{} || value == 0 || value > 0x10FFFF ||
            (value >= 0xD800 && value < 0xE000))
            return 0xFFFD;
        return value;
    }
    if (reference == "apos")
        return '\'';
    const std::string name{reference};
    const htmlEntityDesc* found = htmlEntityLookup(
        reinterpret_cast<const xmlChar*>(name.c_str())); // NOLINT(*-reinterpret-cast)
    return found == nullptr ? 0 : found->value;
}

/// Elements whose contents are no markup.
bool is_raw(std::string_view name) {
    constexpr std::array<std::string_view, 6> raw{"script",   "style",  "title",
                                                  "textarea", "iframe", "noembed"};
    return std::find(raw.begin(), raw.end(), name) != raw.end();
}

/// `html.find("</" + name)` without regard to case.
std::size_t find_end_of(std::string_view name, std::string_view html, std::size_t from) {
    for (std::size_t at = html.find("</", from); at != none; at = html.find("</", at + 2)) {
        const std::string_view there = html.substr(at + 2, name.size());
        if (there.size() == name.size() && std::equal(there.begin(), there.end(), name.begin(),
                                                      [](char a, char b) { return lower(a) == b; }))
            return at;
    }
    return none;
}

} // namespace

void append_decoded(std::string_view text, std::string& out) {
    while (!text.empty()) {
        const std::size_t at = std::min(text.find('&'), text.size());
        out.append(text.substr(0, at));
        text.remove_prefix(at);
        if (text.empty())
            return;
        constexpr std::size_t longest = 34;
        const std::size_t end = text.substr(0, longest).find(';');
        const std::uint32_t c = end == none ? 0 : code_point_of(text.substr(1, end - 1));
        if (c != 0) {
            append_code_point(c, out);
            text.remove_prefix(end + 1);
        } else {
            out += '&';
            text.remove_prefix(1);
        }
    }
}

std::size_t HtmlScanner::end_of_tag(std::size_t begin) {
    constexpr std::size_t longest = std::size_t{64} << 10U;
    if (no_more_ends_)
        return none;
    if (!quotes_are_broken_) {
        char quote = '\0';
        for (std::size_t i = begin; i < std::min(html_.size(), begin + longest); ++i) {
            const char c = html_[i];
            if (quote != '\0') {
                if (c == quote)
                    quote = '\0';
            } else if (c == '>') {
                return i;
            } else if ((c == '"' || c == '\'') && html_[i - 1] == '=') {
                quote = c;
            }
        }
        quotes_are_broken_ = true;
    }
    const std::size_t end = html_.find('>', begin);
    no_more_ends_ = end == none;
    return end;
}

void HtmlScanner::take(Kind kind, std::size_t end) {
    kind_ = kind;
    piece_ = html_.substr(at_, end - at_);
    at_ = end;
}

/// At a "<": a tag or comment, which is passed; false where it is but a sign.
bool HtmlScanner::read_tag() {
    const auto sign = [&](std::size_t i) { return at_ + i < html_.size() ? html_[at_ + i] : '\0'; };
    if (sign(1) == '!' || sign(1) == '?') {
        std::size_t end = none;
        std::size_t length = 1;
        if (html_.substr(at_).starts_with("<!--") && !no_more_comments_) {
            end = html_.find("-->", at_ + 4);
            no_more_comments_ = end == none;
            length = 3;
        }
        if (end == none) {
            end = end_of_tag(at_ + 1);
            length = 1;
        }
        if (end == none)
            return false;
        at_ = end + length;
        name_.clear();
        return true;
    }
    const bool is_end = sign(1) == '/';
    const std::size_t begin = at_ + (is_end ? 2 : 1);
    if (begin >= html_.size() || !is_letter(html_[begin]))
        return false;
    const std::size_t end = end_of_tag(begin);
    if (end == none)
        return false;
    std::size_t name_end = begin;
    constexpr std::size_t longest = 64;
    while (name_end < end && name_end < begin + longest && is_of_name(html_[name_end]))
        ++name_end;
    name_.assign(html_.substr(begin, name_end - begin));
    std::transform(name_.begin(), name_.end(), name_.begin(), lower);
    attributes_ = html_.substr(name_end, end - name_end);
    kind_ = is_end ? Kind::end : Kind::start;
    raw_follows_ = !is_end && is_raw(name_) && !attributes_.ends_with('/');
    at_ = end + 1;
    return true;
}

bool HtmlScanner::next() {
    if (raw_follows_) {
        raw_follows_ = false;
        take(Kind::raw, std::min(find_end_of(name_, html_, at_), html_.size()));
        return true;
    }
    while (at_ < html_.size()) {
        if (html_[at_] == '<') {
            if (read_tag()) {
                if (name_.empty())
                    continue; // a comment
                return true;
            }
            take(Kind::text, std::min(html_.find('<', at_ + 1), html_.size()));
            return true;
        }
        take(Kind::text, std::min(html_.find('<', at_), html_.size()));
        return true;
    }
    return false;
}

std::string HtmlScanner::attribute(std::string_view name) const {
    std::string_view rest = attributes_;
    while (!rest.empty()) {
        if (is_space(rest.front()) || rest.front() == '/') {
            rest.remove_prefix(1);
            continue;
        }
        std::size_t end = 0;
        while (end < rest.size() && !is_space(rest[end]) && rest[end] != '=' && rest[end] != '/')
            ++end;
        const std::string_view key = rest.substr(0, std::max<std::size_t>(end, 1));
        rest.remove_prefix(key.size());
        while (!rest.empty() && is_space(rest.front()))
            rest.remove_prefix(1);
        std::string_view value;
        if (rest.starts_with('=')) {
            rest.remove_prefix(1);
            while (!rest.empty() && is_space(rest.front()))
                rest.remove_prefix(1);
            const char quote = rest.empty() ? '\0' : rest.front();
            if (quote == '"' || quote == '\'') {
                value = rest.substr(1, rest.find(quote, 1) - 1);
                rest.remove_prefix(std::min(value.size() + 2, rest.size()));
            } else {
                std::size_t length = 0;
                while (length < rest.size() && !is_space(rest[length]))
                    ++length;
                value = rest.substr(0, length);
                rest.remove_prefix(length);
            }
        }
        if (key.size() == name.size() && std::equal(key.begin(), key.end(), name.begin(),
                                                    [](char a, char b) { return lower(a) == b; })) {
            std::string decoded;
            append_decoded(value, decoded);
            return decoded;
        }
    }
    return {};
}

} // namespace fabula::detail
