// SPDX-License-Identifier: Apache-2.0
#include "io/fields/month_names.hpp"

#include <unicode/dtfmtsym.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

namespace fabula::detail {
namespace {

using Words = std::unordered_map<std::string, DateWord>;
using Symbols = icu::DateFormatSymbols;

bool is_mark_of_direction(UChar32 c) {
    return c == 0x200E || c == 0x200F || c == 0x061C || c == 0xFEFF;
}

std::string plain(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status) != 0)
        return {};
    const icu::UnicodeString folded = nfkc->normalize(text, status);
    icu::UnicodeString out;
    for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
        const UChar32 c = folded.char32At(i);
        if (const std::int32_t digit = u_charDigitValue(c); digit >= 0)
            out.append(static_cast<UChar32>('0' + digit));
        else if (u_isUWhiteSpace(c) != 0)
            out.append(static_cast<UChar32>(' '));
        else if (!is_mark_of_direction(c))
            out.append(c);
    }
    std::string utf8;
    out.toUTF8String(utf8);
    return utf8;
}

void add(const icu::UnicodeString& name, DateWord word, Words& words) {
    std::string key = plain(name);
    while (!key.empty() && (key.back() == '.' || key.back() == ' '))
        key.pop_back();
    // "2월" and "thg 2" are numbers with a unit, and "e" is a month in one language only.
    constexpr std::size_t shortest = 3;
    if (key.size() < shortest || key.find_first_of("0123456789 ") != std::string::npos)
        return;
    const auto [place, is_new] = words.try_emplace(key, word);
    if (!is_new && (place->second.kind != word.kind || place->second.month != word.month))
        place->second = {};
}

Words read_words() {
    Words words;
    for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) {
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<Symbols> symbols{
            Symbols::createForLocale(icu::Locale{*code}, status)};
        // Of a language without data, ICU answers with those of the root: "M02".
        if (!symbols || U_FAILURE(status) != 0 || status == U_USING_DEFAULT_WARNING)
            continue;
        for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE})
            for (const auto width : {Symbols::WIDE, Symbols::ABBREVIATED}) {
                std::int32_t count = 0;
                const icu::UnicodeString* names = symbols->getMonths(count, context, width);
                for (std::int32_t i = 0; i < count && i < 12; ++i)
                    add(names[i], {DateWord::Kind::month, i + 1}, words);
            }
        std::int32_t count = 0;
        const icu::UnicodeString* halves = symbols->getAmPmStrings(count);
        for (std::int32_t i = 0; i < count && i < 2; ++i)
            add(halves[i], {i == 0 ? DateWord::Kind::before_noon : DateWord::Kind::after_noon, 0},
                words);
    }
    return words;
}

} // namespace

std::string plain_date_text(std::string_view text) {
    return plain(icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))));
}

DateWord date_word(std::string_view plain) {
    static const Words& words = *new Words{read_words()};
    const auto found = words.find(std::string(plain));
    return found == words.end() ? DateWord{} : found->second;
}

} // namespace fabula::detail
