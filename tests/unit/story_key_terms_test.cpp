// SPDX-License-Identifier: Apache-2.0
#include "story/key_terms.hpp"
#include "support/catch.hpp"

#include <unicode/locid.h>

#include <string>
#include <unordered_set>
#include <vector>

using namespace fabula;
using detail::calendar_words;

namespace {

/// The machine's locale as ICU sees it, for a while.
class DefaultLocale {
public:
    explicit DefaultLocale(const char* name) : before_(icu::Locale::getDefault()) {
        UErrorCode status = U_ZERO_ERROR;
        icu::Locale::setDefault(icu::Locale(name), status);
        REQUIRE(U_SUCCESS(status));
    }
    ~DefaultLocale() {
        UErrorCode status = U_ZERO_ERROR;
        icu::Locale::setDefault(before_, status);
    }
    DefaultLocale(const DefaultLocale&) = delete;
    DefaultLocale& operator=(const DefaultLocale&) = delete;

private:
    icu::Locale before_;
};

} // namespace

TEST_CASE("calendar words: of the language, also by its old names and with parts ICU lacks") {
    for (const std::string tag : {"de", "de-DE", "deu", "de_XX", "de-Latn-XX", "DE"})
        CHECK(calendar_words(tag).contains("dienstag"));
    CHECK(calendar_words("nb").contains("tirsdag"));
    CHECK(calendar_words("sr-Latn").contains("utorak"));
    CHECK(calendar_words("sr-Cyrl").contains("уторак"));
    CHECK(calendar_words("iw") == calendar_words("he"));
    CHECK(calendar_words("zh-Latn") == calendar_words("zh"));
}

TEST_CASE("calendar words: none of a language that ICU lacks, whatever the machine's own is") {
    const std::vector<std::string> unknown{"la", "oc",  "mul",       "unknown", "xx",  "zxx",
                                           "",   "und", "i-klingon", "_",       "a b", "\xFF"};
    const std::vector<std::string> known{"de", "zh-Latn", "pa-Latn", "az-Arab", "iw", "uz-XX"};
    std::vector<std::unordered_set<std::string>> expected;
    for (const std::string& tag : known)
        expected.push_back(calendar_words(tag));
    for (const char* const machine :
         {"en_US_POSIX", "de_DE", "zh_Latn_CN", "pa_IN", "la", "ar_SA", "ru"}) {
        CAPTURE(machine);
        const DefaultLocale locale(machine);
        for (const std::string& tag : unknown) {
            CAPTURE(tag);
            CHECK(calendar_words(tag).empty());
        }
        for (std::size_t i = 0; i < known.size(); ++i) {
            CAPTURE(known[i]);
            CHECK_FALSE(expected[i].empty());
            CHECK(calendar_words(known[i]) == expected[i]);
        }
    }
}
