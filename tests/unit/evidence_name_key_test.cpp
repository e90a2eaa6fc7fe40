// SPDX-License-Identifier: Apache-2.0
#include "evidence/article_evidence.hpp"
#include "evidence/name_key.hpp"
#include "support/catch.hpp"

#include <fabula/text.hpp>

#include <set>
#include <string>
#include <vector>

using namespace fabula;
using detail::name_key;

namespace {

std::string key_of(std::string_view word) {
    return name_key(fold(word));
}

} // namespace

TEST_CASE("name key: the romanisations of one name meet") {
    CHECK(name_key("zelenskyj") == "selensk");
    for (const char* name :
         {"Zelenskyy", "Zelensky", "Zelenskiy", "Zelenskij", "Selenskyj", "Selenski", "Zełenski",
          "Zelenskyi", "Зеленський", "Зеленский", "Зеленски", "Зеленського", "Zelenskyys"}) {
        INFO(name);
        CHECK(key_of(name) == "selensk");
    }
    for (const char* name : {"Ilyin", "Iljin", "Ilin", "Ільїн", "Ильин", "Иљин", "Ιλίν"}) {
        INFO(name);
        CHECK(key_of(name) == "ilin");
    }
    CHECK(key_of("Merkel") == key_of("Меркель"));
    CHECK(key_of("Macron") == key_of("Макрон"));
    CHECK(key_of("Wladimir") == key_of("Владимир"));
    CHECK(key_of("Sarıkaya") == key_of("Sarikaya"));
    CHECK(key_of("Mohamed") == key_of("Mohammed"));
    CHECK(key_of("Philippe") == key_of("Filip").append("e"));
}

TEST_CASE("name key: names that differ in sound stay apart") {
    const std::vector<std::string> names{"Macron", "Merkel", "Biden", "Putin", "Erdogan", "Meloni",
                                         "Stubb",  "Tusk",   "Sunak", "Orban", "Sanchez", "Rutte"};
    std::set<std::string> keys;
    for (const std::string& name : names)
        keys.insert(key_of(name));
    CHECK(keys.size() == names.size());
}

TEST_CASE("name key: bounds") {
    CHECK(name_key("").empty());
    CHECK(name_key("h").empty());
    CHECK(name_key("hhhh").empty());
    CHECK(name_key("aaaa") == "a");
    CHECK(name_key("c") == "k");
    CHECK(name_key("p") == "p");
    CHECK(name_key(std::string(1000, 'a') + "b") == "ab");
    CHECK(name_key("abcdefghijklmnop").size() == detail::name_key_letters);
    for (const std::string& word :
         {std::string("zelenskyj"), std::string("philharmonic"), std::string("tzchouphq2026")}) {
        const std::string key = name_key(word);
        CHECK(key.size() <= detail::name_key_letters);
        for (std::size_t i = 0; i < key.size(); ++i) {
            CHECK(((key[i] >= 'a' && key[i] <= 'z') || (key[i] >= '0' && key[i] <= '9')));
            CHECK((i == 0 || key[i] != key[i - 1]));
        }
    }
}

TEST_CASE("term key: numbers and short words have none, ideographs are their own") {
    TextAnalyzer analyzer;
    const auto keys = [&](std::string_view text) {
        std::vector<std::optional<std::uint32_t>> out;
        for (const Token& token : analyzer.analyze(text).tokens)
            out.push_back(detail::term_key(token));
        return out;
    };
    for (const char* none : {"1987", "3,50", "is", "a", "ох"}) {
        INFO(none);
        REQUIRE(keys(none).size() == 1);
        CHECK_FALSE(keys(none)[0]);
    }
    REQUIRE(keys("Ілїн").size() == 1);
    CHECK(keys("Ильин")[0] == keys("Ilyin")[0]);
    CHECK(keys("月")[0].has_value());
    CHECK(keys("月")[0] != keys("火")[0]);
    CHECK(keys("國")[0] == keys("国")[0]);
}
