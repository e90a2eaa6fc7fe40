// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"

#include <fabula/text.hpp>

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/ulocdata.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using fabula::ByteRange;
using fabula::normalised_form;
using fabula::romanised_form;
using fabula::TextAnalyzer;
using fabula::Token;
using fabula::TokenKind;

namespace {

using Words = std::vector<std::string>;

Words words(std::string_view text) {
    Words out;
    for (const Token& token : TextAnalyzer().analyze(text).tokens)
        out.emplace_back(token.normalised);
    return out;
}

/// As they stand in the text.
Words written(std::string_view text) {
    Words out;
    for (const Token& token : TextAnalyzer().analyze(text).tokens)
        out.emplace_back(text.substr(token.range.begin, token.range.end - token.range.begin));
    return out;
}

Words romanised(std::string_view text) {
    Words out;
    for (const Token& token : TextAnalyzer().analyze(text).tokens)
        out.emplace_back(token.romanised);
    return out;
}

bool are_words(std::string_view text, const Words& wanted) {
    const Words found = written(text);
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
        return std::find(found.begin(), found.end(), word) != found.end();
    });
}

} // namespace

TEST_CASE("South-East Asian letters are cut from digits and from other letters",
          "[text][spellings]") {
    CHECK(written("รถบัสคว่ำดับ24รายบาดเจ็บ12คน") == written("รถบัสคว่ำดับ 24 รายบาดเจ็บ 12 คน"));
    CHECK(are_words("รถบัสคว่ำดับ24รายบาดเจ็บ12คน", {"ดับ", "24", "ราย", "12", "คน"}));
    CHECK(written("แอปFacebookล่ม") == written("แอป Facebook ล่ม"));
    CHECK(are_words("แอปFacebookล่ม", {"Facebook", "ล่ม"}));
    CHECK(words("ดับ๒๔ราย") == words("ดับ 24 ราย"));
    CHECK(written("ขนาด7.5ริกเตอร์") == written("ขนาด 7.5 ริกเตอร์"));
    CHECK(written("COVID-19ระบาด") == written("COVID-19 ระบาด"));
    // Lao, Khmer, Burmese; digits of their own, too.
    CHECK(written("ເສຍຊີວິດ24ຄົນ") == written("ເສຍຊີວິດ 24 ຄົນ"));
    CHECK(words("ເສຍຊີວິດ໒໔ຄົນ") == words("ເສຍຊີວິດ 24 ຄົນ"));
    CHECK(written("ແອັບFacebookລົ້ມ") == written("ແອັບ Facebook ລົ້ມ"));
    CHECK(written("ស្លាប់24នាក់") == written("ស្លាប់ 24 នាក់"));
    CHECK(words("ស្លាប់២៤នាក់") == words("ស្លាប់ 24 នាក់"));
    CHECK(written("កម្មវិធីFacebookគាំង") == written("កម្មវិធី Facebook គាំង"));
    CHECK(written("သေဆုံး24ဦး") == written("သေဆုံး 24 ဦး"));
    CHECK(words("သေဆုံး၂၄ဦး") == words("သေဆုံး 24 ဦး"));
    CHECK(written("ဖေ့စ်ဘုတ်Facebookပြတ်") == written("ဖေ့စ်ဘုတ် Facebook ပြတ်"));
    // Signs between the two belong to neither.
    CHECK(written("แอป_x ดับ.24") == Words{"แอป", "x", "ดับ", "24"});
    for (const Token& token : TextAnalyzer().analyze("ดับ24ราย").tokens)
        CHECK(token.kind ==
              (token.normalised == "24" ? TokenKind::number : TokenKind::southeast_asian));
}

TEST_CASE("AM of one sign and of two cut and spelled alike", "[text][spellings]") {
    const std::string thai = "น้ำท่วมทำให้คนไทยจำนวนมากลำบาก";
    const std::string after_nfkc = "น้\u0E4D\u0E32ท่วมท\u0E4D\u0E32ให้คนไทยจ\u0E4D\u0E32นวนมากล"
                                   "\u0E4D\u0E32บาก";
    CHECK(words(thai) == words(after_nfkc));
    CHECK(words(thai).size() > 5);
    CHECK(romanised(thai) == romanised(after_nfkc));
    CHECK(written(after_nfkc).front() == "น้\u0E4D\u0E32");
    CHECK(written("น\u0E4D้\u0E32ท่วม 1") == Words{"น\u0E4D้\u0E32", "ท่วม", "1"});
    CHECK(normalised_form("น้ำ") == normalised_form("น\u0E4D้\u0E32"));
    const std::string lao = "ນ້ຳຖ້ວມເຮັດໃຫ້ປະຊາຊົນລຳບາກ";
    const std::string typed = "ນໍ້າຖ້ວມເຮັດໃຫ້ປະຊາຊົນລໍາບາກ";
    CHECK(words(lao) == words(typed));
    CHECK(words(lao).size() > 3);
    CHECK(words("ກໍ່ 1") == Words{"ກໍ່", "1"});             // a vowel of its own
    CHECK(words("\u0E40\u0E40อปล่ม") == words("แอปล่ม")); // two E typed for AE
    CHECK(words("\u0E4D\u0E32") == words("ำ"));
    CHECK(words("x\u0E4D").size() == 2);
}

