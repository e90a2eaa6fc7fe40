// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utypes.h>

#include <cstdint>
#include <string>
#include <vector>

namespace fabula::detail {

/// The script of a code point, USCRIPT_UNKNOWN where it has none.
[[nodiscard]] UScriptCode unicode_script(UChar32 c);

/// An apostrophe, or what is written in its place: ' ` ‘ ’ ʼ ＇
[[nodiscard]] bool is_apostrophe(UChar32 c);

struct DecodedText;

/// Writes signs that look alike in one way, before the text is cut: what stands for an apostrophe
/// between two Cyrillic or Hebrew letters (п`ять) becomes one, that of the Uzbek oʻ and gʻ its own
/// letter, and `join_signs`.
void unify_spellings(DecodedText& text);

/// Thai and Lao AM of one sign where it is written of two, its tone before it or between them, and
/// Thai AE likewise. `byte_offsets`, if any, are those of a `DecodedText`.
void join_signs(std::u16string& units, std::vector<std::uint32_t>* byte_offsets);

/// Letters that are written in more than one way within or across languages of one script, after
/// case folding: the one that stands for them.
[[nodiscard]] UChar32 unify_letter(UChar32 c, UChar32 before);

/// The consonant of a letter that is written as this and a virama as well; 0 for others.
[[nodiscard]] UChar32 letter_of_virama(UChar32 c);

/// Of what `join_signs` and `unify_letter` make something of beside others only.
[[nodiscard]] bool depends_on_neighbours(UChar32 c);

/// How a letter is romanised that ICU's rules leave as it is, or give a sign for, or Serbian
/// readers two letters; null for others.
[[nodiscard]] const char* latin_letters(UChar32 c);

/// A word of a script that ICU has no rules for in one that it has: Lao in Thai, Sinhala and Khmer
/// in Devanagari.
[[nodiscard]] icu::UnicodeString in_kindred_script(const icu::UnicodeString& word);

/// \throws Error where ICU has no data for it
[[nodiscard]] const icu::Normalizer2& nfkc_casefold();
[[nodiscard]] const icu::Normalizer2& nfd();

} // namespace fabula::detail
