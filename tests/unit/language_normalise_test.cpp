// SPDX-License-Identifier: Apache-2.0
#include "language/normalise.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>

using fabula::detail::identification_letters;
using fabula::detail::normalise_for_identification;
using fabula::detail::Preparation;

namespace {

std::string ours(std::string_view text) {
    return normalise_for_identification(text, Preparation::main_script);
}

std::string plain(std::string_view text) {
    return normalise_for_identification(text, Preparation::plain);
}

} // namespace

TEST_CASE("normalising for identification keeps lower-case words of letters") {
    CHECK(ours("Hello,   World!") == "hello world");
    CHECK(ours("ÅRETS Bøk: «Ære»") == "årets bøk ære");
    CHECK(ours("ΑΘΗΝΑ 2026") == "αθηνα");
    CHECK(ours("l'été n'est-il") == "l été n est il");
    CHECK(ours("3.14 + 2 = ?").empty());
    CHECK(ours("").empty());
    CHECK(ours("\xF0\x9F\x98\x80\xF0\x9F\x8E\x89 \xE2\x9D\xA4").empty());
}

TEST_CASE("normalising for identification drops what is no language") {
    CHECK(ours("Les mer på https://example.org/a?b=c i dag") == "les mer på i dag");
    CHECK(ours("see www.Example.net/x, or (example.com).") == "see or");
    CHECK(ours("mail desk@example.org now @someone") == "mail now");
    CHECK(ours("one<br/>two <b>three</b>&nbsp;four &amp; five &#8217; six") ==
          "one two three four five six");
    CHECK(ours("a < b & c > d") == "a b c d");
    CHECK(ours("见https://example.com/x的新闻") == "见 的 新 闻");
    CHECK(ours("the end.The next") == "the end the next");
}

TEST_CASE("control tokens of fastText never reach it") {
    const std::string expected = "one two three";
    CHECK(ours("one\ntwo\r\nthree") == expected);
    CHECK(ours(std::string_view("one\0two\0three", 13)) == expected);
    CHECK(ours("one </s> two</s>three") == expected);
    CHECK(ours("__label__one two \v\f three") == "label " + expected);
    CHECK(plain("one </s>\ntwo\tthree") == expected);
}

TEST_CASE("invalid UTF-8 separates words") {
    CHECK(ours("one\xFF\xFEtwo") == "one two");
    CHECK(ours("caf\xC3") == "caf");
    CHECK(ours("\xED\xA0\x80one\xC0\xAFtwo") == "one two");
    CHECK(ours("\x80\x80\x80").empty());
}

TEST_CASE("composed and decomposed, narrow and wide forms meet") {
    CHECK(ours("cafe\xCC\x81") == "café");
    CHECK(ours("ＡＢＣ") == "abc");
    CHECK(ours("co\xC2\xADoperate") == "cooperate");     // soft hyphen
    CHECK(ours("\xE2\x80\x8Eone\xE2\x80\x8F") == "one"); // direction marks
    CHECK(ours("مُحَمَّد") == "محمد");
    CHECK(ours("مـحـمد") == "محمد");
    CHECK(ours("\xCC\x81\xCC\x81") == ""); // marks without a letter
}

TEST_CASE("only the predominant script counts") {
    CHECK(ours("Компанія OpenAI представила модель GPT") == "компанія представила модель");
    CHECK(ours("The word мир means peace") == "the word means peace");
    CHECK(ours("iPhone 15 Pro を発売しました") == "を 発 売 し ま し た");
    CHECK(ours("བོད་སྐད").empty()); // Tibetan: no language of the training data
    CHECK(ours("བོད་སྐད་ཡིག ok").empty());
    CHECK(plain("Компанія OpenAI") == "Компанія OpenAI");
    CHECK(plain("தமிழ் மொழி") == "தமிழ் மொழி");
}

TEST_CASE("plain preparation lowers only what is all capitals") {
    CHECK(plain("Der Bericht, 2026") == "Der Bericht");
    CHECK(plain("DER BERICHT") == "der bericht");
}

TEST_CASE("normalising for identification looks at the first letters only") {
    const std::string start(identification_letters, 'a');
    CHECK(ours(start + "bbb") == start);
    CHECK(ours(std::string(1'000'000, '7') + " " + start + start) == start);
    CHECK(ours(std::string(2'000'000, '\n')).empty());
}

TEST_CASE("normalising for identification twice changes nothing") {
    for (const std::string_view text :
         {"Hello, World!", "ÅRETS «Ære»", "ﬁnal ＡＢＣ", "п'ять яблук", "น้ำใจ ไทย", "한국어 新聞",
          "İstanbul IŞIK", "नमस्ते दुनिया", "می\xE2\x80\x8Cخواهم"}) {
        const std::string once = ours(text);
        CHECK_FALSE(once.empty());
        CHECK(ours(once) == once);
    }
}
