// SPDX-License-Identifier: Apache-2.0
#include "text/forms.hpp"

#include "base/hash.hpp"
#include "text/han_readings.hpp"
#include "text/unicode.hpp"
#include "text/utf8.hpp"

#include <fabula/error.hpp>

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <map>
#include <mutex>
#include <unordered_map>

namespace fabula::detail {

namespace {

icu::UnicodeString to_unicode_string(std::u16string_view word) {
    return {word.data(), static_cast<std::int32_t>(word.size())};
}

bool is_word_character(UChar32 c) {
    if (c >= 0x02B9 && c <= 0x02BF) // apostrophes, primes and half rings as letters: "обʼєкт"
        return false;
    return u_isalnum(c) != 0 || (U_GET_GC_MASK(c) & (U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

/// Marks that say how a word is read aloud and are written by some and left out by others.
bool is_reading_mark(UChar32 c, UChar32 before) {
    if (c >= 0x0300 && c < 0x0370 && unicode_script(before) == USCRIPT_GREEK)
        return true;
    if (c == 0x0300 || c == 0x0301) // Cyrillic stress; not where it makes a Latin letter
        return unicode_script(before) == USCRIPT_CYRILLIC;
    if (c == 0x0307) // what case folding leaves of the Turkish İ
        return before == 'i';
    return (c >= 0x0591 && c <= 0x05C7 && c != 0x05BE && c != 0x05C0 && c != 0x05C3 &&
            c != 0x05C6) ||                // Hebrew points and cantillation
           (c >= 0x064B && c <= 0x065F) || // Arabic vowels
           c == 0x0640 ||
           c == 0x0670 ||                 // Arabic tatweel, dagger alif
           (c >= 0x06D6 && c <= 0x06ED && // Quranic marks
            (U_GET_GC_MASK(c) & U_GC_MN_MASK) != 0);
}

} // namespace

TokenKind kind_of_first(char32_t code_point) {
    const auto c = static_cast<UChar32>(code_point);
    if (u_isdigit(c) != 0)
        return TokenKind::number;
    switch (unicode_script(c)) {
    case USCRIPT_HAN:
        return TokenKind::ideographic;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
        return TokenKind::kana;
    case USCRIPT_HANGUL:
        return TokenKind::hangul;
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
        return TokenKind::southeast_asian;
    default:
        return TokenKind::word;
    }
}

namespace {

bool is_kept_in_romanised(char16_t c) {
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
}

std::string kept_in_romanised(const icu::UnicodeString& text) {
    std::string kept;
    for (std::int32_t i = 0; i < text.length(); ++i)
        if (is_kept_in_romanised(text.charAt(i)))
            kept.push_back(static_cast<char>(text.charAt(i)));
    return kept;
}

std::unique_ptr<icu::Transliterator> make_transliterator(const char* id) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made{
        icu::Transliterator::createInstance(icu::UnicodeString(id), UTRANS_FORWARD, status)};
    if (U_FAILURE(status))
        throw Error(Errc::unusable_icu, std::string("ICU has no transliterator \"") + id + "\" (" +
                                            u_errorName(status) + "): install ICU's full data");
    return made;
}

/// Of rare characters, see `han_reading`. Han-Latin takes 70 ms to create and works on single
/// characters: one for the process, with each character's reading remembered.
class HanReadings {
public:
    std::string reading(UChar32 c) {
        const std::lock_guard lock(mutex_);
        if (const auto known = readings_.find(c); known != readings_.end())
            return known->second;
        if (!transliterator_)
            transliterator_ = make_transliterator(
                "Han-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower");
        icu::UnicodeString text(c);
        transliterator_->transliterate(text);
        return readings_.emplace(c, kept_in_romanised(text)).first->second;
    }

    static HanReadings& shared() {
        static HanReadings& one = *new HanReadings;
        return one;
    }

private:
    std::mutex mutex_;
    std::unique_ptr<icu::Transliterator> transliterator_;
    std::unordered_map<UChar32, std::string> readings_;
};

} // namespace

struct FormMaker::State {
    const icu::Normalizer2& casefold{nfkc_casefold()};
    std::map<UScriptCode, std::unique_ptr<icu::Transliterator>> by_script;
    std::unique_ptr<icu::Transliterator> simplify;
    std::unordered_map<char16_t, std::string> latin; ///< romanised forms of single accented letters

    icu::Transliterator& to_latin(UScriptCode script) {
        auto& slot = by_script[script];
        if (!slot) {
            // Any-Latin would load the rules of every script (23 ms); one script takes under 1 ms.
            const std::string tail = "; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower";
            const std::string first =
                script == USCRIPT_LATIN
                    ? std::string("NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower")
                    : std::string(uscript_getName(script)) + "-Latin" + tail;
            UErrorCode status = U_ZERO_ERROR;
            slot.reset(icu::Transliterator::createInstance(icu::UnicodeString(first.c_str()),
                                                           UTRANS_FORWARD, status));
            if (U_FAILURE(status)) // a script without rules of its own
                slot = make_transliterator(
                    "Any-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower");
        }
        return *slot;
    }

    /// Case folding and marks, once. Repeated by the caller until nothing changes.
    icu::UnicodeString normalised_once(const icu::UnicodeString& word) {
        UErrorCode status = U_ZERO_ERROR;
        std::u16string joined(word.getBuffer(), static_cast<std::size_t>(word.length()));
        join_signs(joined, nullptr);
        std::erase(joined, u'\u00B4'); // an apostrophe; NFKC makes an accent of it
        const icu::UnicodeString folded = casefold.normalize(to_unicode_string(joined), status);
        icu::UnicodeString out;
        UChar32 before = 0;
        bool has_han = false;
        for (std::int32_t i = 0; i < folded.length();) {
            UChar32 c = folded.char32At(i);
            i += U16_LENGTH(c);
            if (is_reading_mark(c, before) || !is_word_character(c))
                continue;
            const std::int32_t digit = u_charDigitValue(c);
            c = digit >= 0 ? '0' + digit : unify_letter(c, before);
            has_han = has_han || (c >= 0x2E80 && unicode_script(c) == USCRIPT_HAN);
            if (const UChar32 consonant = letter_of_virama(c); consonant != 0) {
                out.append(consonant);
                c = (consonant & ~0x7F) + 0x4D; // the virama of its script
            }
            out.append(c);
            before = c;
        }
        if (has_han) {
            if (!simplify)
                simplify = make_transliterator("Hant-Hans");
            simplify->transliterate(out);
        }
        return out;
    }

    icu::UnicodeString normalised(icu::UnicodeString word) {
        for (int round = 0; round < 4; ++round) {
            icu::UnicodeString next = normalised_once(word);
            if (next == word)
                break;
            word = std::move(next);
        }
        return word;
    }

    void append_latin(char16_t c, std::string& out) {
        auto known = latin.find(c);
        if (known == latin.end()) {
            icu::UnicodeString text(static_cast<UChar32>(c));
            to_latin(USCRIPT_LATIN).transliterate(text);
            known = latin.emplace(c, kept_in_romanised(text)).first;
        }
        out += known->second;
    }

    /// Folds [begin, end) of `word`, all of one script.
    void append_run(const icu::UnicodeString& word, std::int32_t begin, std::int32_t end,
                    UScriptCode script, std::string& out) {
        if (script == USCRIPT_HAN) {
            for (std::int32_t i = begin; i < end;) {
                const UChar32 c = word.char32At(i);
                i += U16_LENGTH(c);
                if (const auto known = han_reading(static_cast<char32_t>(c)))
                    out += *known;
                else
                    out += HanReadings::shared().reading(c);
            }
            return;
        }
        icu::UnicodeString run(word, begin, end - begin);
        if (script == USCRIPT_LAO || script == USCRIPT_SINHALA || script == USCRIPT_KHMER) {
            run = in_kindred_script(run);
            script = script == USCRIPT_LAO ? USCRIPT_THAI : USCRIPT_DEVANAGARI;
        }
        to_latin(script).transliterate(run);
        out += kept_in_romanised(run);
    }

    /// `word` is in normalised form.
    std::string romanised_form(const icu::UnicodeString& word) {
        std::string out;
        std::int32_t i = 0;
        while (i < word.length()) {
            const char16_t unit = word.charAt(i);
            if (const char* const known = latin_letters(unit); known != nullptr) {
                out += known;
                ++i;
                continue;
            }
            if (unit < 0x80) {
                if (is_kept_in_romanised(unit))
                    out.push_back(static_cast<char>(unit));
                ++i;
                continue;
            }
            if (unit < 0x2B0 || (unit >= 0x300 && unit < 0x370) ||
                (unit >= 0x1E00 && unit < 0x1F00)) { // Latin letters and marks
                append_latin(unit, out);
                ++i;
                continue;
            }
            const std::int32_t begin = i;
            const UScriptCode script = unicode_script(word.char32At(i));
            while (i < word.length()) {
                const UChar32 c = word.char32At(i);
                const UScriptCode here = unicode_script(c);
                if (c < 0x80 || latin_letters(c) != nullptr ||
                    (here != script && here != USCRIPT_INHERITED && here != USCRIPT_COMMON))
                    break;
                i += U16_LENGTH(c);
            }
            if (i == begin)
                i += U16_LENGTH(word.char32At(i));
            append_run(word, begin, i, script, out);
        }
        return out;
    }
};

FormMaker::FormMaker() : state_(std::make_unique<State>()) {}
FormMaker::~FormMaker() = default;
FormMaker::FormMaker(FormMaker&&) noexcept = default;
FormMaker& FormMaker::operator=(FormMaker&&) noexcept = default;

namespace {

std::string to_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

} // namespace

std::string FormMaker::normalised(std::u16string_view word) {
    return to_utf8(state_->normalised(to_unicode_string(word)));
}

std::string FormMaker::romanised_form(std::u16string_view word) {
    return state_->romanised_form(state_->normalised(to_unicode_string(word)));
}

std::u16string FormMaker::normalised_once(std::u16string_view word) {
    const icu::UnicodeString once = state_->normalised_once(to_unicode_string(word));
    return {once.getBuffer(), static_cast<std::size_t>(once.length())};
}

std::string FormMaker::romanised_of_normalised(std::u16string_view normalised) {
    return state_->romanised_form(to_unicode_string(normalised));
}

WordForms FormMaker::forms(std::u16string_view word) {
    WordForms forms;
    const icu::UnicodeString text = to_unicode_string(word);
    const icu::UnicodeString normalised = state_->normalised(text);
    if (normalised.isEmpty())
        return forms;
    forms.normalised = to_utf8(normalised);
    forms.hash = hash_of(forms.normalised);
    forms.romanised = state_->romanised_form(normalised);
    forms.kind = kind_of_first(static_cast<char32_t>(normalised.char32At(0)));
    const UChar32 first = text.char32At(0);
    forms.capitalised = u_isupper(first) != 0 || u_istitle(first) != 0;
    return forms;
}

} // namespace fabula::detail

namespace fabula::inline v0 {

namespace {

std::u16string to_utf16(std::string_view utf8) {
    detail::DecodedText decoded;
    detail::decode_utf8(utf8, decoded);
    return std::move(decoded.units);
}

} // namespace

std::string normalised_form(std::string_view utf8) {
    return detail::FormMaker().normalised(to_utf16(utf8));
}

std::string romanised_form(std::string_view utf8) {
    return detail::FormMaker().romanised_form(to_utf16(utf8));
}

std::string_view forms_version() noexcept {
    return "fabula-fold-2";
}

} // namespace fabula::inline v0
