// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fabula::detail {

/// Scripts as language identification tells them apart: scripts that one language mixes are one.
enum class Script : std::uint8_t {
    none,    ///< letters and marks that many scripts share
    foreign, ///< of no language in the training data
    latin,
    cyrillic,
    greek,
    arabic,
    hebrew,
    devanagari,
    bengali,
    gurmukhi,
    gujarati,
    odia,
    tamil,
    telugu,
    kannada,
    malayalam,
    sinhala,
    thai,
    lao,
    khmer,
    myanmar,
    ethiopic,
    armenian,
    georgian,
    hangul,
    chinese_japanese, ///< Han, Hiragana, Katakana, Bopomofo
};

inline constexpr std::size_t script_count = 26;

/// The script of a code point.
[[nodiscard]] Script script_of(std::int32_t code_point);

/// Whether texts in the language of this tag are written in this script: those of the training
/// data, which has Serbian and Uzbek in two of them and every other language in one.
[[nodiscard]] bool is_written_in(std::string_view tag, Script script);

} // namespace fabula::detail
