// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boilerplate/line_key.hpp"

#include <fabula/text.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// `line` without white space and line breaks at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view line);

/// Lines of a text with their line breaks (LF, CR, CR LF, VT, FF, NEL, LS, PS): together they are
/// the whole text.
[[nodiscard]] std::vector<ByteRange> split_lines(std::string_view text);

/// `text.find(separator)` and `text.rfind(separator)` of a sign between two spaces, or of a sign
/// alone: looks for the sign, which is rare, and not for the spaces.
[[nodiscard]] std::size_t find_separator(std::string_view text, std::string_view separator);
[[nodiscard]] std::size_t rfind_separator(std::string_view text, std::string_view separator);

/// Letters and digits among the code points of a text.
[[nodiscard]] std::size_t count_letters(std::string_view text);

/// Code points, those of East Asian scripts counted twice.
[[nodiscard]] std::size_t line_width(std::string_view text);

enum class LineKind {
    own_words,
    boilerplate,
    heading ///< boilerplate that announces other articles' headlines on the lines below
};

/// The keys (see `line_key`) of phrases that are separated by '|'.
[[nodiscard]] std::set<std::string> keys_of_phrases(std::string_view phrases);

/// Classifies one line, with or without its break, by the built-in phrases.
[[nodiscard]] LineKind classify_line(std::string_view line);

/// Whether a line below a heading can be the headline of another article: short, no full stop.
[[nodiscard]] bool looks_like_headline(std::string_view line);

/// Whether a line is short enough to be learned for its words alone.
[[nodiscard]] bool may_be_learned(std::string_view line);

/// Key by which such a line is learned (short lines whose numbers change stay the same line), from
/// its `line_key`; empty where it has no word.
[[nodiscard]] std::string learned_key(std::string_view line, std::string_view key);

/// Whether a line reads like a sentence or a paragraph, unlike a button or an entry of a menu.
[[nodiscard]] bool is_prose(std::string_view line);

/// Whether a line says as much as a headline: prose, or as wide.
[[nodiscard]] bool is_statement(std::string_view line);

/// Whether `key` (see `line_key`) is the name of a well-known publisher.
[[nodiscard]] bool is_publisher_name(std::string_view key);

} // namespace fabula::detail
