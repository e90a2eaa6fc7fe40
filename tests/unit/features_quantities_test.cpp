// SPDX-License-Identifier: Apache-2.0
#include "features/quantities/number_words.hpp"
#include "features/quantities/quantities.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace fabula;
using detail::date_key;
using detail::month_key;
using detail::number_key;
using detail::Quantity;
using detail::QuantityKind;

namespace {

std::vector<Quantity> quantities(std::string_view text, std::string_view language) {
    static TextAnalyzer analyzer;
    const AnalyzedText analyzed = analyzer.analyze(text);
    return detail::find_quantities(analyzed, text, language);
}

std::vector<std::uint32_t> keys(std::string_view text, std::string_view language) {
    std::vector<std::uint32_t> out;
    for (const Quantity& quantity : quantities(text, language))
        out.push_back(quantity.key);
    return out;
}

/// What is shown of each, with the first letter of its kind.
std::vector<std::string> shown(std::string_view text, std::string_view language) {
    std::vector<std::string> out;
    for (const Quantity& quantity : quantities(text, language))
        out.push_back(std::string(1, "nymd"[static_cast<std::size_t>(quantity.kind)]) + ':' +
                      std::string(text.substr(quantity.range.begin,
                                              quantity.range.end - quantity.range.begin)));
    return out;
}

using Keys = std::vector<std::uint32_t>;
using Shown = std::vector<std::string>;

} // namespace

