// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fabula::detail {

/// What makes two lines the same: NFKC and case-folded without accents and reading marks, the words
/// separated by one space each. Of the punctuation only what divides a label from its text is left,
/// as ':' ("Photo: Reuters", "Фото — ТАСС", "来源：新华社"), and '©'. Apostrophes close up.
[[nodiscard]] std::string line_key(std::string_view line);

/// The same by ICU's normalisation of the whole line (of 30 marks in a row at a time, so that time
/// stays linear): what the tests compare with, and what is asked where marks might change places.
[[nodiscard]] std::string line_key_by_icu(std::string_view line);

/// Whether a code point of a key stands in one of its words.
[[nodiscard]] bool is_key_letter(char32_t c);

} // namespace fabula::detail
