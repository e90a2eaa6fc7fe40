// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/subwords.hpp"
#include "support/catch.hpp"

#include <fabula/text.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace std::string_literals;
using fabula::AnalyzedText;
using fabula::ByteRange;
using fabula::Sentences;
using fabula::TextAnalyzer;
using fabula::Token;
using fabula::TokenKind;

namespace {

using Words = std::vector<std::string>;

Words natives(const AnalyzedText& text) {
    Words words;
    for (const Token& token : text.tokens)
        words.emplace_back(token.normalised);
    return words;
}

Words natives(std::string_view text) {
    return natives(TextAnalyzer().analyze(text));
}

/// The sentences as they stand in the text.
Words sentences(std::string_view text) {
    Words out;
    for (const ByteRange range : TextAnalyzer().analyze(text).sentences)
        out.emplace_back(text.substr(range.begin, range.end - range.begin));
    return out;
}

} // namespace

TEST_CASE("A token knows its forms and its place", "[text][analyzer]") {
    const std::string text = "  «Ільїн», 24 лютого…";
    const AnalyzedText result = TextAnalyzer().analyze(text);
    REQUIRE(result.tokens.size() == 3);
    CHECK(result.tokens[0].normalised == "ільїн");
    CHECK(result.tokens[0].romanised == "ilin");
    CHECK(result.tokens[0].range == ByteRange{4, 14});
    CHECK(result.tokens[0].kind == TokenKind::word);
    CHECK(result.tokens[0].capitalised);
    CHECK(result.tokens[1].normalised == "24");
    CHECK(result.tokens[1].kind == TokenKind::number);
    CHECK(result.tokens[1].range == ByteRange{18, 20});
    CHECK_FALSE(result.tokens[2].capitalised);
    CHECK(result.sentences == std::vector<ByteRange>{{4, 33}});
    CHECK(result.replaced == 0);
}

TEST_CASE("A token knows the hash of its normalised form", "[text][analyzer]") {
    TextAnalyzer analyzer;
    for (int round = 0; round < 2; ++round)
        for (const std::string text :
             {"Ільїн İstanbul l'Élan ٢٠٢٢ 國際貿易協定 สวัสดีชาวโลก", "Ab AB ab"})
            for (const Token& token : analyzer.analyze(text).tokens) {
                CAPTURE(token.normalised);
                CHECK(token.hash == fabula::detail::word_hash(token.normalised));
            }
}

TEST_CASE("Elided articles are words of their own, in Latin script only", "[text][analyzer]") {
    CHECK(natives("L'accordo dell’Ucraina") == Words{"l", "accordo", "dell", "ucraina"});
    CHECK(natives("aujourd'hui Trump's") == Words{"aujourd", "hui", "trump", "s"});
    CHECK(natives("п'ять п’ять об’єкт") == Words{"пять", "пять", "обєкт"});
    CHECK(natives("об\u02BCєкт").size() == 1);
    CHECK(natives("'quoted'") == Words{"quoted"});
}

TEST_CASE("Words of scripts without spaces are found with ICU's dictionaries", "[text][analyzer]") {
    CHECK(natives("国际贸易协定") == Words{"国际", "贸易", "协定"});
    CHECK(natives("東京オリンピックは2021年に") ==
          Words{"东京", "オリンピック", "は", "2021", "年", "に"});
    CHECK(natives("สวัสดีชาวโลก") == Words{"สวัสดี", "ชาว", "โลก"});
    CHECK(natives("서울시는 오늘") == Words{"서울시는", "오늘"});
    for (const std::string_view text : {"ខ្មែរភាសា", "ພາສາລາວ", "မြန်မာနိုင်ငံသို့သွားသည်"})
        CHECK(natives(text).size() > 1);
}

TEST_CASE("Signs that are no words are left out", "[text][analyzer]") {
    CHECK(natives("😀 👩‍👩‍👧 — … !? \t\r\n").empty());
    CHECK(natives("a\0b c"s) == Words{"a", "b", "c"});
    CHECK(natives("one</s>two\nthree") == Words{"one", "s", "two", "three"});
}

