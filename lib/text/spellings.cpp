// SPDX-License-Identifier: Apache-2.0
#include "text/unicode.hpp"
#include "text/utf8.hpp"

#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace fabula::detail {

namespace {

bool is_between(char16_t c, char16_t first, char16_t last) {
    return c >= first && c <= last;
}

// ---- Thai and Lao -------------------------------------------------------------------------------

bool is_circle(char16_t c) {
    return c == 0x0E4D || c == 0x0ECD;
}

bool is_tone(char16_t c) {
    return is_between(c, 0x0E48, 0x0E4B) || is_between(c, 0x0EC8, 0x0ECB);
}

/// Of two signs and a tone between them: where they end, or 0 where these are others.
std::size_t end_of_am(std::u16string_view units, std::size_t at) {
    std::size_t next = at + 1;
    if (next < units.size() && is_tone(units[next]))
        ++next;
    const char16_t wanted = units[at] == 0x0E4D ? 0x0E32 : 0x0EB2;
    return next < units.size() && units[next] == wanted ? next + 1 : 0;
}

constexpr char16_t sara_e = 0x0E40; // twice, it looks like the other
constexpr char16_t sara_ae = 0x0E41;

// ---- Apostrophes --------------------------------------------------------------------------------

/// What is typed in an apostrophe's place and divides words by the rules.
bool divides(char16_t c) {
    return c == u'`' || c == 0x00B4 || c == 0x201B || c == 0x2032;
}

bool is_typed_apostrophe(char16_t c) {
    return divides(c) || is_apostrophe(c);
}

bool is_cyrillic(char16_t c) {
    return is_between(c, 0x0400, 0x0481) || is_between(c, 0x048A, 0x052F);
}

bool is_hebrew(char16_t c) {
    return is_between(c, 0x05D0, 0x05EA);
}

bool is_ascii_upper(char16_t c) {
    return is_between(c, u'A', u'Z');
}

bool is_ascii_letter(char16_t c) {
    return is_between(c, u'a', u'z') || is_ascii_upper(c);
}

char16_t ascii_lower(char16_t c) {
    return is_ascii_upper(c) ? static_cast<char16_t>(c + (u'a' - u'A')) : c;
}

bool is_latin(char16_t c) {
    return is_ascii_letter(c) || (is_between(c, 0x00C0, 0x024F) && c != 0x00D7 && c != 0x00F7) ||
           is_typed_apostrophe(c) || c == 0x02BB;
}

constexpr std::size_t longest_ending = 5;

/// The letters behind an apostrophe up to the end of the word, in lower case; nothing where these
/// are more than `longest_ending`.
std::u16string_view ending_of(std::u16string_view units, std::size_t at,
                              std::array<char16_t, longest_ending>& letters) {
    std::size_t size = 0;
    for (; at < units.size() && is_latin(units[at]); ++at) {
        if (size == longest_ending)
            return {};
        letters[size++] = ascii_lower(units[at]);
    }
    return {letters.data(), size};
}

/// English (dog's, who'd, o'clock), Dutch (zo'n, foto's), German and Filipino (ito'y).
constexpr std::u16string_view other_endings[] = {u"s", u"d",  u"ll", u"ve",  u"re",   u"t",
                                                 u"y", u"ng", u"ne", u"tje", u"tjes", u"clock"};

/// Whether the apostrophe at `at` is the hook of the Uzbek letters oʻ and gʻ. Of ' and its like
/// only where no other language has it: these letters begin a word of small letters, or stand in
/// one (O'Brien, Tokyo'da, NATO'nun).
bool is_uzbek_hook(std::u16string_view units, std::size_t at) {
    const char16_t bearer = ascii_lower(units[at - 1]);
    if ((bearer != u'o' && bearer != u'g') || !is_ascii_letter(units[at + 1]))
        return false;
    std::array<char16_t, longest_ending> letters{};
    const std::u16string_view ending = ending_of(units, at + 1, letters);
    if (units[at] == 0x2018)
        return ending != u"s";
    constexpr std::size_t longest_beginning = 64;
    std::size_t begin = at - 1;
    while (begin > 0 && at - begin < longest_beginning && is_latin(units[begin - 1]))
        --begin;
    if (is_typed_apostrophe(units[begin])) // a quotation mark
        ++begin;
    const bool is_alone = begin + 1 == at;
    if (is_ascii_upper(units[begin]) && (!is_alone || is_ascii_upper(units[at + 1])))
        return false;
    return std::find(std::begin(other_endings), std::end(other_endings), ending) ==
               std::end(other_endings) &&
           (ending != u"n" || is_alone);
}

void unify_apostrophe(std::u16string& units, std::size_t at) {
    if (at == 0 || at + 1 >= units.size())
        return;
    const char16_t before = units[at - 1];
    const char16_t after = units[at + 1];
    if (divides(units[at]) &&
        ((is_cyrillic(before) && is_cyrillic(after)) || (is_hebrew(before) && is_hebrew(after))))
        units[at] = u'\'';
    else if (is_uzbek_hook(units, at))
        units[at] = 0x02BB;
}

} // namespace

