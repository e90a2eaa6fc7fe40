// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fabula::detail {

/// A coarse spelling of a word by its sounds, in which the spellings of one name meet, within a
/// script and across scripts: Зеленський, Zelenskyy, Selenskij, Ζελένσκι and زيلينسكي all give
/// "silinsk". Made of the word's normalised form and, for scripts without a table of their own, its
/// romanised. A pure function of the two; costs no memory beyond the key itself.
///
/// | letter | stands for |
/// |---|---|
/// | a | a, ə, ا, א |
/// | i | e, i, y, j; ы э й ι η υ; the j of "Johnson" (дж, dzh, dž, đ, τζ, ج) |
/// | u | o, u, ω, ו, و |
/// | ia, iu | я, ю |
/// | s | s, z, š, ž, č, ch, cz, sh, zh, ts, tz, dz, ç, ş, ț; c before e, i, y and at the end after
/// |   | a, e, i; з ж ц ч ш щ, Georgian and Armenian likewise |
/// | k | k, q, c elsewhere; ق ك ק |
/// | ks | x, ξ |
/// | v | v, w, β, ў; و and ו before a vowel |
/// | f | f, ph, φ |
/// | h | h, kh, х, χ, ح, خ, ח, "ch" before l, m, n, r: as the first sound before a vowel; before a
/// |   | consonant g (Hrodna, Grodno); elsewhere nothing |
/// | b d g | also Greek μπ, ντ at either end, γκ |
/// | others | themselves; ł l, ð d, þ t; vowel points, hard and soft signs nothing |
///
/// Repeated letters count once. Vowels at the end, which inflection changes and adds, are dropped
/// where four letters are left, and only the first `phonetic_key_letters` are kept.
///
/// What does not meet: names that are translated (Deutschland, Germany), Chinese characters, kana
/// that stand for l or v, consonants that a script cannot write (Arabic p and g, Korean f), Hebrew
/// and Arabic words with a preposition written on to them.
[[nodiscard]] std::string phonetic_key(std::string_view normalised, std::string_view romanised);

inline constexpr std::size_t phonetic_key_letters = 7;

} // namespace fabula::detail
