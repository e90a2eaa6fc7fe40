// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/subwords.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

namespace {

using namespace fabula;
using namespace fabula::detail;

std::vector<std::uint64_t> subwords(std::string_view normalised, std::string_view romanised,
                                    TokenKind kind) {
    std::vector<std::uint64_t> hashes;
    for_each_subword(normalised, romanised, kind,
                     [&](std::uint64_t hash) { hashes.push_back(hash); });
    return hashes;
}

std::vector<std::uint64_t> hashes_of(const std::vector<std::string>& ngrams) {
    std::vector<std::uint64_t> hashes;
    for (const std::string& ngram : ngrams)
        hashes.push_back(word_hash(ngram));
    return hashes;
}

} // namespace

TEST_CASE("subwords of an ordinary word have three to five characters") {
    CHECK(subwords("ord", "ord", TokenKind::word) ==
          hashes_of({"<or", "<ord", "<ord>", "ord", "ord>", "rd>"}));
    CHECK(subwords("й", "i", TokenKind::word) == hashes_of({"<й>", "<i>"}));
    CHECK(subwords("été", "ete", TokenKind::word) ==
          hashes_of({"<ét", "<été", "<été>", "été", "été>", "té>", "<et", "<ete", "<ete>", "ete",
                     "ete>", "te>"}));
}

TEST_CASE(
    "subwords of dense scripts have one to three characters, their romanised forms three to five") {
    CHECK(subwords("北京", "bei", TokenKind::ideographic) ==
          hashes_of({"<北", "<北京", "北", "北京", "北京>", "京", "京>", "<be", "<bei", "<bei>",
                     "bei", "bei>", "ei>"}));
    for (const TokenKind kind : {TokenKind::kana, TokenKind::hangul, TokenKind::southeast_asian})
        CHECK(subwords("ก", "", kind) == hashes_of({"<ก", "<ก>", "ก", "ก>"}));
    CHECK(subwords("7", "7", TokenKind::number) == hashes_of({"<7>"}));
}

TEST_CASE("subwords of empty, long and broken words") {
    CHECK(subwords("", "", TokenKind::word).empty());
    const std::string limit(64, 'x');
    CHECK(subwords(limit, limit, TokenKind::word).size() == 64 + 63 + 62);
    CHECK(subwords(limit + "yyy", limit + "yyy", TokenKind::word) ==
          subwords(limit, limit, TokenKind::word));
    std::string emoji;
    for (int i = 0; i < 200; ++i)
        emoji += "😀";
    CHECK(subwords(emoji, "", TokenKind::word).size() == 64 + 63 + 62);
    // A lone run of continuation bytes is one code point, and too long to be looked at.
    CHECK(subwords(std::string(100000, '\x80'), "", TokenKind::word).empty());
    CHECK_FALSE(subwords(std::string(100, '\xFF'), "", TokenKind::word).empty());
}