void join_signs(std::u16string& units, std::vector<std::uint32_t>* byte_offsets) {
    std::size_t to = 0;
    const auto put = [&](char16_t unit, std::size_t from) {
        units[to] = unit;
        if (byte_offsets != nullptr)
            (*byte_offsets)[to] = (*byte_offsets)[from];
        ++to;
    };
    for (std::size_t at = 0; at < units.size();) {
        const char16_t c = units[at];
        const std::size_t am_end = is_circle(c) ? end_of_am(units, at) : 0;
        if (am_end != 0) {
            if (am_end - at == 3)
                put(units[at + 1], at);
            put(c == 0x0E4D ? 0x0E33 : 0x0EB3, am_end - 2);
            at = am_end;
        } else if (c == sara_e && at + 1 < units.size() && units[at + 1] == sara_e) {
            put(sara_ae, at);
            at += 2;
        } else {
            put(c, at);
            ++at;
        }
    }
    if (byte_offsets != nullptr) {
        (*byte_offsets)[to] = (*byte_offsets)[units.size()];
        byte_offsets->resize(to + 1);
    }
    units.resize(to);
}

void unify_spellings(DecodedText& text) {
    bool has_signs = false;
    for (std::size_t at = 0; at < text.units.size(); ++at) {
        const char16_t c = text.units[at];
        if ((c < 0xB0 && c != u'\'' && c != u'`') || is_between(c, 0x02C0, sara_e - 1)) // most
            continue;
        if (is_typed_apostrophe(c))
            unify_apostrophe(text.units, at);
        else
            has_signs = has_signs || is_circle(c) || c == sara_e;
    }
    if (has_signs)
        join_signs(text.units, &text.byte_offsets);
}

namespace {

/// Of Ethiopic: rows of letters that have the sound of another row in Amharic, and that row.
struct Row {
    char16_t first;
    char16_t last;
    char16_t other;
};
constexpr Row ethiopic_rows[] = {{0x1210, 0x1216, 0x1200},
                                 {0x1220, 0x1226, 0x1230},
                                 {0x1280, 0x1286, 0x1200},
                                 {0x12D0, 0x12D6, 0x12A0},
                                 {0x1340, 0x1346, 0x1338}};

UChar32 unify_ethiopic(UChar32 c) {
    for (const Row& row : ethiopic_rows)
        if (c >= row.first && c <= row.last)
            return row.other + (c - row.first);
    return c;
}

UChar32 unify_greek(UChar32 c) {
    if (unicode_script(c) != USCRIPT_GREEK)
        return c;
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString parts = nfd().normalize(icu::UnicodeString(c), status);
    return U_SUCCESS(status) && !parts.isEmpty() ? parts.char32At(0) : c;
}

} // namespace

