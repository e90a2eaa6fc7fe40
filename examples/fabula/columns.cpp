// SPDX-License-Identifier: Apache-2.0
#include "columns.hpp"

#include "text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <sys/ioctl.h>
#include <unistd.h>

namespace program {
namespace {

constexpr std::string_view rule = " | ";

/// The next character of a valid text and where it ends.
UChar32 next_character(std::string_view utf8, std::size_t& at) {
    std::int32_t i = 0;
    UChar32 character = 0;
    const auto rest = static_cast<std::int32_t>(std::min<std::size_t>(utf8.size() - at, 8));
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(utf8.data() + at), i, rest, character);
    at += static_cast<std::size_t>(i);
    return character;
}

std::size_t width_of(UChar32 character) {
    const int type = u_charType(character);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR)
        return 0;
    const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

std::string blanks(std::size_t count) {
    return std::string(count, ' ');
}

} // namespace

std::size_t display_width(std::string_view utf8) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < utf8.size();)
        width += width_of(next_character(utf8, at));
    return width;
}

std::vector<std::string> wrapped(std::string_view utf8, std::size_t columns) {
    columns = std::max<std::size_t>(columns, 2);
    const std::string text = excerpt(utf8, utf8.size());
    std::vector<std::string> lines;
    std::size_t begin = 0; // of the line
    std::size_t width = 0;
    std::size_t last_break = 0; // where the line may end; `begin` = nowhere
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        const UChar32 character = next_character(text, at);
        const std::size_t wide = width_of(character);
        if (here > begin && (character == ' ' || wide == 2))
            last_break = here;
        if (width + wide > columns && character != ' ') {
            const std::size_t end = last_break > begin ? last_break : here;
            lines.push_back(text.substr(begin, end - begin));
            begin = end < text.size() && text[end] == ' ' ? end + 1 : end;
            last_break = begin;
            width = display_width(std::string_view(text).substr(begin, at - begin));
        } else {
            width += wide;
        }
        if (wide == 2)
            last_break = at;
    }
    if (begin < text.size())
        lines.push_back(text.substr(begin));
    for (std::string& line : lines)
        while (!line.empty() && line.back() == ' ')
            line.pop_back();
    return lines;
}

void write_beside(std::ostream& out, std::string_view left, std::string_view right,
                  std::size_t page, std::size_t indent, std::string_view label) {
    const std::size_t column = (page - indent - rule.size()) / 2;
    const std::vector<std::string> first = wrapped(left, column);
    const std::vector<std::string> second = wrapped(right, column);
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        const std::string_view margin = i == 0 ? label : std::string_view{};
        std::string line{margin};
        line += blanks(indent - std::min(indent, display_width(margin)));
        if (i < first.size())
            line += first[i];
        line += blanks(indent + column - std::min(indent + column, display_width(line)));
        line += rule;
        if (i < second.size())
            line += second[i];
        out << line.substr(0, line.find_last_not_of(' ') + 1) << '\n';
    }
}

void write_indented(std::ostream& out, std::string_view text, std::size_t indent,
                    std::size_t page) {
    for (const std::string& line : wrapped(text, page - std::min(page, indent)))
        out << blanks(indent) << line << '\n';
}

std::size_t page_width() {
    constexpr std::size_t without_terminal = 100;
    winsize size{};
    if (::isatty(STDOUT_FILENO) != 1 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
        size.ws_col == 0)
        return without_terminal;
    return std::clamp<std::size_t>(size.ws_col, 60, 160);
}

} // namespace program
