// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace fabula::detail {

/// How a Chinese character is read, as a romanised form has it: pinyin without tones, in
/// ASCII
/// ("zhong"); empty where it has no reading. The same as
///
///     Han-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower
///
/// of ICU 72 gives of the character alone, whatever ICU is installed, and without the 70 ms that it
/// takes to begin. Nothing for those beyond U+4E00–U+9FFF: these are read by the ICU that is.
[[nodiscard]] std::optional<std::string_view> han_reading(char32_t c);

} // namespace fabula::detail
