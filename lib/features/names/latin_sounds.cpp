// SPDX-License-Identifier: Apache-2.0
#include "features/names/latin_sounds.hpp"

#include "text/unicode.hpp"

#include <unicode/unistr.h>

namespace fabula::detail {

namespace {

/// How a Latin letter other than a–z is written with them; S and Z stand for the letters of sh and
/// zh. Empty: by its base letter.
std::string_view latin_letter(UChar32 c) {
    switch (c) {
    case U'č':
    case U'ć':
    case U'ç':
    case U'š':
    case U'ş':
    case U'ș':
    case U'ś':
    case U'ţ':
    case U'ț':
        return "S";
    case U'ž':
    case U'ź':
    case U'ż':
        return "Z";
    case U'ł':
        return "l";
    case U'ð':
        return "d";
    case U'þ':
        return "t";
    case U'ß':
        return "s";
    case U'ø':
        return "o";
    case U'æ':
        return "ae";
    case U'œ':
        return "oe";
    case U'ə':
        return "a";
    case U'ı':
        return "i";
    default:
        return {};
    }
}

bool is_ascii_letter_or_digit(UChar32 c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_ascii_vowel(UChar32 c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/// A word in a–z, digits, S and Z.
struct LatinWord {
    std::array<char, 64> letters{};
    std::size_t size{};

    [[nodiscard]] char operator[](std::size_t i) const { return i < size ? letters[i] : '\0'; }
    void push(char c) {
        if (size < letters.size())
            letters[size++] = c;
    }
};

LatinWord latin_word(const Letters& word) {
    LatinWord out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const UChar32 c = word[i];
        if (is_ascii_letter_or_digit(c)) {
            out.push(static_cast<char>(c));
        } else if (c == U'đ') { // of Đoković, but not of Đà Nẵng
            out.push('d');
            if (is_ascii_vowel(word[i + 1]))
                out.push('j');
        } else if (const std::string_view letters = latin_letter(c); !letters.empty()) {
            for (const char letter : letters)
                out.push(letter);
        } else if (const UChar32 base = base_letter(c); is_ascii_letter_or_digit(base)) {
            out.push(static_cast<char>(base));
        }
    }
    return out;
}

bool is_front_vowel(char c) {
    return c == 'e' || c == 'i' || c == 'y';
}

/// The sound of c, not followed by h; the letter is at `i`.
char sound_of_c(const LatinWord& word, std::size_t i) {
    if (is_front_vowel(word[i + 1]) || word[i + 1] == 'z')
        return 's';
    const bool last = i + 1 == word.size && i > 2;
    const char before = i > 0 ? word[i - 1] : '\0';
    return last && (before == 'a' || before == 'e' || before == 'i') ? 's' : 'k';
}

/// Puts the sound at `i`; answers how many letters spell it.
std::size_t put_latin(const LatinWord& word, std::size_t i, NameSounds& out) {
    const char c = word[i];
    const char next = word[i + 1];
    const bool has_h = next == 'h';
    switch (c) {
    case 'c':
        if (has_h) { // Christ and Kirchner have the breath of Христ and Кирхнер
            const char after = word[i + 2];
            out.put(after == 'r' || after == 'l' || after == 'n' || after == 'm' ? 'h' : 's');
            return 2;
        }
        if (next != 'c')
            out.put(sound_of_c(word, i));
        return next == 'z' ? 2 : 1;
    case 'd':
        if (next == 'j') {
            out.put('J');
            return 2;
        }
        if (next == 's' && word[i + 2] == 'c' && word[i + 3] == 'h') {
            out.put('J');
            return 4;
        }
        out.put('d');
        return 1;
    case 'k':
        out.put(has_h ? 'h' : 'k');
        return has_h ? 2 : 1;
    case 'p':
        out.put(has_h ? 'f' : 'p');
        return has_h ? 2 : 1;
    case 's':
    case 'S':
        out.put('s');
        return has_h ? 2 : 1;
    case 'z':
        out.put(has_h ? 'Z' : 'z');
        return has_h ? 2 : 1;
    case 'g':
    case 't':
    case 'b':
    case 'r':
        out.put(c);
        return has_h ? 2 : 1;
    case 'q':
        out.put('k');
        return 1;
    case 'x':
        out.put('k');
        out.put('s');
        return 1;
    default:
        out.put(c);
        return 1;
    }
}

} // namespace

UChar32 base_letter(UChar32 c) {
    icu::UnicodeString parts;
    return nfd().getDecomposition(c, parts) != 0 ? parts.char32At(0) : c;
}

void put_latin(const Letters& word, NameSounds& out) {
    const LatinWord letters = latin_word(word);
    for (std::size_t i = 0; i < letters.size && !out.full();)
        i += put_latin(letters, i, out);
}

} // namespace fabula::detail
