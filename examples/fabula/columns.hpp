// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

/// Text laid out for a terminal, in any script.
namespace program {

/// Columns that the text takes: two for a wide character (Chinese, kana, Hangul, most emoji), none
/// for a combining mark. Control characters are not expected.
[[nodiscard]] std::size_t display_width(std::string_view utf8);

/// The text on one line or more, each at most `columns` wide (at least 2), broken at blanks and
/// around wide characters, or inside a word that is too long. Blanks and control characters count
/// as one blank; any bytes will do. Nothing for a blank text.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view utf8, std::size_t columns);

/// Two texts beside each other on a page so wide, with blanks before each line, the first of which
/// may begin with a label in their place.
void write_beside(std::ostream& out, std::string_view left, std::string_view right,
                  std::size_t page, std::size_t indent = 0, std::string_view label = {});

/// The text, wrapped, with blanks before each line.
void write_indented(std::ostream& out, std::string_view text, std::size_t indent, std::size_t page);

/// Columns of the terminal behind standard output, between 60 and 160; 100 where there is none.
[[nodiscard]] std::size_t page_width();

} // namespace program