TEST_CASE("quantities: one story's facts have the same keys in every language") {
    // 1.5 million; 3.1 billion; 380,000; 7.5; 24 February; 2022.
    struct Report {
        const char* language;
        const char* text;
    };
    const Report reports[] = {
        {"en", "$1.5 million, then 3.1bn and 380,000 at 7.5 on 24 February 2022"},
        {"en", "1,500,000, then £3.1 billion and 380,000 at 7.5 on February 24th, 2022"},
        {"de", "1,5 Mio. Euro, 3,1 Milliarden und 380.000 bei 7,5 am 24. Februar 2022"},
        {"fr", "1,5 million, 3,1 milliards et 380 000 à 7,5 le 24 février 2022"},
        {"es", "1,5 millones, 3.100 millones y 380.000 a 7,5 el 24 de febrero de 2022"},
        {"es", "1,5 millones, 3,1 mil millones y 380 000 a 7,5 el 24 de febrero de 2022"},
        {"it", "1,5 milioni, 3,1 miliardi e 380mila, a 7,5 il 24 febbraio 2022"},
        {"pt", "1,5 milhão, 3,1 bilhões e 380 mil a 7,5 em 24 de fevereiro de 2022"},
        {"ca", "1,5 milions, 3.100 milions i 380.000 a 7,5 el 24 de febrer de 2022"},
        {"ro", "1,5 milioane, 3,1 miliarde și 380 de mii la 7,5 pe 24 februarie 2022"},
        {"ru", "1,5 миллиона, 3,1 млрд и 380 тысяч при 7,5 балла 24 февраля 2022 года"},
        {"uk", "1,5 мільйона, 3,1 мільярда і 380 тис. при 7,5 бала 24 лютого 2022 року"},
        {"pl", "1,5 miliona, 3,1 mld i 380 tys. przy 7,5 stopnia 24 lutego 2022"},
        {"cs", "1,5 milionu, 3,1 miliardy a 380 000 při 7,5 stupně 24. února 2022"},
        {"sr", "1,5 милион, 3,1 милијарде и 380.000 на 7,5 степени 24. фебруара 2022."},
        {"hr", "1,5 milijuna, 3,1 milijarde i 380 tisuća na 7,5 stupnjeva 24. veljače 2022."},
        {"el", "1,5 εκατομμύριο, 3,1 δισ. και 380.000 στα 7,5 στις 24 Φεβρουαρίου 2022"},
        {"tr", "1,5 milyon, 3,1 milyar ve 380 bin kişi 7,5 ile 24 Şubat 2022'de"},
        {"fi", "1,5 miljoonaa, 3,1 miljardia ja 380 000 voimakkuus 7,5 ja 24. helmikuuta 2022"},
        {"sv", "1,5 miljoner, 3,1 miljarder och 380 000 vid 7,5 den 24 februari 2022"},
        {"nb", "1,5 millioner, 3,1 milliarder og 380 000 ved 7,5 den 24. februar 2022"},
        {"lv", "1,5 miljoni, 3,1 miljards un 380 000 ar 7,5 ballēm 24. februārī, 2022."},
        {"ar", "1.5 مليون و 3.1 مليار و 380 ألف بقوة 7.5 يوم 24 فبراير 2022"},
        {"ar", "١٫٥ مليون و ٣٫١ مليار و ٣٨٠٬٠٠٠ بقوة ٧٫٥ يوم ٢٤ شباط ٢٠٢٢"},
        {"fa", "۱٫۵ میلیون، ۳٫۱ میلیارد، ۳۸۰ هزار، ۷٫۵ ریشتر، ۲۴ فوریه ۲۰۲۲"},
        {"he", "1.5 מיליון, 3.1 מיליארד, 380 אלף, 7.5 ו-24 בפברואר 2022"},
        {"hi", "15 लाख, 3.1 अरब, 3,80,000 और 7.5, 24 फ़रवरी 2022"},
        {"hi", "१५ लाख, ३.१ बिलियन, ३८० हज़ार और ७.५, २४ फरवरी २०२२"},
        {"th", "1.5 ล้าน 3.1 พันล้าน 380,000 ขนาด 7.5 วันที่ 24 กุมภาพันธ์ 2022"},
        {"th", "๑.๕ ล้าน ๓,๑๐๐ ล้าน ๓.๘ แสน ขนาด ๗.๕ วันที่ ๒๔ กุมภาพันธ์ พ.ศ. ๒๕๖๕"},
        {"vi", "1,5 triệu, 3,1 tỷ, 380.000, cường độ 7,5, ngày 24 tháng 2 năm 2022"},
        {"id", "1,5 juta, 3,1 miliar, 380 ribu, 7,5 skala pada 24 Februari 2022"},
        {"ja", "150万、31億、38万、7.5、2月24日、2022年"},
        {"ja", "１５０万、三十一億、三十八万、７．５、二月二十四日、二〇二二年"},
        {"zh", "150万，31亿，38万，7.5级，2月24日，2022年"},
        {"zh-Hant", "150 萬、31 億、38 萬、7.5 級、2 月 24 日、2022 年"},
        {"ko", "150만, 31억, 38만명에, 7.5, 2월 24일, 2022년"},
        {"ka", "1,5 მილიონი, 3,1 მილიარდი, 380 ათასი, 7,5, 24 თებერვალს 2022"},
        {"hy", "1,5 միլիոն, 3,1 միլիարդ, 380 հազար, 7,5, փետրվարի 24, 2022"},
        {"hu", "1,5 millió, 3,1 milliárd, 380 ezer, 7,5, február 24-én, 2022"},
        {"lt", "1,5 mln., 3,1 mlrd., 380 tūkst., 7,5, vasario 24 d., 2022"},
        {"eu", "1,5 milioi, 3.100 milioi, 380.000, 7,5, otsailaren 24an, 2022"},
        {"bn", "১৫ লাখ, ৩১০ কোটি, ৩,৮০,০০০, ৭.৫, ২৪ ফেব্রুয়ারি ২০২২"},
        {"de", "1'500'000, 3'100'000'000, 380'000, 7.5, 24.02.2022"},
        {"und", "1,500,000; 3.100.000.000; 380\u202F000; 7,5; 2022-02-24"},
    };
    Keys expected{number_key(15, 5),  number_key(31, 8), number_key(380'000),
                  number_key(75, -1), date_key(2, 24),   number_key(2022)};
    std::sort(expected.begin(), expected.end());
    for (const Report& report : reports) {
        INFO(report.language << ' ' << report.text);
        Keys found = keys(report.text, report.language);
        std::sort(found.begin(), found.end());
        CHECK(found == expected);
    }
}

TEST_CASE("quantities: separators are told by shape") {
    const auto one = [](const char* text, std::uint32_t key) {
        INFO(text);
        for (const char* language : {"en", "de", "und"})
            CHECK(keys(text, language) == Keys{key});
    };
    one("1,234", number_key(1234));
    one("1.234", number_key(1234)); // in any language
    one("1 234 567", number_key(1'234'567));
    one("1\u00A0234,5", number_key(12345, -1));
    one("1’234.5", number_key(12345, -1));
    one("12,34,567", number_key(1'234'567));
    one("1,50,000.25", number_key(15'000'025, -2));
    one("1.234,5", number_key(12345, -1));
    one("1,234.5", number_key(12345, -1));
    one("0.123", number_key(123, -3));
    one("0,123", number_key(123, -3));
    one("12.50", number_key(125, -1)); // a zero at the end says nothing
    one("1234.567", number_key(1'234'567, -3));
    one("٤٢", number_key(42));
    one("௪௨", number_key(42));
    one("0800", number_key(800));
    // Nothing that can be one number.
    CHECK(keys("50,60,70", "en") == Keys{number_key(50), number_key(60), number_key(70)});
    CHECK(keys("127.10.20.31", "en") ==
          Keys{number_key(127), number_key(10), number_key(20), number_key(31)});
    CHECK(keys("10-12 and 19:30", "en") ==
          Keys{number_key(10), number_key(12), number_key(19), number_key(30)});
    CHECK(keys("2018 300", "en") == Keys{number_key(2018), number_key(300)});
    CHECK(keys("12\n300", "en") == Keys{number_key(12), number_key(300)});
    // Before a power of ten the language decides.
    CHECK(keys("1.234 million", "en") == Keys{number_key(1'234'000)});
    CHECK(keys("1,234 million", "en") == Keys{number_key(1'234'000'000)});
    CHECK(keys("1.234 Millionen", "de") == Keys{number_key(1'234'000'000)});
    CHECK(keys("1,234 Millionen", "de") == Keys{number_key(1'234'000)});
}

TEST_CASE("quantities: words for powers of ten") {
    CHECK(shown("£125m, €3.1billion ($3.6bn), 5 m of $5 m and 15-lakh", "en") ==
          Shown{"n:125m", "n:3.1billion", "n:3.6bn", "n:5 m", "n:15-lakh"});
    CHECK(keys("12 billion", "en") == Keys{number_key(12'000'000'000)});
    CHECK(keys("12 billions", "fr") == Keys{number_key(12'000'000'000'000)});
    CHECK(keys("12 Billionen", "de") == Keys{number_key(12'000'000'000'000)});
    CHECK(keys("200 mil a 200 mil. Kč", "cs") == Keys{number_key(200), number_key(200'000'000)});
    CHECK(keys("20 mil personas", "es") == Keys{number_key(20'000)});
    CHECK(keys("1 करोड़ 50 लाख", "hi") == Keys{number_key(15'000'000)});
    CHECK(keys("1億5000万円、2万5千", "ja") == Keys{number_key(150'000'000), number_key(25'000)});
    CHECK(keys("37만 5,000달러, 22 억 5 천만, 2만5000명", "ko") ==
          Keys{number_key(375'000), number_key(2'250'000'000), number_key(25'000)});
    CHECK(keys("3万亿", "zh") == Keys{number_key(3, 12)});
    CHECK(keys("30 тысяч, 30 тыс.", "ru") == Keys{number_key(30'000), number_key(30'000)});
    // Another language's words say nothing.
    CHECK(keys("30 тысяч", "en") == Keys{number_key(30)});
    CHECK(keys("15 million", "und") == Keys{number_key(15)});
    // Words further on belong to something else.
    CHECK(keys("30, million", "en") == Keys{number_key(30)});
    CHECK(keys("30\nmillion", "en") == Keys{number_key(30)});
}

TEST_CASE("quantities: Chinese numerals only where they are numbers") {
    CHECK(shown("十五人、二千人、三十、第二十四", "ja") ==
          Shown{"n:十五", "n:二千", "n:三十", "n:二十四"});
    CHECK(keys("一百零五 一亿五千万 一万亿 二十四", "zh") ==
          Keys{number_key(105), number_key(150'000'000), number_key(1, 12), number_key(24)});
    CHECK(keys("百分之二十五", "zh") == Keys{number_key(25)});
    CHECK(keys("十分 千万不要 万一 三分之二 数十万 二三十人 三か月 三个月 一人", "zh").empty());
    CHECK(keys("十人", "zh") == Keys{number_key(10)});
    CHECK(keys("二〇二二年", "zh") == Keys{number_key(2022)});
    CHECK(keys("三月、十月三日", "ja") == Keys{month_key(3), date_key(10, 3)});
}

TEST_CASE("quantities: months and days") {
    const Keys day{date_key(2, 24)};
    for (const char* text : {"24 February", "February 24", "24th of February", "Feb. 24", "24 Feb"})
        CHECK(keys(text, "en") == day);
    CHECK(keys("Sept. 11", "en") == Keys{date_key(9, 11)});
    CHECK(keys("24-го февраля", "ru") == day);
    CHECK(keys("24 de fevereiro", "pt") == day);
    CHECK(keys("8 d'abril", "ca") == Keys{date_key(4, 8)});
    CHECK(keys("1er mars", "fr") == Keys{date_key(3, 1)});
    CHECK(keys("24 كانون الثاني", "ar") == Keys{date_key(1, 24)});
    CHECK(keys("24 ก.พ.", "th") == day);
    CHECK(keys("24 veljače i 24. februara", "hr") == Keys{day[0], day[0]});
    CHECK(keys("ngày 24/2", "vi") == day);
    CHECK(shown("2月24日と2月", "ja") == Shown{"d:2月24日", "m:2月"});
    CHECK(shown("le 24 février 2022", "fr") == Shown{"d:24 février", "y:2022"});

    SECTION("in digits") {
        const Keys full{date_key(2, 24), number_key(2022)};
        for (const char* text : {"24.02.2022", "24/02/2022", "02/24/2022", "24-2-2022"})
            CHECK(keys(text, "en") == full);
        CHECK(keys("2022-02-24", "en") == Keys{number_key(2022), date_key(2, 24)});
        CHECK(keys("03/04/2022", "fr") == Keys{date_key(4, 3), number_key(2022)});
        CHECK(keys("03/04/2022", "en") == Keys{number_key(2022)}); // April or March
        CHECK(keys("04/04/2022", "en") == Keys{date_key(4, 4), number_key(2022)});
        CHECK(keys("32.13.2022", "de") == Keys{number_key(32), number_key(13), number_key(2022)});
    }
    SECTION("names that are other words need a neighbour") {
        CHECK(keys("They may march on August Street", "en") == Keys{month_key(8)});
        CHECK(keys("It may be that in May 2021 or on 3 May", "en") ==
              Keys{month_key(5), number_key(2021), date_key(5, 3)});
        CHECK(keys("5 march in, 5 March", "en") == Keys{date_key(3, 5)});
        CHECK(keys("elokuva elokuussa", "fi") == Keys{month_key(8)});
        CHECK(keys("20 травм, 5 червоних, у травні", "uk") == Keys{number_key(20), month_key(5)});
        CHECK(keys("červená v červnu", "cs") == Keys{month_key(6)});
    }
    SECTION("inflected") {
        CHECK(keys("в феврале", "ru") == Keys{month_key(2)});
        CHECK(keys("у лютому 2022", "uk") == Keys{month_key(2), number_key(2022)});
        CHECK(keys("we wrześniu", "pl") == Keys{month_key(9)});
        CHECK(keys("septembrī", "lv") == Keys{month_key(9)});
        CHECK(keys("სექტემბერში", "ka") == Keys{month_key(9)});
    }
    SECTION("no date across a gap") {
        CHECK(keys("24 ships in February", "en") == Keys{number_key(24), month_key(2)});
        CHECK(keys("24\nFebruary", "en") == Keys{number_key(24), month_key(2)});
        CHECK(keys("in June. 24 people", "en") == Keys{month_key(6), number_key(24)});
        CHECK(keys("at 24. February was", "en") == Keys{number_key(24), month_key(2)});
        CHECK(keys("40 февраля", "ru") == Keys{number_key(40), month_key(2)});
    }
}

TEST_CASE("quantities: years") {
    CHECK(shown("1899 1900 1,950 2000 2,000 2099 2100 1990s", "en") ==
          Shown{"n:1899", "y:1900", "y:1,950", "n:2000", "n:2,000", "y:2099", "n:2100", "y:1990"});
    CHECK(keys("2,000", "en") == keys("2000", "en"));
    CHECK(keys("24 กุมภาพันธ์ 2565, พ.ศ. 2565 และ 2,565", "th") ==
          Keys{date_key(2, 24), number_key(2022), number_key(2022), number_key(2565)});
}

TEST_CASE("quantities: years of other calendars") {
    const Keys year{number_key(2026)};
    const auto has_year = [&](const char* text, const char* language) {
        const Keys found = keys(text, language);
        return std::find(found.begin(), found.end(), year.front()) != found.end();
    };
    for (const char* text : {"令和8年", "令和８年", "令和八年", "2026年", "二〇二六年"}) {
        INFO(text);
        CHECK(keys(text, "ja") == year);
    }
    CHECK(keys("令和8年3月4日", "ja") == Keys{number_key(2026), date_key(3, 4)});
    CHECK(keys("令和元年、平成31年、平成三十一年", "ja") ==
          Keys{number_key(2019), number_key(2019), number_key(2019)});
    CHECK(keys("昭和64年と平成元年、昭和20年、大正12年、明治元年", "ja") ==
          Keys{number_key(1989), number_key(1989), number_key(1945), number_key(1923),
               number_key(1868)});
    CHECK(keys("8年ぶり、元年、10年後", "ja") == Keys{number_key(10)});
    CHECK(keys("民國115年", "zh-Hant") == year);
    CHECK(keys("民國 115 年、中華民國一百一十五年", "zh") == Keys{year[0], year[0]});
    CHECK(keys("115年", "zh") == Keys{number_key(115)});
    CHECK(keys("주체115년", "ko") == year);
    for (const char* text : {"ปี 2569", "ปี2569", "พ.ศ. 2569", "ปี พ.ศ. ๒๕๖๙", "พุทธศักราช 2569"}) {
        INFO(text);
        CHECK(keys(text, "th") == year);
    }
    CHECK(keys("วันที่ 4 มีนาคม 2569, 4/3/2569", "th") ==
          Keys{date_key(3, 4), year[0], date_key(3, 4), year[0]});
    CHECK(keys("2569 คน", "th") == Keys{number_key(2569)});
    CHECK(keys("ພ.ສ. 2569", "lo") == year);
    CHECK(keys("ព.ស. ២៥៦៩", "km") == year);
    // Iranian years, which begin in March, and dates
    CHECK(keys("۱۴۰۴", "fa") == Keys{number_key(2025), number_key(2026)});
    CHECK(has_year("سال ۱۴۰۴", "ps"));
    CHECK(has_year("۱۴۰۴ هجری شمسی", "und"));
    CHECK(keys("۱۳ اسفند ۱۴۰۴", "fa") == Keys{date_key(3, 4), number_key(2026)});
    CHECK(keys("۱۳ اسفندماه ۱۴۰۴", "fa") == Keys{date_key(3, 4), number_key(2026)});
    CHECK(keys("۱ فروردین ۱۴۰۴ و ۲۲ بهمن ۱۳۵۷", "fa") ==
          Keys{date_key(3, 21), number_key(2025), date_key(2, 11), number_key(1979)});
    CHECK(keys("۱۳ حوت ۱۴۰۴", "fa") == Keys{date_key(3, 4), number_key(2026)});
    CHECK(keys("۱۴۰۴/۱۲/۱۳", "fa") == Keys{number_key(2026), date_key(3, 4)});
    CHECK(keys("۱۴۰۰ نفر در ۲۰۲۶", "ar") == Keys{number_key(1400), number_key(2026)});
    CHECK(keys("1404 people", "en") == Keys{number_key(1404)});
    // Islamic, Ethiopian, Nepalese, Bengali
    for (const char* text : {"1447 هـ", "١٤٤٧هـ", "1447 للهجرة"}) {
        INFO(text);
        CHECK(keys(text, "ar") == Keys{number_key(2025), number_key(2026)});
    }
    CHECK(has_year("2018 ዓ.ም", "am"));
    CHECK(keys("እ.ኤ.አ. 2026 ዓ.ም", "am") == year);
    CHECK(has_year("२०८२", "ne"));
    CHECK(has_year("১৪৩২ বঙ্গাব্দ", "bn"));
}

TEST_CASE("quantities: the decimal point of Japanese newspapers") {
    for (const char* text : {"3・5％", "３・５％", "3.5%", "3･5%", "3・5ポイント"}) {
        INFO(text);
        CHECK(keys(text, "ja") == Keys{number_key(35, -1)});
    }
    CHECK(keys("12・5万人", "ja") == Keys{number_key(125'000)});
    CHECK(keys("11・12月と3・11、10・20・30％", "ja") == Keys{number_key(11), month_key(12),
                                                              number_key(11), number_key(10),
                                                              number_key(20), number_key(30)});
}

TEST_CASE("quantities: numbers behind conjunctions") {
    CHECK(keys("و12", "ar") == Keys{number_key(12)});
    CHECK(keys("و1.2 مليار", "ar") == Keys{number_key(12, 8)});
    CHECK(keys("ו12 ב-12", "he") == Keys{number_key(12), number_key(12)});
    CHECK(keys("รถบัสคว่ำดับ24รายบาดเจ็บ12คน", "th") == Keys{number_key(24), number_key(12)});
}

TEST_CASE("quantities: what is none") {
    CHECK(keys("", "en").empty());
    CHECK(keys("F125, G20 and 7 of 9, 5,6,7, 0, m² and 갤럭시S21", "ko").empty());
    CHECK(keys("two million", "en").empty());
    CHECK(shown("a 44-year-old, 30th, 80s, 72km, 약300명", "ko") ==
          Shown{"n:44", "n:30", "n:80", "n:72", "n:300"});
}

TEST_CASE("quantities: in order, within the text, and whole for any bytes") {
    std::string hostile = "12\xFF 300\xC3, 1.\x80 5, \xE2\x80 24 Febru\xFF"
                          "ary 1\xC2\xA0 000 \xF0\x9F";
    hostile += std::string("7\0"
                           "8 99",
                           6) +
               "\xE3\x80 \xEF\xBC 三\xE5 十\xE5\x8D";
    std::uint32_t state = 1;
    for (int i = 0; i < 20'000; ++i) {
        state = state * 1664525U + 1013904223U;
        constexpr std::string_view parts[] = {
            "1",  "23", ".",  ",",  " ",  "000", "'",   "\xC2\xA0", "-",    "/",        "万", "億",
            "月", "日", "三", "十", "만", "5 ",  "May", "million ", "\xFF", "\xE4\xB8", "٫",  "\n"};
        hostile += parts[(state >> 16U) % std::size(parts)];
    }
    for (const char* language : {"en", "ko", "hi", "ja", "und", "x-y", "", "@@@", "zzz"}) {
        std::size_t last = 0;
        for (const Quantity& quantity : quantities(hostile, language)) {
            if (quantity.range.begin < last || quantity.range.end <= quantity.range.begin ||
                quantity.range.end > hostile.size())
                FAIL(language << ' ' << quantity.range.begin << ' ' << quantity.range.end);
            last = quantity.range.begin;
        }
        CHECK(last > 0);
        CHECK(keys(hostile, language) == keys(hostile, language));
    }
}

TEST_CASE("quantities: numbers of any length, in linear time") {
    const std::string long_one = "1" + std::string(400'000, '0');
    CHECK(keys(long_one, "en") == Keys{number_key(1, 400'000)});
    const std::string digits(400'000, '7');
    const std::string others = "8" + digits;
    CHECK(keys(digits, "en").size() == 1);
    CHECK(keys(digits, "en") != keys(others, "en"));
    CHECK(keys(digits + " million", "en") != keys(digits, "en"));
    CHECK(quantities(digits, "en").front().range == ByteRange{0, digits.size()});
    std::string grouped = "1";
    for (int i = 0; i < 50'000; ++i)
        grouped += ",000";
    CHECK(keys(grouped, "en").size() < 50'000);
    std::string characters;
    for (int i = 0; i < 20'000; ++i)
        characters += "億九";
    CHECK(keys(characters, "ja").size() < 2);
}

TEST_CASE("number words: for any tag and from any thread") {
    CHECK(&detail::number_words("de") == &detail::number_words("DE-at"));
    CHECK(&detail::number_words("xx") == &detail::number_words("a-very-odd_tag"));
    CHECK(detail::number_words("en").magnitude("million").power == 6);
    CHECK(detail::number_words("en").magnitude("").power == 0);
    CHECK(detail::number_words("uk").month("лютого").month == 2);
    CHECK(detail::number_words("de").decimal_separator() == U',');
    std::vector<std::thread> threads;
    std::vector<const detail::NumberWords*> found(4);
    for (const detail::NumberWords*& words : found)
        threads.emplace_back([&words] { words = &detail::number_words("sw"); });
    for (std::thread& thread : threads)
        thread.join();
    for (const detail::NumberWords* words : found)
        CHECK(words == &detail::number_words("sw"));
    CHECK(found.front()->month("februari").month == 2);
}
