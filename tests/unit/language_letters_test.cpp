// SPDX-License-Identifier: Apache-2.0
#include "language/letters.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace fabula::detail;

TEST_CASE("Han letters are counted by the language that has them") {
    const HanLetters headline = count_han_letters("国 内 総 生 産 年 率 増");
    CHECK(headline.all == 8);
    CHECK(headline.japanese == 3); // 総 産 増
    CHECK(headline.chinese == 0);
    CHECK(headline.is_japanese());

    CHECK(count_han_letters("政 府 を").is_japanese());
    CHECK(count_han_letters("日 銀 の 利 上 げ").is_japanese());
    const HanLetters brand = count_han_letters("优 の 良 品 推 出 新 产 品");
    CHECK(brand.no == 1);
    CHECK(brand.japanese == 0);
    CHECK(brand.chinese == 1); // 产
    CHECK_FALSE(brand.is_japanese());
    CHECK_FALSE(brand.is_chinese());

    const HanLetters chinese = count_han_letters("这 是 我 们 的");
    CHECK(chinese.is_chinese());
    CHECK_FALSE(chinese.is_cantonese());
    CHECK(count_han_letters("唔 係 咁 嘅").is_cantonese());
    CHECK_FALSE(count_han_letters("大 学").is_japanese());
    CHECK_FALSE(count_han_letters("大 学").is_chinese());
}

TEST_CASE("letters say which languages have them") {
    using Languages = std::vector<std::string_view>;
    CHECK(languages_of_letters("київ") == Languages{"uk"});
    CHECK(languages_of_letters("қазақ") == Languages{"kk tg uz"});
    CHECK(languages_of_letters("правительство").empty());
    CHECK(languages_of_letters("ہے") == Languages{"ps sd ur", "ps ur"});
    CHECK(has_tag("ps sd ur", "sd"));
    CHECK(has_tag("ps sd ur", "ur"));
    CHECK_FALSE(has_tag("ps sd ur", "s"));
    CHECK_FALSE(has_tag("", "s"));

    std::string long_text = "ї";
    for (int i = 0; i < 60; ++i) {
        long_text += "ж";
    }
    CHECK(languages_of_letters(long_text).empty()); // one letter of 61 may be in a name
}
