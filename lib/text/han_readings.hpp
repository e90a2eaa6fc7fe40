// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace fabula::detail {

/// How a Chinese character is read, as the fold of a word has it: pinyin without tones, in ASCII
/// ("zhong"); empty where it has no reading. The same as ICU's
///
///     Han-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower
///
/// gives of the character alone, without the 70 ms that ICU takes to begin. Nothing for those
/// beyond U+4E00–U+9FFF.
[[nodiscard]] std::optional<std::string_view> han_reading(char32_t c);

} // namespace fabula::detail
