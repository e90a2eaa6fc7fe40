// SPDX-License-Identifier: Apache-2.0
#include "text/code_points.hpp"

#include "text/forms.hpp"
#include "text/unicode.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <mutex>
#include <string>

namespace fabula::detail {

namespace {

bool needs_dictionary(UChar32 c) {
    const UScriptCode script = unicode_script(c);
    return u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT ||
           u_getIntPropertyValue(c, UCHAR_WORD_BREAK) == U_WB_KATAKANA || script == USCRIPT_HAN ||
           script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
           u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) != 0;
}

/// The sets that ICU's root rules begin with.
WordBreak word_break_of(UChar32 c) {
    if (needs_dictionary(c))
        return WordBreak::dictionary;
    if (c >= 0xAC00 && c <= 0xD7A3)
        return WordBreak::hangul;
    if (c == '@')
        return WordBreak::letter;
    if (c == ':' || c == 0xFE55 || c == 0xFF1A)
        return WordBreak::other;
    switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
    case U_WB_CR:
        return WordBreak::cr;
    case U_WB_LF:
        return WordBreak::lf;
    case U_WB_NEWLINE:
        return WordBreak::newline;
    case U_WB_EXTEND:
    case U_WB_FORMAT:
        return WordBreak::extend;
    case U_WB_ZWJ:
        return WordBreak::zwj;
    case U_WB_HEBREW_LETTER:
        return WordBreak::hebrew;
    case U_WB_ALETTER:
        return WordBreak::letter;
    case U_WB_SINGLE_QUOTE:
        return WordBreak::single_quote;
    case U_WB_DOUBLE_QUOTE:
        return WordBreak::double_quote;
    case U_WB_MIDNUMLET:
        return WordBreak::mid_number_letter;
    case U_WB_MIDLETTER:
        return WordBreak::mid_letter;
    case U_WB_MIDNUM:
        return WordBreak::mid_number;
    case U_WB_NUMERIC:
        return WordBreak::number;
    case U_WB_EXTENDNUMLET:
        return WordBreak::extend_number_letter;
    case U_WB_WSEGSPACE:
        return WordBreak::space;
    case U_WB_REGIONAL_INDICATOR:
        return WordBreak::regional;
    default:
        return WordBreak::other;
    }
}

SentenceBreak sentence_break_of(UChar32 c) {
    switch (u_getIntPropertyValue(c, UCHAR_SENTENCE_BREAK)) {
    case U_SB_CR:
        return SentenceBreak::cr;
    case U_SB_LF:
        return SentenceBreak::lf;
    case U_SB_SEP:
        return SentenceBreak::separator;
    case U_SB_EXTEND:
    case U_SB_FORMAT:
        return SentenceBreak::ignored;
    case U_SB_SP:
        return SentenceBreak::space;
    case U_SB_LOWER:
        return SentenceBreak::lower;
    case U_SB_UPPER:
        return SentenceBreak::upper;
    case U_SB_OLETTER:
        return SentenceBreak::letter;
    case U_SB_NUMERIC:
        return SentenceBreak::number;
    case U_SB_ATERM:
        return SentenceBreak::full_stop;
    case U_SB_STERM:
        return SentenceBreak::terminator;
    case U_SB_SCONTINUE:
        return SentenceBreak::goes_on;
    case U_SB_CLOSE:
        return SentenceBreak::close;
    default:
        return SentenceBreak::other;
    }
}

/// Letters whose transliteration does not depend on their neighbours. That it does not was
/// read from ICU's rules and is tested letter by letter against the whole word's.
bool romanised_alone(UChar32 c) {
    switch (unicode_script(c)) {
    case USCRIPT_LATIN: // what `FormMaker` romanises letter by letter
        return c < 0x2B0 || (c >= 0x1E00 && c < 0x1F00);
    case USCRIPT_CYRILLIC:
    case USCRIPT_HEBREW:
    case USCRIPT_GEORGIAN:
        return u_isalpha(c) != 0;
    case USCRIPT_ARABIC:
        return c < 0x0750 && u_isalpha(c) != 0;
    case USCRIPT_HANGUL:
        return c >= 0xAC00 && c <= 0xD7A3;
    default:
        return false;
    }
}

} // namespace

