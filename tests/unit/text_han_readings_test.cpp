// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/paths.hpp"
#include "text/han_readings.hpp"
#include "text/utf8.hpp"

#include <fabula/text.hpp>

#include <unicode/translit.h>
#include <unicode/uvernum.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace fabula;

namespace {

constexpr char32_t first_character = 0x4E00;
constexpr char32_t last_character = 0x9FFF;

/// Each character's reading as the installed ICU has it.
std::vector<std::string> readings_of_icu() {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> icu{icu::Transliterator::createInstance(
        "Han-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, status)};
    REQUIRE(U_SUCCESS(status));
    std::vector<std::string> out;
    for (char32_t c = first_character; c <= last_character; ++c) {
        icu::UnicodeString text(static_cast<UChar32>(c));
        icu->transliterate(text);
        std::string& reading = out.emplace_back();
        for (std::int32_t i = 0; i < text.length(); ++i)
            if (text[i] < 0x80)
                reading.push_back(static_cast<char>(text[i]));
    }
    return out;
}

/// The table's lines as they stand in the source.
std::string table_of(const std::vector<std::string>& readings) {
    constexpr std::size_t widest = 88; // columns between the quotation marks
    std::map<std::string, std::vector<char32_t>> characters;
    for (std::size_t i = 0; i < readings.size(); ++i)
        characters[readings[i]].push_back(static_cast<char32_t>(first_character + i));
    std::string out = "    \"";
    std::size_t width = 0;
    for (const auto& [reading, all] : characters)
        for (const char32_t c : all) {
            const std::string_view before = c == all.front() ? std::string_view(reading) : "";
            if (width + before.size() + 2 > widest) {
                out += "\"\n    \"";
                width = 0;
            }
            out += before;
            detail::append_utf8(out, c);
            width += before.size() + 2;
        }
    return out + "\";\n";
}

} // namespace

TEST_CASE("readings of Chinese characters are ICU's, and the table is made from them") {
    if (const char* const file = std::getenv("FABULA_WRITE_HAN_READINGS"))
        std::ofstream{file} << table_of(readings_of_icu());
    if (U_ICU_VERSION_MAJOR_NUM != 72)
        SKIP("the table is made by ICU 72, as the model was trained; this is another version");
    const std::vector<std::string> expected = readings_of_icu();
    for (std::size_t i = 0; i < expected.size(); ++i)
        if (detail::han_reading(static_cast<char32_t>(first_character + i)) != expected[i])
            FAIL_CHECK("U+" << std::hex << first_character + i << " is read " << expected[i]);
    const std::string source = test::read_bytes(test::source_dir() / "lib/text/han_readings.cpp");
    CHECK(source.find("table =\n" + table_of(expected)) != std::string::npos);
}

TEST_CASE("characters without a known reading are left to ICU") {
    CHECK_FALSE(detail::han_reading(U'a'));
    CHECK_FALSE(detail::han_reading(0x4DFF));
    CHECK_FALSE(detail::han_reading(0xA000));
    CHECK(detail::han_reading(U'中') == "zhong");
    CHECK(detail::han_reading(U'兙') == "");
    CHECK(romanised_form("中国") == "zhongguo");
    CHECK(romanised_form("㐀丘") == "qiuqiu"); // U+3400
}
