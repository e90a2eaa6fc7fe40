// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"

#include <array>

namespace bench {
namespace {

constexpr std::size_t consonants = 16;
constexpr std::size_t vowels = 5;
using Consonants = std::array<std::string_view, consonants>;
using Vowels = std::array<std::string_view, vowels>;

constexpr Consonants latin{"b", "d", "f", "g", "h", "k", "l", "m",
                           "n", "p", "r", "s", "t", "v", "z", "sh"};
constexpr Vowels latin_vowels{"a", "e", "i", "o", "u"};

constexpr Consonants cyrillic{"б", "д", "ф", "г", "х", "к", "л", "м",
                              "н", "п", "р", "с", "т", "в", "з", "ш"};
constexpr Consonants cyrillic_capitals{"Б", "Д", "Ф", "Г", "Х", "К", "Л", "М",
                                       "Н", "П", "Р", "С", "Т", "В", "З", "Ш"};
constexpr Vowels cyrillic_vowels{"а", "е", "и", "о", "у"};

constexpr Consonants arabic{"ب", "د", "ف", "غ", "ه", "ك", "ل", "م",
                            "ن", "ب", "ر", "س", "ت", "ف", "ز", "ش"};
constexpr Vowels arabic_vowels{"ا", "ي", "ي", "و", "و"};

constexpr Consonants devanagari{"ब", "द", "फ", "ग", "ह", "क", "ल", "म",
                                "न", "प", "र", "स", "त", "व", "ज", "श"};
constexpr Vowels devanagari_vowels{"ा", "े", "ि", "ो", "ु"};

/// As news agencies write foreign names: one sign for each syllable.
constexpr std::array<Vowels, consonants> han{{
    {"巴", "贝", "比", "博", "布"},
    {"达", "德", "迪", "多", "杜"},
    {"法", "费", "菲", "福", "富"},
    {"加", "格", "吉", "戈", "古"},
    {"哈", "赫", "希", "霍", "胡"},
    {"卡", "克", "基", "科", "库"},
    {"拉", "莱", "利", "洛", "卢"},
    {"马", "梅", "米", "莫", "穆"},
    {"纳", "内", "尼", "诺", "努"},
    {"帕", "佩", "皮", "波", "普"},
    {"罗", "雷", "里", "若", "鲁"},
    {"萨", "塞", "西", "索", "苏"},
    {"塔", "特", "蒂", "托", "图"},
    {"瓦", "韦", "维", "沃", "武"},
    {"扎", "泽", "齐", "佐", "祖"},
    {"沙", "谢", "什", "肖", "舒"},
}};
/// Consonants that end names, and how; the last place means none.
constexpr std::array<std::size_t, 6> endings{8, 10, 11, 6, 5, consonants};
constexpr Consonants han_endings{"",   "", "",   "",   "", "克", "尔", "",
                                 "恩", "", "尔", "斯", "", "",   "",   ""};

void capitalise(std::string& word) {
    if (!word.empty() && word[0] >= 'a' && word[0] <= 'z')
        word[0] = static_cast<char>(word[0] - 'a' + 'A');
}

} // namespace

Name::Name(Draw& draw) {
    const std::size_t count = draw.between(2, 4);
    for (std::size_t i = 0; i < count; ++i)
        syllables_.push_back({static_cast<std::uint8_t>(draw.below(consonants)),
                              static_cast<std::uint8_t>(draw.below(vowels))});
    ending_ = static_cast<std::uint8_t>(endings[draw.below(endings.size())]);
}

std::string Name::in(std::string_view language) const {
    const Consonants* letters = &latin;
    const Vowels* sounds = &latin_vowels;
    if (language == "ru" || language == "uk" || language == "bg" || language == "mk") {
        letters = &cyrillic;
        sounds = &cyrillic_vowels;
    } else if (language == "ar" || language == "fa") {
        letters = &arabic;
        sounds = &arabic_vowels;
    } else if (language == "hi") {
        letters = &devanagari;
        sounds = &devanagari_vowels;
    }
    const bool is_han = language.starts_with("zh") || language == "ja";
    std::string word;
    for (const Syllable& syllable : syllables_) {
        if (is_han) {
            word += han[syllable.consonant][syllable.vowel];
            continue;
        }
        const bool first = word.empty() && letters == &cyrillic;
        word += first ? cyrillic_capitals[syllable.consonant] : (*letters)[syllable.consonant];
        word += (*sounds)[syllable.vowel];
    }
    if (ending_ < consonants)
        word += is_han ? han_endings[ending_] : (*letters)[ending_];
    capitalise(word);
    return word;
}

} // namespace bench