struct CodePointTable::Maker {
    std::mutex mutex;
    FormMaker forms;
    const icu::Normalizer2& casefold{nfkc_casefold()};

    [[nodiscard]] bool is_fixed_starter(char16_t c) {
        return !depends_on_neighbours(c) && casefold.hasBoundaryBefore(c) != 0 &&
               u_getCombiningClass(c) == 0 &&
               forms.normalised_once({&c, 1}) == std::u16string_view(&c, 1);
    }

    void find_normalised(char16_t c, CodePoint& letter) {
        if (U16_IS_SURROGATE(c) || unicode_script(c) == USCRIPT_HAN || depends_on_neighbours(c))
            return;
        const std::u16string_view source(&c, 1);
        const std::u16string normalised = forms.normalised_once(source);
        UErrorCode status = U_ZERO_ERROR;
        const icu::UnicodeString normal = casefold.normalize(icu::UnicodeString(c), status);
        if (U_FAILURE(status))
            return;
        if (u_getCombiningClass(c) != 0) {
            const bool stays = normal == icu::UnicodeString(c) &&
                               casefold.quickCheck(normal, status) == UNORM_YES &&
                               U_SUCCESS(status);
            if (stays && (normalised.empty() || normalised == source)) {
                letter.flags |= CodePoint::mark;
                std::copy(normalised.begin(), normalised.end(), letter.normalised.begin());
            }
            return;
        }
        if (casefold.hasBoundaryBefore(c) == 0 || normalised.size() > letter.normalised.size())
            return;
        for (const char16_t unit : normalised)
            if (U16_IS_SURROGATE(unit) || unicode_script(unit) == USCRIPT_HAN ||
                !is_fixed_starter(unit))
                return;
        letter.flags |= CodePoint::starter;
        if (normalised.size() == 1 && normal.length() == 1 && u_getCombiningClass(normal[0]) == 0 &&
            unicode_script(normal[0]) != USCRIPT_GREEK)
            letter.flags |= CodePoint::bears_marks;
        std::copy(normalised.begin(), normalised.end(), letter.normalised.begin());
    }

    void find_romanised(char16_t c, CodePoint& letter) {
        if ((letter.flags & CodePoint::starter) == 0 || letter.normalised[0] != c ||
            letter.normalised[1] != 0)
            return;
        if (c >= 0x80 && !romanised_alone(c))
            return;
        const std::string romanised = forms.romanised_of_normalised({&c, 1});
        if (romanised.size() > letter.romanised.size())
            return;
        letter.flags |= CodePoint::romanises;
        letter.romanised_size = static_cast<std::uint8_t>(romanised.size() & 15U); // 8 at most
        std::copy(romanised.begin(), romanised.end(), letter.romanised.begin());
    }

    CodePoint letter(UChar32 c) {
        CodePoint letter;
        letter.word_break = word_break_of(c);
        letter.sentence_break = sentence_break_of(c);
        if (u_isupper(c) != 0 || u_istitle(c) != 0)
            letter.flags |= CodePoint::upper;
        if (is_apostrophe(c))
            letter.flags |= CodePoint::apostrophe;
        if (u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) != 0)
            letter.flags |= CodePoint::pictographic;
        letter.kind = kind_of_first(static_cast<char32_t>(c));
        if (c <= 0xFFFF) {
            find_normalised(static_cast<char16_t>(c), letter);
            find_romanised(static_cast<char16_t>(c), letter);
        }
        return letter;
    }
};

CodePointTable::CodePointTable() : maker_(std::make_unique<Maker>()) {}

CodePointTable& CodePointTable::shared() {
    static CodePointTable& one = *new CodePointTable;
    return one;
}

const CodePointTable::Page* CodePointTable::make_page(std::size_t number) {
    const std::lock_guard lock(maker_->mutex);
    if (const Page* const made = pages_[number].load(std::memory_order_acquire))
        return made;
    auto page = std::make_unique<Page>();
    for (std::size_t i = 0; i < page_size; ++i)
        (*page)[i] = maker_->letter(static_cast<UChar32>(number * page_size + i));
    pages_[number].store(page.get(), std::memory_order_release);
    return page.release();
}

} // namespace fabula::detail
