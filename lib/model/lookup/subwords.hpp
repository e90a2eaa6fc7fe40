// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/hash.hpp"
#include "text/utf8.hpp"

#include <fabula/text.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

/// The subword scheme "fabula-2": which character n-grams, and (in `word_parts.hpp`) which known
/// words and stems, stand for a word that the model has no row for. Training and use both call
/// `for_each_subword` and `for_each_known_part`, so they cannot drift apart; whoever changes what
/// they enumerate must give the scheme a new name, which is written into the model file.
namespace fabula::detail {

inline constexpr std::string_view fabula_subword_scheme = "fabula-2";

/// Longer words are cut here, as `TextAnalyzer` does.
inline constexpr std::size_t max_word_code_points = 64;

/// The fingerprint of a word and of an n-gram: XXH3-64 of its UTF-8 bytes.
[[nodiscard]] inline std::uint64_t word_hash(std::string_view word) noexcept {
    return hash_of(word);
}

/// Calls `visit(std::uint64_t hash)` for each n-gram of `shortest` to `longest` code points of
/// `<word>`, by starting position, then by length, and repeated where it repeats. The boundary
/// marks alone are no n-grams. Allocates nothing; any bytes are safe (a run of continuation bytes
/// belongs to the code point before it).
template <class Visitor>
void for_each_ngram(std::string_view word, std::size_t shortest, std::size_t longest,
                    Visitor&& visit) {
    constexpr std::size_t max_bytes = 4 * max_word_code_points;
    char bytes[max_bytes + 2];
    std::uint16_t begin[max_word_code_points + 3];
    std::size_t size = 0;
    std::size_t points = 0;
    begin[points++] = 0;
    bytes[size++] = '<';
    for (std::size_t i = 0; i < word.size();) {
        std::size_t next = i + 1;
        while (next < word.size() && continues_code_point(word[next]))
            ++next;
        if (points > max_word_code_points || size + (next - i) > max_bytes + 1)
            break;
        begin[points++] = static_cast<std::uint16_t>(size);
        for (; i < next; ++i)
            bytes[size++] = word[i];
    }
    if (points == 1)
        return;
    begin[points++] = static_cast<std::uint16_t>(size);
    bytes[size++] = '>';
    begin[points] = static_cast<std::uint16_t>(size);

    for (std::size_t first = 0; first < points; ++first) {
        for (std::size_t n = shortest; n <= longest && first + n <= points; ++n) {
            if (n == 1 && (first == 0 || first + 1 == points))
                continue;
            visit(static_cast<std::uint64_t>(
                XXH3_64bits(bytes + begin[first], begin[first + n] - begin[first])));
        }
    }
}

/// Scripts in which one character already is a word or a syllable.
[[nodiscard]] constexpr bool is_dense(TokenKind kind) noexcept {
    return kind == TokenKind::ideographic || kind == TokenKind::kana || kind == TokenKind::hangul ||
           kind == TokenKind::southeast_asian;
}

/// Calls `visit(std::uint64_t hash)` for each subword of a word: the n-grams of its normalised form
/// and, where it differs, of its romanised form. The row of a subword is `hash % rows`.
///
/// n-grams have 3–5 code points. Where one character already is a word or a syllable (Han, Kana,
/// Hangul, Thai and its kin) those of the normalised form have 1–3, and those of the romanised form
/// still 3–5.
template <class Visitor>
void for_each_subword(std::string_view normalised, std::string_view romanised, TokenKind kind,
                      Visitor&& visit) {
    const bool dense = is_dense(kind);
    for_each_ngram(normalised, dense ? 1 : 3, dense ? 3 : 5, visit);
    if (romanised != normalised)
        for_each_ngram(romanised, 3, 5, visit);
}

} // namespace fabula::detail
