// SPDX-License-Identifier: Apache-2.0
#include "text/unicode.hpp"

#include <fabula/error.hpp>

#include <string>

namespace fabula::detail {

namespace {

using Getter = const icu::Normalizer2* (*)(UErrorCode&);

const icu::Normalizer2& normalizer(Getter get, const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const found = get(status);
    if (U_FAILURE(status))
        throw Error(Errc::unusable_icu, std::string("ICU has no ") + name + " data (" +
                                            u_errorName(status) + "): install ICU's full data");
    return *found;
}

} // namespace

UScriptCode unicode_script(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &status);
    return U_SUCCESS(status) ? script : USCRIPT_UNKNOWN;
}

bool is_apostrophe(UChar32 c) {
    return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0xFF07;
}

const icu::Normalizer2& nfkc_casefold() {
    static const icu::Normalizer2& found =
        normalizer(&icu::Normalizer2::getNFKCCasefoldInstance, "NFKC_Casefold");
    return found;
}

const icu::Normalizer2& nfd() {
    static const icu::Normalizer2& found = normalizer(&icu::Normalizer2::getNFDInstance, "NFD");
    return found;
}

} // namespace fabula::detail
