// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "text/utf8.hpp"

#include <fabula/text.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace std::string_literals;

namespace {

struct Repair {
    std::string bytes;
    std::string repaired;
    std::size_t replaced;
};

const std::string r = "\xEF\xBF\xBD"; // U+FFFD

} // namespace

TEST_CASE("Valid UTF-8 is left as it is", "[text][utf8]") {
    for (const std::string& text :
         {""s, "plain"s, "a\0b"s, "\x7F"s, "\xC2\x80"s, "\xDF\xBF"s, "\xE0\xA0\x80"s,
          "\xED\x9F\xBF"s, "\xEE\x80\x80"s, "\xEF\xBF\xBF"s, "\xF0\x90\x80\x80"s,
          "\xF4\x8F\xBF\xBF"s, "Ільїн 伊林 إيلين 😀"s, r}) {
        std::size_t replaced = 99;
        CHECK(fabula::repair_utf8(text, &replaced) == text);
        CHECK(replaced == 0);
    }
}

// The expected numbers of U+FFFD are those of the WHATWG Encoding Standard's decoder and of the
// Unicode Standard, section 3.9, "U+FFFD Substitution of Maximal Subparts".
TEST_CASE("Every maximal invalid sequence becomes one U+FFFD", "[text][utf8]") {
    const std::vector<Repair> cases{
        {"\x80", r, 1},                                         // a lone continuation byte
        {"\x80\xBF\x80", r + r + r, 3},                         // three
        {"a\xC3", "a" + r, 1},                                  // cut short at the end
        {"\xC3(", r + "(", 1},                                  // cut short by another character
        {"\xE2\x82", r, 1},                                     // two bytes of three
        {"\xE2\x82"s + "A", r + "A", 1},                        //
        {"\xF0\x9F\x98", r, 1},                                 // three bytes of four
        {"\xF0\x9F\x98\xF0\x9F\x98\x80", r + "😀", 1},           //
        {"\xC0\xAF", r + r, 2},                                 // overlong "/"
        {"\xE0\x80\xAF", r + r + r, 3},                         // overlong, three bytes
        {"\xF0\x80\x80\xAF", r + r + r + r, 4},                 // overlong, four bytes
        {"\xED\xA0\x80", r + r + r, 3},                         // high surrogate
        {"\xED\xA0\xBD\xED\xB8\x80", r + r + r + r + r + r, 6}, // CESU-8 of U+1F600
        {"\xF4\x90\x80\x80", r + r + r + r, 4},                 // past U+10FFFF
        {"\xF5\x80", r + r, 2},                                 // no such lead byte
        {"\xFE\xFF", r + r, 2},                                 // a byte order mark of UTF-16
        {"a\xFF\0b"s, "a" + r + "\0b"s, 1},                     //
        {"\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64",    // table 3-8 of the standard
         r + r + r + "b" + r + "c" + r + r + "d", 6},
    };
    for (const Repair& one : cases) {
        CAPTURE(one.bytes);
        std::size_t replaced = 0;
        CHECK(fabula::repair_utf8(one.bytes, &replaced) == one.repaired);
        CHECK(replaced == one.replaced);
        CHECK(fabula::repair_utf8(one.bytes) == one.repaired);
    }
}

TEST_CASE("Decoding tells where each UTF-16 unit began", "[text][utf8]") {
    fabula::detail::DecodedText out;
    fabula::detail::decode_utf8("aé€😀\xFFz", out);
    CHECK(out.units == u"aé€😀\uFFFDz");
    CHECK(out.byte_offsets == std::vector<std::uint32_t>{0, 1, 3, 6, 6, 10, 11, 12});
    CHECK(out.replaced == 1);

    fabula::detail::decode_utf8("", out); // what was there before is gone
    CHECK(out.units.empty());
    CHECK(out.byte_offsets == std::vector<std::uint32_t>{0});
    CHECK(out.replaced == 0);
}

TEST_CASE("Code points are read forwards and backwards as the whole text is decoded",
          "[text][utf8]") {
    using fabula::detail::next_code_point;
    using fabula::detail::previous_code_point;
    for (const std::string& text :
         {""s, "a\0é€😀z"s, "\x80\xBF"s, "a\xC3"s, "\xC3("s, "\xE2\x82"s, "\xE2\x82"s + "A",
          "\xF0\x9F\x98"s, "\xF0\x9F\x98\xF0\x9F\x98\x80"s, "\xC0\xAF"s, "\xED\xA0\x80"s,
          "\xF4\x90\x80\x80"s, "\xFE\xFF"s, "é\x80\x80\x80\x80é"s}) {
        CAPTURE(text);
        const std::string repaired = fabula::repair_utf8(text);
        std::string forwards;
        std::vector<std::size_t> begins;
        for (std::size_t at = 0; at < text.size();) {
            begins.push_back(at);
            fabula::detail::append_utf8(forwards, next_code_point(text, at));
        }
        CHECK(forwards == repaired);
        std::size_t end = text.size();
        CHECK(next_code_point(text, end) == 0);
        CHECK(end == text.size());

        std::string backwards;
        for (std::size_t at = text.size(); at > 0;) {
            const char32_t before = fabula::detail::code_point_before(text, at);
            std::string one;
            fabula::detail::append_utf8(one, before);
            CHECK(previous_code_point(text, at) == before);
            backwards.insert(0, one);
            REQUIRE_FALSE(begins.empty());
            CHECK(at == begins.back());
            begins.pop_back();
        }
        CHECK(backwards == repaired);
        std::size_t begin = 0;
        CHECK(previous_code_point(text, begin) == 0);
        CHECK(begin == 0);
    }
}
