// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/line_key.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"
#include "support/time.hpp"
#include "text/utf8.hpp"

#include <sstream>
#include <string>

using namespace fabula;

TEST_CASE("keys of lines: piece by piece as ICU normalises the whole") {
    for (const Article& article : test::example_articles()) {
        std::istringstream lines(article.title + '\n' + article.text);
        for (std::string line; std::getline(lines, line);)
            REQUIRE(detail::line_key(line) == detail::line_key_by_icu(line));
    }
}

TEST_CASE("keys of lines: the same for any code points") {
    // Letters, marks that change places, Hangul in pieces, ligatures, dividers, beyond the BMP.
    const std::u32string odd =
        U"aZ\u00C5\u0130\u0131\u01C6\u0300\u0323\u0345\u03AA\u0390\u0439\u05D0\u05B4\u05BC\u0628"
        U"\u064B"
        U"\u0651\u0670\u0915\u093C\u094D\u0E33\u0E38\u0E48\u0F71\u0F72\u0F80\u1100\u1161\u11A8"
        U"\uAC01"
        U"\u1E9B\u1FB7\u2126\u2460\u3099\u304B\uFB2C\uFDFA\uFF21\uFF9E\uFFFD:|\u2014\u00A9'` .5"
        U"\U0001D400\U00010400\U0001D15E";
    test::Random random(5);
    for (int round = 0; round < 20'000; ++round) {
        std::string line;
        const std::uint32_t length = random.number(12) + 1;
        for (std::uint32_t i = 0; i < length; ++i) {
            char32_t c = odd[random.number(static_cast<std::uint32_t>(odd.size()))];
            if (random.number(4) == 0)
                c = random.number(0xD800);
            detail::append_utf8(line, c);
        }
        if (round % 16 == 0)
            line.insert(line.size() / 2, "\xC3\xFF");
        INFO(line);
        REQUIRE(detail::line_key(line) == detail::line_key_by_icu(line));
    }
}

TEST_CASE("keys of lines: time is linear in marks that change places") {
    // Thai, Devanagari, Tibetan, Latin; invisible code points do not stop the ordering.
    for (const std::u32string marks :
         {U"\u0E38\u0E48", U"\u093C\u094D", U"\u0F71\u0F72", U"\u0E48\u0E38\u200D\u034F\u00AD",
          U"\U0001D165\U0001D16E\U0001D167", U"\u0F73\u0E48\u05B4\u0345"}) {
        const auto line_of = [&](std::size_t bytes) {
            std::string line;
            while (line.size() < bytes)
                for (const char32_t mark : marks)
                    detail::append_utf8(line, mark);
            return line;
        };
        INFO(line_of(20));
        CHECK(test::is_linear(10'000, line_of, [](const std::string& line) {
            static_cast<void>(detail::line_key(line));
        }));
    }
}

TEST_CASE("keys of lines: marks are in one order, as many as a word has of them") {
    std::string line;
    std::string other;
    for (int i = 0; i < 29; ++i) {
        detail::append_utf8(line, i % 2 == 0 ? U'\u0E48' : U'\u0E38');
        detail::append_utf8(other, i < 14 ? U'\u0E38' : U'\u0E48');
    }
    CHECK(detail::line_key("\u0E01" + line + " x") == detail::line_key("\u0E01" + other + " x"));
}
