// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unicode/normalizer2.h>
#include <unicode/uscript.h>
#include <unicode/utypes.h>

namespace fabula::detail {

/// The script of a code point, USCRIPT_UNKNOWN where it has none.
[[nodiscard]] UScriptCode unicode_script(UChar32 c);

/// An apostrophe, or what is written in its place: ' ` ‘ ’ ʼ ＇
[[nodiscard]] bool is_apostrophe(UChar32 c);

/// \throws Error where ICU has no data for it
[[nodiscard]] const icu::Normalizer2& nfkc_casefold();
[[nodiscard]] const icu::Normalizer2& nfd();

} // namespace fabula::detail