UChar32 unify_letter(UChar32 c, UChar32 before) {
    if ((c >= 0x0370 && c < 0x0400) || (c >= 0x1F00 && c < 0x2000))
        return unify_greek(c);
    if (c >= 0x1200 && c < 0x1380)
        return unify_ethiopic(c);
    switch (c) {
    case 0x0131: // ı, whose capital is that of i elsewhere
        return 'i';
    case 0x0219: // Romanian letters with a comma, which many write with a cedilla
        return 0x015F;
    case 0x021B:
        return 0x0163;
    case 0x0451: // ё, mostly printed as е
        return 0x0435;
    case 0x0582: // Armenian և, whose capital letters are ԵՎ
        return before == 0x0565 ? 0x057E : c;
    case 0x0622: // alif with madda, with hamza above, below, wasla
    case 0x0623:
    case 0x0625:
    case 0x0671:
        return 0x0627;
    case 0x0649: // alif maqsura and Persian yeh
    case 0x06CC:
        return 0x064A;
    case 0x06A9: // Persian kaf
        return 0x0643;
    case 0x06AB: // Pashto gaf
        return 0x06AF;
    case 0x0629: // teh marbuta, Urdu heh and their like
    case 0x06C0:
    case 0x06C1:
    case 0x06C2:
    case 0x06C3:
        return 0x0647;
    case 0x06D3: // Urdu yeh with hamza
        return 0x06D2;
    default:
        return c;
    }
}

UChar32 letter_of_virama(UChar32 c) {
    switch (c) {
    case 0x09CE: // Bengali khanda ta
        return 0x09A4;
    case 0x0D7A: // Malayalam chillus
        return 0x0D23;
    case 0x0D7B:
        return 0x0D28;
    case 0x0D7C:
        return 0x0D30;
    case 0x0D7D:
        return 0x0D32;
    case 0x0D7E:
        return 0x0D33;
    case 0x0D7F:
        return 0x0D15;
    default:
        return 0;
    }
}

bool depends_on_neighbours(UChar32 c) {
    return c == 0x0582 || c == sara_e || is_circle(static_cast<char16_t>(c));
}

// ---- Latin letters ------------------------------------------------------------------------------

const char* latin_letters(UChar32 c) {
    switch (c) {
    case 0x01DD: // ǝ
    case 0x0259: // ə
    case 0x04D9: // ә
        return "a";
    case 0x0459: // љ
        return "lj";
    case 0x045A: // њ
        return "nj";
    case 0x045F: // џ
    case 0x0681: // ځ
        return "dz";
    case 0x0497: // җ
    case 0x04B7: // ҷ
        return "j";
    case 0x04E9: // ө
    case 0x06C6: // ۆ
    case 0x06C9: // ۉ
        return "o";
    case 0x04AF: // ү
    case 0x04B1: // ұ
    case 0x06C7: // ۇ
    case 0x06C8: // ۈ
        return "u";
    case 0x0568: // ը
    case 0x06D5: // ە
    case 0x06CD: // ۍ
    case 0x06D0: // ې
    case 0x06D2: // ے
    case 0x12A5: // እ
        return "e";
    case 0x04A3: // ң
    case 0x06BC: // ڼ
        return "n";
    case 0x04BB: // һ
    case 0x04B3: // ҳ
    case 0x06BE: // ھ
        return "h";
    case 0x067C: // ټ
    case 0x0679: // ٹ
        return "t";
    case 0x0685: // څ
        return "ts";
    case 0x0689: // ډ
    case 0x0688: // ڈ
        return "d";
    case 0x0693: // ړ
    case 0x0691: // ڑ
    case 0x0695: // ڕ
        return "r";
    case 0x0696: // ږ
        return "zh";
    case 0x06B5: // ڵ
        return "l";
    case 0x103F: // ဿ
        return "ss";
    default:
        return nullptr;
    }
}