TEST_CASE("What is typed for an apostrophe between Cyrillic or Hebrew letters is one",
          "[text][spellings]") {
    for (const char* sign : {"'", "’", "\u02BC", "`", "\u00B4", "\u2032", "\u201B"}) {
        CAPTURE(sign);
        const auto with = [&](std::string text) {
            for (std::size_t at = text.find('*'); at != std::string::npos; at = text.find('*'))
                text.replace(at, 1, sign);
            return text;
        };
        CHECK(words(with("П*ять об*єктів зв*язку Слов*янськ")) ==
              Words{"пять", "обєктів", "звязку", "словянськ"});
        CHECK(words(with("Сям*я аб*ект")) == Words{"сямя", "абект"});
        CHECK(normalised_form(with("п*ять")) == "пять");
        CHECK(romanised_form(with("Слов*янськ")) == romanised_form("Слов'янськ"));
        CHECK(words(with("צ*ילי ג*ורג")) == Words{"צילי", "גורג"});
    }
    CHECK(words("`слово` слово `x` 5´") == Words{"слово", "слово", "x", "5"});
    CHECK(words("l`accordo l´accordo") == Words{"l", "accordo", "l", "accordo"});
}

TEST_CASE("The hook of the Uzbek o and g cuts nothing, other apostrophes do", "[text][spellings]") {
    for (const char* sign : {"\u02BB", "\u2018", "'", "’", "`", "\u02BC", "\u00B4"}) {
        CAPTURE(sign);
        const auto with = [&](std::string text) {
            for (std::size_t at = text.find('*'); at != std::string::npos; at = text.find('*'))
                text.replace(at, 1, sign);
            return text;
        };
        CHECK(
            words(with("O*zbekiston o*zbek to*g*ri bo*lgan yo*q so*m o*n G*alaba tog*da")) ==
            Words{"ozbekiston", "ozbek", "togri", "bolgan", "yoq", "som", "on", "galaba", "togda"});
        CHECK(normalised_form(with("o*zbek")) == "ozbek");
    }
    CHECK(words("Farg\u02BBona Farg\u2018ona") == Words{"fargona", "fargona"});
    CHECK(words("5 o'clock O'Brien O’BRIEN Tokyo'da NATO'nun Chicago‘s") ==
          Words{"5", "o", "clock", "o", "brien", "o", "brien", "tokyo", "da", "nato", "nun",
                "chicago", "s"});
    CHECK(words("dog's who’d who've zo'n foto's ito'y l'accordo l’oggi po' dell'orto") ==
          Words{"dog", "s", "who", "d", "who", "ve", "zo", "n", "foto", "s", "ito", "y", "l",
                "accordo", "l", "oggi", "po", "dell", "orto"});
    CHECK(words("'ono' 'go' o'").size() == 3);
    CHECK(normalised_form("Qur\u02BEan") == "quran");
}

TEST_CASE("Arabic and Hebrew prefixes are cut from the number", "[text][spellings]") {
    CHECK(words("و12 ف12 ب12 ل12 ك12") ==
          Words{"و", "12", "ف", "12", "ب", "12", "ل", "12", "ك", "12"});
    CHECK(words("و1.2 مليار") == Words{"و", "12", "مليار"});
    CHECK(written("و1.2 مليار").at(1) == "1.2");
    CHECK(words("بـ١٢ و۱۲ وال12") == Words{"ب", "12", "و", "12", "وال", "12"});
    CHECK(words("ו12 ב12 ל12 ה12 מ12 ש12 כ12 וב12").size() == 16);
    CHECK(words("ו1.5 מיליון").front() == "ו");
    CHECK(TextAnalyzer().analyze("و12").tokens.at(1).kind == TokenKind::number);
    CHECK(words("إف16 قرن12 תל12") == Words{"اف16", "قرن12", "תל12"}); // no prefixes
}

