// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/scoring.hpp>
#include <fabula/text.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// Words in a row that differ, beyond which two texts are not filled in but written differently.
inline constexpr std::size_t longest_difference = 8;

/// Where two texts that say the same in the same words differ: a few words of the one in the place
/// of a few of the other, in the order of the texts. What only one of them has is none. Symmetric.
///
/// By patience diff (Cohen 2003): words that occur once in both stand for each other where they
/// keep their order, and so on between them.
[[nodiscard]] std::vector<Difference>
text_differences(const AnalyzedText& first, std::string_view first_text, const AnalyzedText& second,
                 std::string_view second_text, std::size_t at_most);

} // namespace fabula::detail
