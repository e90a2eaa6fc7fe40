// SPDX-License-Identifier: Apache-2.0
#include "features/lexical_features.hpp"
#include "features/stems.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace fabula;
using detail::LexicalFeatures;
using detail::Stem;

namespace {

LexicalFeatures features_of(std::string_view text, std::string_view language) {
    static TextAnalyzer analyzer;
    const Article article = test::plain(std::string(text), std::string(language));
    return detail::extract_lexical_features(detail::analyze_article(article, test::default_model(),
                                                                    detail::BoilerplateFilter{},
                                                                    analyzer, Sentences::skip),
                                            article, detail::ModelData::of(test::default_model()));
}

double cosine(std::string_view a, std::string_view b, std::string_view language) {
    return detail::stem_cosine(features_of(a, language), features_of(b, language));
}

} // namespace

TEST_CASE("stems: the forms of a word share one, other words do not") {
    for (const auto& [one, other] :
         std::vector<std::pair<std::string, std::string>>{{"президентом", "президенты"},
                                                          {"wahlkampf", "wahlkampfes"},
                                                          {"elections", "election"},
                                                          {"seçimlerde", "seçimin"},
                                                          {"चुनावों", "चुनावी"},
                                                          {"суд", "суд"}}) {
        INFO(one << ", " << other);
        CHECK(detail::stem_key(one) == detail::stem_key(other));
    }
    CHECK(detail::stem_key("суд") != detail::stem_key("судом")); // too short to be cut
    CHECK(detail::stem_key("strike") != detail::stem_key("street"));
    CHECK((detail::stem_key("strike") & 0xFFU) == 0); // room for the weight
    // Letters, not bytes; bytes that are no UTF-8 are letters, too.
    CHECK(detail::stem_key("ééééé") == detail::stem_key("éééééa"));
    CHECK(detail::stem_key("éééé") != detail::stem_key("ééééa"));
    CHECK(detail::stem_key("\xFF\xFE") != detail::stem_key(""));
}

TEST_CASE("stems: headlines in other forms of the same words are near, others are not") {
    const std::string_view taken = "В Грузии задержан бывший премьер-министр Мерабишвили";
    CHECK(cosine(taken, "Задержание бывшего премьера Грузии Мерабишвили", "ru") > 0.5);
    CHECK(cosine(taken, "Научные работники потребовали отставки министра", "ru") < 0.3);
    CHECK(cosine(taken, taken, "ru") == Approx(1.0));
    CHECK(cosine(taken, "", "ru") == 0);
    CHECK(cosine("12 34", "12 34", "ru") == 0); // numbers are no words
}

TEST_CASE("stems: sorted, distinct, each with a weight, of 160 words at most") {
    std::string text;
    test::Random random{11};
    for (int i = 0; i < 400; ++i)
        text += "wort" + std::to_string(i % 7) +
                std::string(1, static_cast<char>('a' + random.number(26))) +
                std::string(1, static_cast<char>('a' + random.number(26))) + ' ';
    const LexicalFeatures features = features_of(text, "de");
    CHECK_FALSE(features.stems.empty());
    CHECK(features.stems.size() <= 160);
    for (const Article& article : test::example_articles()) {
        const LexicalFeatures example = features_of(article.text, "");
        CHECK(example.stems.size() <= 160);
        double squares = 0;
        for (std::size_t i = 0; i < example.stems.size(); ++i) {
            CHECK(example.stems[i].weight() > 0);
            CHECK((i == 0 || example.stems[i - 1].key() < example.stems[i].key()));
            squares += std::pow(example.stems[i].weight(), 2);
        }
        CHECK(static_cast<double>(example.stems_norm) == Approx(std::sqrt(squares)));
    }
    // What comes after the first words changes nothing but their frequency.
    std::string beginning;
    for (int i = 0; i < 160; ++i)
        beginning += "anfang" + std::to_string(i) + "xyz" +
                     std::string(1, static_cast<char>('a' + i % 26)) + ' ';
    const LexicalFeatures begun = features_of(beginning, "de");
    const LexicalFeatures whole = features_of(beginning + "ganz andere letzte Worte", "de");
    CHECK(std::equal(begun.stems.begin(), begun.stems.end(), whole.stems.begin(), whole.stems.end(),
                     [](const Stem& a, const Stem& b) { return a.bits() == b.bits(); }));
}

TEST_CASE("stems: the sum over shared ones is that of a plain search") {
    test::Random random{3};
    for (int round = 0; round < 200; ++round) {
        const auto some = [&] {
            std::map<std::uint32_t, std::uint8_t> weights;
            const std::size_t count = random.number(160);
            for (std::size_t i = 0; i < count; ++i)
                weights[static_cast<std::uint32_t>(random.number(300)) << 8U] =
                    static_cast<std::uint8_t>(1 + random.number(255));
            return weights;
        };
        const auto a = some();
        const auto b = some();
        const auto list = [](const auto& weights) {
            std::vector<Stem> out;
            for (const auto& [key, weight] : weights)
                out.emplace_back(key, weight);
            return out;
        };
        std::uint32_t expected = 0;
        for (const auto& [key, weight] : a)
            if (const auto found = b.find(key); found != b.end())
                expected += std::uint32_t{weight} * found->second;
        CHECK(detail::shared_stems(list(a), list(b)) == expected);
        CHECK(detail::shared_stems(list(b), list(a)) == expected);
    }
}
