// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "text/forms.hpp"

#include <fabula/text.hpp>

#include <string>
#include <vector>

using fabula::TokenKind;

namespace {

struct Form {
    std::string word;
    std::string normalised;
    std::string romanised;
};

} // namespace

// A change of any of these makes every trained model useless: it needs a new `forms_version`.
TEST_CASE("Normalised forms and romanised forms", "[text][forms]") {
    CHECK(fabula::forms_version() == "fabula-fold-2");
    const std::vector<Form> cases{
        // Latin
        {"Straße", "strasse", "strasse"},
        {"İstanbul", "istanbul", "istanbul"},
        {"ISTANBUL", "istanbul", "istanbul"},
        {"ıstanbul", "istanbul", "istanbul"},
        {"Đà", "đà", "da"},
        {"Nẵng", "nẵng", "nang"},
        {"Nguye\xCC\x82\xCC\x83n", "nguyễn", "nguyen"}, // composed by NFKC
        {"ﬁre", "fire", "fire"},
        {"𝐇𝐞𝐥𝐥𝐨", "hello", "hello"},
        {"Ørsted", "ørsted", "orsted"},
        {"U.S.A", "usa", "usa"},
        // Cyrillic: one name in three spellings
        {"Ільїн", "ільїн", "ilin"},
        {"Ильи\xCC\x81н", "ильин", "ilin"}, // with stress
        {"Ильин", "ильин", "ilin"},
        {"Ёлка", "елка", "elka"},
        {"п'ять", "пять", "pat"},
        {"п’ять", "пять", "pat"},
        {"Україна", "україна", "ukraina"},
        // Greek
        {"Ελλάδα", "ελλαδα", "ellada"},
        {"ΑΘΉΝΑΣ", "αθηνασ", "athenas"},
        // Arabic: vowels, hamza, Persian letters, tatweel
        {"مُحَمَّد", "محمد", "mhmd"},
        {"محمـــد", "محمد", "mhmd"},
        {"إيران", "ايران", "ayran"},
        {"ایران", "ايران", "ayran"},
        // Hebrew: points
        {"שָׁלוֹם", "שלום", "slwm"},
        // Han: traditional becomes simplified
        {"國際貿易", "国际贸易", "guojimaoyi"},
        {"国际贸易", "国际贸易", "guojimaoyi"},
        {"發", "发", "fa"},
        // other scripts
        {"オリンピック", "オリンピック", "orinpikku"},
        {"ｵﾘﾝﾋﾟｯｸ", "オリンピック", "orinpikku"},
        {"서울시", "서울시", "seoulsi"},
        {"สวัสดี", "สวัสดี", "swasdi"},
        // digits of any script
        {"２０２２", "2022", "2022"},
        {"٢٠٢٢", "2022", "2022"},
        {"२०२२", "2022", "2022"},
        {"1,000.50", "100050", "100050"},
        // nothing to read
        {"", "", ""},
        {"!?…", "", ""},
        {"😀", "", ""},
        {std::string(1, '\0'), "", ""},
        {"\xFF", "", ""},
    };
    for (const Form& one : cases) {
        CAPTURE(one.word);
        CHECK(fabula::normalised_form(one.word) == one.normalised);
        CHECK(fabula::romanised_form(one.word) == one.romanised);
    }
}

TEST_CASE("What a word consists of", "[text][forms]") {
    struct Kind {
        std::u16string word;
        TokenKind kind;
        bool capitalised;
    };
    const std::vector<Kind> cases{{u"word", TokenKind::word, false},
                                  {u"Word", TokenKind::word, true},
                                  {u"Слово", TokenKind::word, true},
                                  {u"слово", TokenKind::word, false},
                                  {u"\u01C5", TokenKind::word, true}, // title case: ǅ
                                  {u"شعر", TokenKind::word, false},
                                  {u"2022", TokenKind::number, false},
                                  {u"٢٠٢٢", TokenKind::number, false},
                                  {u"3rd", TokenKind::number, false},
                                  {u"北京", TokenKind::ideographic, false},
                                  {u"ひらがな", TokenKind::kana, false},
                                  {u"カタカナ", TokenKind::kana, false},
                                  {u"서울", TokenKind::hangul, false},
                                  {u"ไทย", TokenKind::southeast_asian, false},
                                  {u"ລາວ", TokenKind::southeast_asian, false},
                                  {u"ខ្មែរ", TokenKind::southeast_asian, false},
                                  {u"မြန်မာ", TokenKind::southeast_asian, false}};
    fabula::detail::FormMaker maker;
    for (const Kind& one : cases) {
        const fabula::detail::WordForms forms = maker.forms(one.word);
        CAPTURE(forms.normalised);
        CHECK(forms.kind == one.kind);
        CHECK(forms.capitalised == one.capitalised);
    }
}

TEST_CASE("One maker gives what a fresh one gives", "[text][forms]") {
    fabula::detail::FormMaker used;
    const std::vector<std::u16string> words{u"Straße", u"Ільїн",  u"北京", u"國",  u"مُحَمَّد",
                                            u"서울",   u"Ελλάδα", u"ไทย",  u"élan"};
    for (int round = 0; round < 2; ++round) {
        for (const std::u16string& word : words) {
            fabula::detail::FormMaker fresh;
            CHECK(used.normalised(word) == fresh.normalised(word));
            CHECK(used.romanised_form(word) == fresh.romanised_form(word));
            CHECK(used.forms(word).romanised == fresh.romanised_form(word));
        }
    }
}