namespace {

/// Devanagari letters for those of other scripts, in their order; 0 for none.
constexpr char16_t of_sinhala[] = {
    0,      0,      0x0902, 0x0903, 0,      0x0905, 0x0906, 0x090F, 0x090F, 0x0907, 0x0908, 0x0909,
    0x090A, 0x090B, 0x0960, 0x090C, 0x0961, 0x090E, 0x090F, 0x0910, 0x0912, 0x0913, 0x0914, 0,
    0,      0,      0x0915, 0x0916, 0x0917, 0x0918, 0x0919, 0x0917, 0x091A, 0x091B, 0x091C, 0x091D,
    0x091E, 0x091E, 0x091C, 0x091F, 0x0920, 0x0921, 0x0922, 0x0923, 0x0921, 0x0924, 0x0925, 0x0926,
    0x0927, 0x0928, 0,      0x0926, 0x092A, 0x092B, 0x092C, 0x092D, 0x092E, 0x092C, 0x092F, 0x0930,
    0,      0x0932, 0,      0,      0x0935, 0x0936, 0x0937, 0x0938, 0x0939, 0x0933, 0x092B, 0,
    0,      0,      0x094D, 0,      0,      0,      0,      0x093E, 0x0947, 0x0947, 0x093F, 0x0940,
    0x0941, 0,      0x0942, 0,      0x0943, 0x0946, 0x0947, 0x0948, 0x094A, 0x094B, 0x094C, 0x0962,
    0,      0,      0,      0,      0,      0,      0,      0,      0,      0,      0,      0,
    0,      0,      0,      0,      0,      0,      0x0944, 0x0963};
constexpr char16_t of_khmer[] = {
    0x0915, 0x0916, 0x0917, 0x0918, 0x0919, 0x091A, 0x091B, 0x091C, 0x091D, 0x091E, 0x0921, 0x0920,
    0x0921, 0x0922, 0x0923, 0x0924, 0x0925, 0x0926, 0x0927, 0x0928, 0x092C, 0x092B, 0x092A, 0x092B,
    0x092E, 0x092F, 0x0930, 0x0932, 0x0935, 0x0936, 0x0937, 0x0938, 0x0939, 0x0933, 0x0905, 0x0905,
    0x0906, 0x0907, 0x0908, 0x0909, 0x0909, 0x090A, 0x0914, 0x090B, 0x0960, 0x090C, 0x0961, 0x090F,
    0x0910, 0x0913, 0x0913, 0x0914, 0,      0,      0x093E, 0x093F, 0x0940, 0x093F, 0x0940, 0x0941,
    0x0942, 0x0942, 0x0947, 0x0940, 0x0940, 0x0947, 0x0947, 0x0948, 0x094B, 0x094C, 0x0902, 0x0903,
    0,      0,      0,      0,      0,      0,      0,      0,      0,      0,      0x094D};

/// Of a stop, the nasal that a Sinhala letter has before it.
char16_t sinhala_nasal(char16_t c) {
    switch (c) {
    case 0x0D9F:
    case 0x0DA6:
    case 0x0DAC:
    case 0x0DB3:
        return 0x0928;
    case 0x0DB9:
        return 0x092E;
    default:
        return 0;
    }
}

/// Lao letters stand in their block as the Thai ones do in theirs.
void append_thai(char16_t lao, icu::UnicodeString& out) {
    switch (lao) {
    case 0x0EBB: // a vowel, short o
        out.append(u'o');
        break;
    case 0x0EBC:
        out.append(static_cast<char16_t>(0x0E25));
        break;
    case 0x0EBD:
        out.append(static_cast<char16_t>(0x0E22));
        break;
    default:
        if (is_between(lao, 0x0E80, 0x0EFF))
            out.append(static_cast<char16_t>(lao - 0x80));
    }
}

} // namespace

icu::UnicodeString in_kindred_script(const icu::UnicodeString& word) {
    icu::UnicodeString out;
    for (std::int32_t i = 0; i < word.length(); ++i) {
        const char16_t c = word.charAt(i);
        if (c >= 0x0D80 && c < 0x0D80 + std::size(of_sinhala)) {
            if (const char16_t nasal = sinhala_nasal(c); nasal != 0)
                out.append(nasal).append(static_cast<char16_t>(0x094D));
            if (of_sinhala[c - 0x0D80] != 0)
                out.append(of_sinhala[c - 0x0D80]);
        } else if (c >= 0x1780 && c < 0x1780 + std::size(of_khmer)) {
            if (of_khmer[c - 0x1780] != 0)
                out.append(of_khmer[c - 0x1780]);
        } else {
            append_thai(c, out);
        }
    }
    return out;
}

} // namespace fabula::detail
