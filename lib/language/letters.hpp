// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// What the letters of a normalised text in Han and Kana say of its language.
struct HanLetters {
    std::size_t all{};
    std::size_t japanese{};  ///< kana but の, and characters that Japanese alone has
    std::size_t no{};        ///< の, which Chinese brands have, too
    std::size_t chinese{};   ///< characters that Japanese does not have
    std::size_t cantonese{}; ///< characters of spoken Cantonese alone

    /// One letter decides for Japanese in a headline, unless Chinese letters say otherwise: a text
    /// that quotes a name.
    [[nodiscard]] bool is_japanese() const {
        const std::size_t for_it = japanese + no;
        return for_it > 0 && chinese <= (japanese > 0 ? japanese / 4 : 0) && for_it * 30 >= all;
    }
    [[nodiscard]] bool is_cantonese() const { return cantonese > 0 && cantonese * 30 >= all; }
    [[nodiscard]] bool is_chinese() const { return chinese >= 2 && japanese + no == 0; }
};

[[nodiscard]] HanLetters count_han_letters(std::string_view normalised_text);

/// For each letter of a normalised text that only some languages have, these languages, with
/// spaces between their tags; letters that are rare in the text are passed over.
[[nodiscard]] std::vector<std::string_view> languages_of_letters(std::string_view normalised_text);

/// Whether a tag is one of those with spaces between them.
[[nodiscard]] bool has_tag(std::string_view languages, std::string_view tag);

} // namespace fabula::detail