TEST_CASE("Empty and invalid texts", "[text][analyzer]") {
    TextAnalyzer analyzer;
    const AnalyzedText empty = analyzer.analyze("");
    CHECK(empty.tokens.empty());
    CHECK(empty.sentences.empty());

    const AnalyzedText blank = analyzer.analyze(" \n ", Sentences::skip);
    CHECK(blank.tokens.empty());
    CHECK(blank.sentences.empty());

    const AnalyzedText broken =
        analyzer.analyze("abc \x80\xFF def \xED\xA0\x80 \xC0\xAF ghi\xE2\x82");
    CHECK(natives(broken) == Words{"abc", "def", "ghi"});
    CHECK(broken.replaced == 8);
    CHECK(broken.tokens[1].range == ByteRange{7, 10}); // bytes of the text as given
    CHECK(broken.tokens[2].range == ByteRange{18, 21});
}

TEST_CASE("Sentences end with a full stop or with the line", "[text][analyzer]") {
    CHECK(sentences("Nobody was hurt.  The crane sank! Why? ") ==
          Words{"Nobody was hurt", "The crane sank", "Why"});
    CHECK(sentences("It rose by 3.5 percent.") == Words{"It rose by 3.5 percent"});
    CHECK(sentences("次は東京です。明日は雨。") == Words{"次は東京です", "明日は雨"});
    CHECK(sentences("पहला वाक्य। दूसरा वाक्य।") == Words{"पहला वाक्य", "दूसरा वाक्य"});
    CHECK(sentences("هل هذا صحيح؟ نعم.") == Words{"هل هذا صحيح", "نعم"});
    for (const std::string& end : {"\n"s, "\r"s, "\r\n"s, "\n\n \n"s, "\v"s, "\f"s, "\xC2\x85"s,
                                   "\xE2\x80\xA8"s, "\xE2\x80\xA9"s}) {
        CAPTURE(end);
        std::string text = "A headline";
        for (const std::string& part : {end, "and its text"s, end})
            text += part;
        CHECK(sentences(text) == Words{"A headline", "and its text"});
    }
    CHECK(sentences("...\n!!!\n").empty());
}

TEST_CASE("The full stop of an abbreviation ends no sentence", "[text][analyzer]") {
    for (const std::string text :
         {"Am 3. März 2026 traf Dr. Müller ein", "Im 21. Jahrhundert und im 2. Weltkrieg",
          "Mr. Smith met Gen. Brown and J. R. Miller, George W. Bush",
          "Prof. Dr. A. Meier, St. Gallen", "El Sr. García y la Dra. López",
          "Die Nr. 5 und Art. 7 Abs. 2", "Встреча с А. С. Пушкиным и проф. Ивановым",
          "Dnes přijel MUDr. Novák a Ing. Malý", "Ông sống ở TP. Hồ Chí Minh",
          "Ο κ. Μητσοτάκης και ο Δρ. Παπάς", "डॉ. शर्मा ने कहा", "قال د. محمد ذلك", "ড. ইউনূস বলেন",
          "z. B. Müller", "ul. Długa 5"}) {
        CAPTURE(text);
        CHECK(sentences(text + ".") == Words{text});
    }
    // What may end one, does.
    for (const auto& [first, second] :
         std::vector<std::pair<std::string, std::string>>{{"It was plan B", "They won"},
                                                          {"La Juve è in Serie A", "Il Milan no"},
                                                          {"He saw World War I", "Then he left"},
                                                          {"They live in the U.S", "The law"},
                                                          {"Es endete 3:2", "Danach ging er"},
                                                          {"Sie wurde 12", "Er kam"},
                                                          {"Było to w 2026 r", "Rząd odpowiada"},
                                                          {"Он приехал в 2026 г", "Потом уехал"},
                                                          {"He went on", "The end"},
                                                          {"Er traf Dr", "\nMüller"}}) {
        CAPTURE(first);
        CHECK(sentences(first + ". " + second + ".").size() == 2);
    }
}

