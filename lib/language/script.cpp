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
constexpr std::array<Written, 20> written{{
    {"ar", Script::arabic},
    {"be", Script::cyrillic},
    {"bg", Script::cyrillic},
    {"el", Script::greek},
    {"fa", Script::arabic},
    {"he", Script::hebrew},
    {"hi", Script::devanagari},
    {"hy", Script::armenian},
    {"ja", Script::chinese_japanese},
    {"ka", Script::georgian},
    {"ko", Script::hangul},
    {"mk", Script::cyrillic},
    {"ru", Script::cyrillic},
    {"sr", Script::cyrillic},
    {"sr", Script::latin},
    {"th", Script::thai},
    {"uk", Script::cyrillic},
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