TEST_CASE("Letters that are written in two ways are one", "[text][spellings]") {
    const std::vector<Words> alike{
        // Romanian; Turkish and Azerbaijani
        {"București", "Bucureşti", "BUCUREŞTI", "BUCUREȘTI"},
        {"Constanța", "Constanţa", "CONSTANŢA", "Constant\u0326a"},
        {"ISPARTA", "ısparta", "Isparta", "isparta"},
        {"İstanbul", "istanbul", "i\u0307stanbul", "ISTANBUL"},
        {"KIZILAY", "Kızılay"},
        {"AZƏRBAYCANIN", "Azərbaycanın"},
        // Greek
        {"ΙΣΧΥΡΟΣ", "Ισχυρός", "ισχυρος", "ισχυρο\u0301ς"},
        {"ΜΑΪΟΥ", "Μαΐου", "ΜΑΙΟΥ", "μαϊου"},
        {"ΡΑΰ", "ραύ", "ραϋ", "ραυ"},
        {"Ὀλυμπία", "Ολυμπία", "ΟΛΥΜΠΙΑ"},
        // Armenian
        {"Երևան", "ԵՐԵՎԱՆ", "Երեւան", "Երեվան"},
        // Arabic letters of Persian, Urdu and Pashto
        {"ایران", "ايران"},
        {"کتاب", "كتاب"},
        {"ہفتہ", "هفته"},
        {"ګټه", "گټه"},
        {"غزۃ", "غزة"},
        // Indic: joiners, and letters of one sign and of more
        {"ൻ", "ന്\u200D"},
        {"അവൻ", "അവന്\u200D"},
        {"ർ", "ര്\u200D"},
        {"അവൾ", "അവള്\u200D"},
        {"പാൽ", "പാല്\u200D"},
        {"കൺ", "കണ്\u200D"},
        {"ഹঠাৎ", "ഹঠাত্\u200D"},
        {"উৎসব", "উত্\u200Dসব"},
        {"র‌্যাব", "র্যাব"},
        {"ශ්\u200Dරී", "ශ්රී"},
        {"क\u094D\u200Dष", "क्ष"},
        {"ड\u093Cा", "\u095Cा"},
        {"য\u09BCা", "\u09DFা"},
        {"ਸ\u0A3C", "\u0A36"},
        {"ଡ\u0B3Cା", "\u0B5Cା"},
        {"ব\u09C7\u09BE", "ব\u09CB"},
        {"க\u0BC6\u0BBE", "க\u0BCA"},
        {"ಕ\u0CC6\u0CC2", "ಕ\u0CCA"},
        {"می\u200Cشود", "ميشود"},
        // Amharic
        {"ዓለም", "ኣለም"},
        {"ፀሐይ", "ጸሀይ"},
        {"ሠላም", "ሰላም"},
    };
    for (const Words& spellings : alike)
        for (const std::string& spelling : spellings) {
            CAPTURE(spelling);
            CHECK(normalised_form(spelling) == normalised_form(spellings.front()));
            CHECK(words(spelling) == words(spellings.front()));
            CHECK(words(spelling).size() == 1);
            CHECK(romanised_form(spelling) == romanised_form(spellings.front()));
        }
    // Other accents are letters' own.
    for (const auto& [with, without] :
         std::vector<std::pair<std::string, std::string>>{{"año", "ano"},
                                                          {"côté", "cote"},
                                                          {"avó", "avo"},
                                                          {"şans", "sans"},
                                                          {"Київ", "Киів"},
                                                          {"май", "маи"}})
        CHECK(normalised_form(with) != normalised_form(without));
}

TEST_CASE("Signs for vowels stay in the normalised form", "[text][spellings]") {
    for (const std::string word : {"বাংলাদেশ", "தமிழ்நாடு", "കേരളം", "తెలంగాణ", "ಕರ್ನಾಟಕ", "ગુજરાતી",
                                   "ਪੰਜਾਬ", "ଓଡ଼ିଶା", "ශ්‍රී ලංකා", "दिल्ली", "کراچی",
                                   "پښتو", "አዲስ", "ភ្នំពេញ", "မြန်မာ", "ວຽງຈັນ", "กรุงเทพ"}) {
        CAPTURE(word);
        const icu::UnicodeString before = icu::UnicodeString::fromUTF8(word);
        const icu::UnicodeString after = icu::UnicodeString::fromUTF8(normalised_form(word));
        const auto marks = [](const icu::UnicodeString& text) {
            int count = 0;
            for (int i = 0; i < text.length(); ++i)
                count += (U_GET_GC_MASK(text.charAt(i)) & U_GC_M_MASK) != 0 ? 1 : 0;
            return count;
        };
        CHECK(marks(after) >= marks(before));
        CHECK(after.length() >= before.length() - before.indexOf(u'\u200D') / 1000 - 2);
        CHECK_FALSE(romanised_form(word).empty());
    }
}