TEST_CASE("Tokens name their sentence", "[text][analyzer]") {
    const AnalyzedText text = TextAnalyzer().analyze("… One two. \n\n Three.\nFour");
    REQUIRE(text.tokens.size() == 4);
    REQUIRE(text.sentences.size() == 3);
    CHECK(text.tokens[0].sentence == 0);
    CHECK(text.tokens[1].sentence == 0);
    CHECK(text.tokens[2].sentence == 1);
    CHECK(text.tokens[3].sentence == 2);

    const AnalyzedText skipped = TextAnalyzer().analyze("One. Two.\nThree", Sentences::skip);
    REQUIRE(skipped.sentences == std::vector<ByteRange>{{0, 15}});
    for (const Token& token : skipped.tokens)
        CHECK(token.sentence == 0);
}

TEST_CASE("Long words are cut after 64 code points", "[text][analyzer]") {
    const auto lengths = [](const std::string& text) {
        std::vector<std::size_t> out;
        for (const Token& token : TextAnalyzer().analyze(text).tokens)
            out.push_back(token.range.end - token.range.begin);
        return out;
    };
    CHECK(lengths(std::string(64, 'a')) == std::vector<std::size_t>{64});
    CHECK(lengths(std::string(65, 'a')) == std::vector<std::size_t>{64, 1});
    std::string gothic; // four bytes and two UTF-16 units a letter
    for (int i = 0; i < 70; ++i)
        gothic += "𐌰";
    CHECK(lengths(gothic) == std::vector<std::size_t>{256, 24});
}

TEST_CASE("A single word of 100 kB", "[text][analyzer]") {
    const auto [unit, bytes] = GENERATE(table<std::string, std::size_t>({{"a", 1},
                                                                         {"ж", 2},
                                                                         {"\xCC\x81", 2},
                                                                         {"漢", 3},
                                                                         {"か", 3},
                                                                         {"ก", 3},
                                                                         {"서", 3},
                                                                         {"𐌰", 4}}));
    CAPTURE(unit);
    std::string text;
    while (text.size() < 100'000)
        text += unit;
    const AnalyzedText result = TextAnalyzer().analyze(text);
    CHECK(result.replaced == 0);
    for (const Token& token : result.tokens)
        CHECK((token.range.end - token.range.begin) <= 64 * bytes);
    CHECK(fabula::normalised_form(text).size() <= text.size());
}

TEST_CASE("A text of a million words", "[text][analyzer]") {
    std::string text;
    for (int i = 0; i < 1'000'000; ++i)
        text += i % 20 == 19 ? "Ende.\n" : i % 3 == 0 ? "слово " : "word ";
    const AnalyzedText result = TextAnalyzer().analyze(text);
    REQUIRE(result.tokens.size() == 1'000'000);
    CHECK(result.sentences.size() == 50'000);
    CHECK(result.tokens.back().normalised == "ende");
    CHECK(result.tokens.back().range == ByteRange{text.size() - 6, text.size() - 2});
    CHECK(result.tokens.back().sentence == 49'999);
}

TEST_CASE("The words stay valid when the text moves and the analyzer is gone", "[text][analyzer]") {
    AnalyzedText kept;
    {
        TextAnalyzer first;
        TextAnalyzer analyzer = std::move(first);
        std::string text = "Ільїн and İstanbul";
        AnalyzedText made = analyzer.analyze(text);
        kept = std::move(made);
        text.assign(text.size(), 'x');
        CHECK(natives(analyzer.analyze("other words here")) == Words{"other", "words", "here"});
    }
    CHECK(natives(kept) == Words{"ільїн", "and", "istanbul"});
    CHECK(kept.tokens[0].romanised == "ilin");
}
