// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/word_parts.hpp"
#include "support/catch.hpp"

#include <map>
#include <string>
#include <vector>

namespace {

using namespace fabula;
using namespace fabula::detail;

/// An index of some words and stems.
struct Known {
    std::vector<std::string> words;
    std::vector<std::string> stems;

    [[nodiscard]] std::vector<std::string> parts(std::string_view normalised,
                                                 TokenKind kind = TokenKind::word) const {
        std::map<std::uint64_t, int> entries;
        for (const std::string& word : words)
            entries.emplace(word_hash(word), static_cast<int>(entries.size()));
        for (const std::string& stem : stems)
            entries.emplace(stem_hash(stem), static_cast<int>(entries.size()));
        std::vector<std::string> found;
        for_each_known_part(
            normalised, kind,
            [&](std::uint64_t hash) {
                const auto at = entries.find(hash);
                return at == entries.end() ? -1 : at->second;
            },
            [&](int entry, std::string_view part) {
                found.push_back(std::string(part) +
                                (static_cast<std::size_t>(entry) < words.size() ? "" : "-"));
            });
        return found;
    }
};

} // namespace

TEST_CASE("a word's known parts are its longest known beginning and ending") {
    const Known known{{"minister", "president", "presiden", "statsminister"},
                      {"minist", "statsmi"}};
    CHECK(known.parts("ministeren") == std::vector<std::string>{"minister"});
    CHECK(known.parts("ministrenes") == std::vector<std::string>{"minist-"});
    CHECK(known.parts("visepresident") == std::vector<std::string>{"president"});
    CHECK(known.parts("ministerpresident") ==
          std::vector<std::string>{"president"}); // "minister" is less than half of it
    CHECK(known.parts("presidents") == std::vector<std::string>{"president"});
    CHECK(known.parts("statsminister") == std::vector<std::string>{"statsmi-", "minister"});
    CHECK(known.parts("regjering").empty());
}

TEST_CASE("a word is no part of itself, and a stem no ending") {
    const Known known{{"storm"}, {"storm", "vind"}};
    CHECK(known.parts("storm").empty());
    CHECK(known.parts("nordvind").empty());
    CHECK(known.parts("storme") == std::vector<std::string>{"storm"});
}

TEST_CASE("parts are four letters or more, in dense scripts one character or more") {
    const Known known{{"hus", "huse", "정부", "京", "201", "2018"}, {}};
    CHECK(known.parts("huset") == std::vector<std::string>{"huse"});
    CHECK(known.parts("husk").empty());
    CHECK(known.parts("정부가", TokenKind::hangul) == std::vector<std::string>{"정부"});
    CHECK(known.parts("京都", TokenKind::ideographic) == std::vector<std::string>{"京"});
    CHECK(known.parts("20185", TokenKind::number).empty());
}

TEST_CASE("parts of empty, long and broken words") {
    const Known known{{"aaaa", std::string(40, 'x'), std::string(63, 'x')}, {}};
    CHECK(known.parts("").empty());
    CHECK(known.parts("a").empty());
    CHECK(known.parts(std::string(64, 'x')) ==
          std::vector<std::string>{std::string(63, 'x'), std::string(63, 'x')});
    CHECK(known.parts(std::string(65, 'x')).empty());
    CHECK(known.parts(std::string(100000, '\x80')).empty());
    CHECK(known.parts("aaaa\xFF") == std::vector<std::string>{"aaaa"});
}

TEST_CASE("a word borrows from its romanised form where that is another word of five letters") {
    CHECK(may_borrow_from_romanised("председник", "predsednik"));
    CHECK_FALSE(may_borrow_from_romanised("он", "on"));
    CHECK_FALSE(may_borrow_from_romanised("president", "president"));
}
