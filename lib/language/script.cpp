// SPDX-License-Identifier: Apache-2.0
#include "language/script.hpp"

#include <unicode/uscript.h>

#include <algorithm>
#include <array>

namespace fabula::detail {
namespace {

struct Written {
    std::string_view tag;
    Script script;
};

/// Languages with another script than Latin.
constexpr std::array<Written, 51> written{{
    {"am", Script::ethiopic},
    {"ar", Script::arabic},
    {"as", Script::bengali},
    {"be", Script::cyrillic},
    {"bg", Script::cyrillic},
    {"bn", Script::bengali},
    {"ckb", Script::arabic},
    {"el", Script::greek},
    {"fa", Script::arabic},
    {"gu", Script::gujarati},
    {"he", Script::hebrew},
    {"hi", Script::devanagari},
    {"hy", Script::armenian},
    {"ja", Script::chinese_japanese},
    {"ka", Script::georgian},
    {"kk", Script::cyrillic},
    {"km", Script::khmer},
    {"kn", Script::kannada},
    {"ko", Script::hangul},
    {"ky", Script::cyrillic},
    {"lo", Script::lao},
    {"mk", Script::cyrillic},
    {"ml", Script::malayalam},
    {"mn", Script::cyrillic},
    {"mr", Script::devanagari},
    {"my", Script::myanmar},
    {"ne", Script::devanagari},
    {"or", Script::odia},
    {"pa", Script::gurmukhi},
    {"ps", Script::arabic},
    {"ru", Script::cyrillic},
    {"sd", Script::arabic},
    {"si", Script::sinhala},
    {"sr", Script::cyrillic},
    {"sr", Script::latin},
    {"ta", Script::tamil},
    {"te", Script::telugu},
    {"tg", Script::cyrillic},
    {"th", Script::thai},
    {"ti", Script::ethiopic},
    {"tt", Script::cyrillic},
    {"ug", Script::arabic},
    {"uk", Script::cyrillic},
    {"ur", Script::arabic},
    {"uz", Script::cyrillic},
    {"uz", Script::latin},
    {"yi", Script::hebrew},
    {"yue", Script::chinese_japanese},
    {"zh", Script::chinese_japanese},
    {"zh-Hans", Script::chinese_japanese},
    {"zh-Hant", Script::chinese_japanese},
}};

} // namespace

Script script_of(std::int32_t code_point) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(code_point, &status)) {
    case USCRIPT_LATIN:
        return Script::latin;
    case USCRIPT_CYRILLIC:
        return Script::cyrillic;
    case USCRIPT_GREEK:
        return Script::greek;
    case USCRIPT_ARABIC:
        return Script::arabic;
    case USCRIPT_HEBREW:
        return Script::hebrew;
    case USCRIPT_DEVANAGARI:
        return Script::devanagari;
    case USCRIPT_BENGALI:
        return Script::bengali;
    case USCRIPT_GURMUKHI:
        return Script::gurmukhi;
    case USCRIPT_GUJARATI:
        return Script::gujarati;
    case USCRIPT_ORIYA:
        return Script::odia;
    case USCRIPT_TAMIL:
        return Script::tamil;
    case USCRIPT_TELUGU:
        return Script::telugu;
    case USCRIPT_KANNADA:
        return Script::kannada;
    case USCRIPT_MALAYALAM:
        return Script::malayalam;
    case USCRIPT_SINHALA:
        return Script::sinhala;
    case USCRIPT_LAO:
        return Script::lao;
    case USCRIPT_KHMER:
        return Script::khmer;
    case USCRIPT_MYANMAR:
        return Script::myanmar;
    case USCRIPT_ETHIOPIC:
        return Script::ethiopic;
    case USCRIPT_ARMENIAN:
        return Script::armenian;
    case USCRIPT_GEORGIAN:
        return Script::georgian;
    case USCRIPT_THAI:
        return Script::thai;
    case USCRIPT_HANGUL:
        return Script::hangul;
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
        return Script::chinese_japanese;
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
        return Script::none;
    default:
        return Script::foreign;
    }
}

bool is_written_in(std::string_view tag, Script script) {
    bool latin = true;
    for (const Written& row : written) {
        if (row.tag == tag) {
            if (row.script == script) {
                return true;
            }
            latin = false;
        }
    }
    return latin && script == Script::latin;
}

} // namespace fabula::detail
