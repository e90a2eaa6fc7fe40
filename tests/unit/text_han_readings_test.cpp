// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "text/han_readings.hpp"

#include <fabula/text.hpp>

#include <unicode/translit.h>
#include <unicode/uvernum.h>

#include <memory>
#include <string>

using namespace fabula;

TEST_CASE("readings of Chinese characters are ICU's") {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> icu{icu::Transliterator::createInstance(
        "Han-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, status)};
    REQUIRE(U_SUCCESS(status));
    int others = 0;
    for (char32_t c = 0x4E00; c <= 0x9FFF; ++c) {
        icu::UnicodeString text(static_cast<UChar32>(c));
        icu->transliterate(text);
        std::string expected;
        for (std::int32_t i = 0; i < text.length(); ++i)
            if (text[i] < 0x80)
                expected.push_back(static_cast<char>(text[i]));
        const auto reading = detail::han_reading(c);
        REQUIRE(reading.has_value());
        others += *reading == expected ? 0 : 1;
    }
    // The model was trained with those of ICU 72; later versions may read a few otherwise.
    if (U_ICU_VERSION_MAJOR_NUM == 72)
        CHECK(others == 0);
    else
        CHECK(others < 200);
}

TEST_CASE("characters without a known reading are left to ICU") {
    CHECK_FALSE(detail::han_reading(U'a'));
    CHECK_FALSE(detail::han_reading(0x4DFF));
    CHECK_FALSE(detail::han_reading(0xA000));
    CHECK(detail::han_reading(U'中') == "zhong");
    CHECK(detail::han_reading(U'兙') == "");
    CHECK(fold("中国") == "zhongguo");
    CHECK(fold("㐀丘") == "qiuqiu"); // U+3400
}
