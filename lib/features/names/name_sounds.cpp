// SPDX-License-Identifier: Apache-2.0
#include "features/names/name_sounds.hpp"

#include "features/names/latin_sounds.hpp"

#include <cstdint>

namespace fabula::detail {

namespace {

constexpr char silent = '-';

// ---- Alphabets: one or two sounds a letter --------------------------------------------------

/// `sounds` has one character a letter from `first` on; U and A stand for the two sounds of ю, я.
void put_letter(UChar32 c, UChar32 first, std::string_view sounds, NameSounds& out) {
    if (c < first || static_cast<std::size_t>(c - first) >= sounds.size())
        return;
    const char sound = sounds[static_cast<std::size_t>(c - first)];
    if (sound == 'U' || sound == 'A') {
        out.put('i');
        out.put(sound == 'U' ? 'u' : 'a');
    } else if (sound != silent) {
        out.put(sound);
    }
}

void put_cyrillic(UChar32 c, NameSounds& out) {
    switch (c) {
    case U'ґ':
    case U'ғ':
        return out.put('g');
    case U'ә':
        return out.put('a');
    case U'қ':
        return out.put('k');
    case U'ң':
        return out.put('n');
    case U'ө':
        return out.put('o');
    case U'ү':
    case U'ұ':
        return out.put('u');
    case U'һ':
        return out.put('h');
    default:
        put_letter(c, U'а', // а–я, then ѐ–џ
                   "abvgdeZziiklmnoprstufhssss-i-eUA"
                   "eeJgesiiilnskivJ",
                   out);
    }
}

void put_georgian(UChar32 c, NameSounds& out) {
    put_letter(c, U'ა', "abgdevztiklmnopZrstupkgksssssshJh", out);
}

/// Answers how many letters were read: ու is one sound.
std::size_t put_armenian(const Letters& word, std::size_t i, NameSounds& out) {
    if (word[i] == U'ո' && word[i + 1] == U'ւ') {
        out.put('u');
        return 2;
    }
    put_letter(word[i], U'ա', "abgdezeetZilhskhsgsminsospJrsvtrsvpkof", out);
    return 1;
}

// ---- Greek ----------------------------------------------------------------------------------

/// The sound of two letters that belong together; 0 where they do not.
char greek_pair(UChar32 a, UChar32 b, bool first, bool last) {
    if (b == U'ι')
        return a == U'α' ? 'e' : a == U'ε' || a == U'ο' || a == U'υ' ? 'i' : '\0';
    if (a == U'ο' && b == U'υ')
        return 'u';
    if (a == U'τ' && b == U'ζ')
        return 'J';
    if (a == U'μ' && b == U'π')
        return 'b';
    if (a == U'γ' && b == U'κ')
        return 'g';
    if (a == U'ν' && b == U'τ' && (first || last))
        return 'd';
    return '\0';
}

std::size_t put_greek(const Letters& word, std::size_t i, NameSounds& out) {
    constexpr UChar32 first_letter = U'α';
    const UChar32 a = word[i];
    const UChar32 b = word[i + 1];
    if (const char pair = greek_pair(a, b, i == 0, i + 2 == word.size()); pair != '\0') {
        out.put(pair);
        return 2;
    }
    if (b == U'υ' && (a == U'α' || a == U'ε')) {
        out.put(a == U'α' ? 'a' : 'e');
        out.put('v');
        return 2;
    }
    if (a == U'γ' && (b == U'γ' || b == U'χ' || b == U'ξ')) {
        out.put('n');
        return 1;
    }
    if (a == U'ξ' || a == U'ψ') {
        out.put(a == U'ξ' ? 'k' : 'p');
        out.put('s');
        return 1;
    }
    put_letter(a, first_letter,
               "avgdeziti"
               "klmn-oprsstifh-o",
               out);
    return 1;
}

// ---- Arabic and Hebrew: consonants, and vowels now and then ----------------------------------

/// a, w and y stand for the letters that write vowels as well.
char arabic_sound(UChar32 c) {
    switch (c) {
    case U'ا':
        return 'a';
    case U'و':
    case U'ؤ':
        return 'w';
    case U'ي':
    case U'ئ':
        return 'y';
    case U'ب':
        return 'b';
    case U'پ':
        return 'p';
    case U'ت':
    case U'ث':
    case U'ط':
        return 't';
    case U'ج':
        return 'J';
    case U'ح':
    case U'خ':
    case U'ه':
        return 'h';
    case U'د':
    case U'ض':
        return 'd';
    case U'ذ':
    case U'ز':
    case U'ظ':
        return 'z';
    case U'ژ':
        return 'Z';
    case U'چ':
    case U'س':
    case U'ش':
    case U'ص':
        return 's';
    case U'ر':
        return 'r';
    case U'غ':
    case U'گ':
        return 'g';
    case U'ف':
        return 'f';
    case U'ڤ':
        return 'v';
    case U'ق':
    case U'ك':
        return 'k';
    case U'ل':
        return 'l';
    case U'م':
        return 'm';
    case U'ن':
        return 'n';
    default:
        return silent;
    }
}

char hebrew_sound(UChar32 c) {
    constexpr std::string_view from_alef = "abgdhwzhtykklmmnns-fpsskrst";
    constexpr UChar32 alef = 0x05D0;
    const auto at = static_cast<std::size_t>(c - alef);
    return c >= alef && at < from_alef.size() ? from_alef[at] : silent;
}

/// `sound` is `arabic_sound` or `hebrew_sound`.
void put_abjad(const Letters& word, std::size_t i, char (*sound)(UChar32), NameSounds& out) {
    for (const std::size_t begin = i; i < word.size() && !out.full(); ++i) {
        const char c = sound(word[i]);
        const char next = sound(word[i + 1]);
        if (i == begin && c == 'a' && (next == 'w' || next == 'y'))
            continue;                  // carries the vowel that follows: Iran, Obama
        if (c == 'w' && next == 'w') { // the Hebrew way to write v
            out.put('v');
            ++i;
        } else if (c == 'w') {
            out.put(i == 0 || next == 'a' || next == 'y' ? 'v' : 'u');
        } else if (c != silent) {
            out.put(c);
        }
    }
}

bool is_between(UChar32 c, UChar32 first, UChar32 last) {
    return c >= first && c <= last;
}

} // namespace

void NameSounds::append(char letter) {
    if (!full() && (size_ == 0 || letters_[size_ - 1] != letter))
        letters_[size_++] = letter;
}

void NameSounds::put(char sound) {
    if (sound == 'h') {
        breath_ = breath_ || size_ == 0;
        return;
    }
    char letter = sound;
    switch (sound) {
    case 'e':
    case 'j':
    case 'y':
    case 'J':
        letter = 'i';
        break;
    case 'o':
        letter = 'u';
        break;
    case 'w':
        letter = 'v';
        break;
    case 'z':
    case 'Z':
        letter = 's';
        break;
    default:
        break;
    }
    if (breath_) { // Haifa, but Hrodna and Khrushchev begin like Grodno and Χρ-
        breath_ = false;
        append(letter == 'a' || letter == 'i' || letter == 'u' ? 'h' : 'g');
    }
    const char last = size_ > 0 ? letters_[size_ - 1] : '\0';
    if (letter == 's' && (last == 't' || (last == 'd' && sound != 's'))) {
        --size_;
        append(sound == 'Z' && last == 'd' ? 'i' : 's');
        return;
    }
    append(letter);
}

NameSounds name_sounds(std::string_view normalised, std::string_view romanised) {
    NameSounds out;
    const Letters word(normalised);
    const UChar32 first = word[0];
    if (first < 0x0250 || is_between(first, 0x1E00, 0x1EFF)) {
        put_latin(word, out);
    } else if (is_between(first, 0x0370, 0x03FF)) {
        for (std::size_t i = 0; i < word.size() && !out.full();)
            i += put_greek(word, i, out);
    } else if (is_between(first, 0x0400, 0x052F)) {
        for (std::size_t i = 0; i < word.size(); ++i)
            put_cyrillic(word[i], out);
    } else if (is_between(first, 0x0530, 0x058F)) {
        for (std::size_t i = 0; i < word.size();)
            i += put_armenian(word, i, out);
    } else if (is_between(first, 0x0590, 0x05FF)) {
        put_abjad(word, 0, hebrew_sound, out);
    } else if (is_between(first, 0x0600, 0x06FF)) {
        const bool has_article = first == U'ا' && word[1] == U'ل' && word.size() > 5;
        put_abjad(word, has_article ? 2 : 0, arabic_sound, out);
    } else if (is_between(first, 0x10D0, 0x10FF)) {
        for (std::size_t i = 0; i < word.size(); ++i)
            put_georgian(word[i], out);
    } else {
        put_latin(Letters(romanised), out);
    }
    return out;
}

} // namespace fabula::detail