TEST_CASE("Serbian is romanised alike from both alphabets", "[text][spellings]") {
    for (const auto& [cyrillic, latin] :
         std::vector<std::pair<std::string, std::string>>{{"Љубљана", "Ljubljana"},
                                                          {"Његош", "Njegoš"},
                                                          {"Џаковић", "Džaković"},
                                                          {"Ђоковић", "Đoković"},
                                                          {"Вучић", "Vučić"},
                                                          {"жељезница", "željeznica"},
                                                          {"хаубица", "haubica"},
                                                          {"цена", "cena"},
                                                          {"Југославија", "Jugoslavija"}}) {
        CHECK(romanised_form(cyrillic) == romanised_form(latin));
        CHECK(romanised(cyrillic) == romanised(latin));
    }
    CHECK(romanised_form("Љубљана") == "ljubljana");
}

TEST_CASE("No letter that is spoken is lost in the romanised form", "[text][spellings]") {
    CHECK(romanised_form("Əliyev") == "aliyev");
    CHECK(romanised("Məmmədov Gəncədə") == Words{"mammadov", "gancada"});
    CHECK(romanised_form("ընդհանուր").starts_with("end"));
    CHECK(romanised_form("وزیرآباد") == "wzyrabad");
    CHECK(romanised_form("لاہور") == romanised_form("لاهور"));
    CHECK(romanised_form("ڈھاکہ") == "dhakh");
    CHECK(romanised_form("ټولټاکنې") == "twltakne");
    CHECK(romanised_form("Өмүрбек") == "omurbek");
    CHECK(romanised_form("Ұлан") == "ulan");
    CHECK(romanised_form("እስራኤል").starts_with("es"));
    // Scripts that ICU has no rules for
    CHECK(romanised_form("ລາວ") == romanised_form("ลาว"));
    CHECK(romanised_form("ວຽງຈັນ").find("can") != std::string::npos);
    CHECK(romanised_form("කොළඹ") == "kolamba");
    CHECK(romanised_form("ශ්‍රී") == "sri");
    CHECK(romanised_form("ភ្នំពេញ") == "phnampena");
    // Sounds that Latin letters leave out, what makes others soft or hard, and signs: of a pause,
    // of an abbreviation, of what bears a vowel.
    const icu::UnicodeString silent = icu::UnicodeString::fromUTF8("ءעאعьъऽঽઽಽฯຯੲੳੴ");
    for (const char* const language :
         {"af", "ar", "az", "be", "bg",      "bn", "bs",  "ca", "cs", "da", "de", "el",
          "en", "es", "et", "eu", "fa",      "fi", "fil", "fr", "ga", "gl", "gu", "ha",
          "he", "hi", "hr", "hu", "hy",      "id", "ig",  "is", "it", "ja", "ka", "kk",
          "km", "kn", "ko", "ky", "lo",      "lt", "lv",  "mk", "ml", "mn", "mr", "ms",
          "my", "nb", "ne", "nl", "pa",      "pl", "ps",  "pt", "ro", "ru", "si", "sk",
          "sl", "so", "sq", "sr", "sr_Latn", "sv", "sw",  "ta", "te", "tg", "th", "tr",
          "ug", "uk", "ur", "uz", "uz_Cyrl", "vi", "yi",  "yo", "zu", "am"}) {
        UErrorCode status = U_ZERO_ERROR;
        ULocaleData* const data = ulocdata_open(language, &status);
        icu::UnicodeSet letters;
        ulocdata_getExemplarSet(data, letters.toUSet(), USET_CASE_INSENSITIVE, ULOCDATA_ES_STANDARD,
                                &status);
        ulocdata_close(data);
        REQUIRE(U_SUCCESS(status));
        std::string lost;
        for (std::int32_t i = 0; i < letters.getRangeCount(); ++i)
            for (UChar32 c = letters.getRangeStart(i); c <= letters.getRangeEnd(i); ++c) {
                if (u_isalpha(c) == 0 || u_charType(c) == U_MODIFIER_LETTER ||
                    (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 ||
                    silent.indexOf(u_foldCase(c, U_FOLD_CASE_DEFAULT)) >= 0)
                    continue;
                std::string letter;
                icu::UnicodeString(c).toUTF8String(letter);
                if (romanised_form(letter).empty())
                    lost += letter + ' ';
            }
        INFO(language << ": " << lost);
        CHECK(lost.empty());
    }
}
