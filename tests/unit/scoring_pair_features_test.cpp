// SPDX-License-Identifier: Apache-2.0
#include "scoring/pair_features.hpp"
#include "scoring/pair_model.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <set>

using namespace fabula;
using detail::LexicalFeatures;
using detail::measure_pair;
using detail::PairFeature;
using detail::PairFeatures;

namespace {

LexicalFeatures evidence_of(const Article& article) {
    static TextAnalyzer analyzer;
    const detail::BoilerplateFilter boilerplate;
    return detail::extract_lexical_features(detail::analyze_article(article, test::default_model(),
                                                                    boilerplate, analyzer,
                                                                    Sentences::skip),
                                            article, detail::ModelData::of(test::default_model()));
}

LexicalFeatures bare(std::uint32_t words, int language = 0) {
    LexicalFeatures out;
    out.words = words;
    out.language = language;
    return out;
}

} // namespace

TEST_CASE("pair features: symmetric and within their ranges on all example pairs") {
    std::vector<LexicalFeatures> lexical;
    for (const Article& article : test::example_articles())
        lexical.push_back(evidence_of(article));
    lexical.push_back(evidence_of(Article{}));
    const auto in_unit_range = [](double value) { return value >= 0 && value <= 1; };
    for (const LexicalFeatures& a : lexical)
        for (const LexicalFeatures& b : lexical) {
            const PairFeatures features = measure_pair(a, b, 0.7);
            bool good = features.values == measure_pair(b, a, 0.7).values;
            good &= features[PairFeature::bias] == 1;
            good &= features[PairFeature::s_norm] + features[PairFeature::cross_s_norm] == 0.7;
            for (const auto feature :
                 {PairFeature::length, PairFeature::cross_length, PairFeature::cross_language,
                  PairFeature::terms, PairFeature::stems, PairFeature::stems_length,
                  PairFeature::cross_words, PairFeature::unmatched_names,
                  PairFeature::cross_unmatched_names, PairFeature::unmatched_dates,
                  PairFeature::form, PairFeature::form_terms, PairFeature::form_names,
                  PairFeature::form_dates})
                good &= in_unit_range(features[feature]);
            for (const auto feature :
                 {PairFeature::names, PairFeature::cross_names, PairFeature::shared_numbers,
                  PairFeature::unmatched_numbers, PairFeature::form_numbers})
                good &= features[feature] >= 0 && std::isfinite(features[feature]);
            // What is of one language, and what is of two.
            const bool cross = a.language != b.language;
            for (const auto feature :
                 {PairFeature::s_norm, PairFeature::s_norm_length, PairFeature::length,
                  PairFeature::terms, PairFeature::stems, PairFeature::stems_length,
                  PairFeature::names, PairFeature::unmatched_names, PairFeature::form,
                  PairFeature::form_s_norm})
                good &= !cross || features[feature] == 0;
            for (const auto feature : {PairFeature::cross_language, PairFeature::cross_s_norm,
                                       PairFeature::cross_s_norm_length, PairFeature::cross_length,
                                       PairFeature::cross_names, PairFeature::cross_words,
                                       PairFeature::cross_unmatched_names})
                good &= cross || features[feature] == 0;
            good &= std::isfinite(features[PairFeature::time_gap]);
            if (!good)
                FAIL("a pair of languages " << a.language << " and " << b.language);
        }
}

TEST_CASE("pair features: length of the shorter article") {
    const auto length = [](std::uint32_t a, std::uint32_t b) {
        return measure_pair(bare(a), bare(b), 0.5)[PairFeature::length];
    };
    CHECK(length(0, 1000) == 0);
    CHECK(length(1, 1000) == 0);
    CHECK(length(20, 1000) > 0.5);
    CHECK(length(20, 1000) < 0.6);
    CHECK(length(200, 1000) == 1);
    CHECK(length(5000, 1000) == 1);
    CHECK(measure_pair(bare(200), bare(1000), -0.5)[PairFeature::s_norm_length] == -0.5);
}

TEST_CASE("pair features: terms count by whether the languages differ") {
    LexicalFeatures a = bare(100, 1);
    a.terms = {{7, 60, true}, {9, 80, false}, {11, 0.001F, true}};
    detail::measure_terms(a);
    LexicalFeatures b = bare(100, 1);
    b.terms = {{7, 30, true}, {9, 40, true}};
    detail::measure_terms(b);
    PairFeatures features = measure_pair(a, b, 0);
    CHECK(features[PairFeature::cross_language] == 0);
    CHECK(features[PairFeature::terms] == Approx(1).margin(1e-6));
    CHECK(features[PairFeature::cross_names] == 0);
    CHECK(features[PairFeature::cross_words] == 0);
    b.language = 2;
    features = measure_pair(a, b, 0);
    CHECK(features[PairFeature::cross_language] == 1);
    CHECK(features[PairFeature::terms] == 0);
    // 7 is a name in both, 9 in one alone.
    CHECK(features[PairFeature::cross_names] == Approx(std::log(1 + 60.0 * 30)));
    CHECK(features[PairFeature::names] == 0);
    CHECK(features[PairFeature::cross_words] == Approx(std::sqrt(80.0 * 40 / (100.0 * 50))));
}

TEST_CASE("pair features: names that only one of the two has speak against, in both directions") {
    LexicalFeatures a = bare(100);
    a.terms = {{1, 60, true}, {2, 60, true}};
    LexicalFeatures b = bare(100);
    b.terms = {{3, 60, true}, {4, 60, true}, {5, 60, true}};
    detail::measure_terms(a);
    detail::measure_terms(b);
    CHECK(measure_pair(a, b, 0)[PairFeature::unmatched_names] == 1);
    CHECK(measure_pair(b, a, 0)[PairFeature::unmatched_names] == 1);
    b.terms = {{1, 60, true}, {2, 60, true}, {5, 60, true}};
    detail::measure_terms(b);
    CHECK(measure_pair(a, b, 0)[PairFeature::unmatched_names] == Approx(0).margin(1e-6));
    a.terms = {{6, 6, true}}; // little weight to lack
    detail::measure_terms(a);
    CHECK(measure_pair(a, b, 0)[PairFeature::unmatched_names] == Approx(0.3));
    a.terms.clear();
    detail::measure_terms(a);
    CHECK(measure_pair(a, b, 0)[PairFeature::unmatched_names] == 0);
}

TEST_CASE("pair features: names that no spelling makes meet do not speak against as much") {
    LexicalFeatures a = bare(100, 1);
    a.terms = {{1, 60, true}, {2, 60, true}};
    detail::measure_terms(a);
    LexicalFeatures b = bare(100, 2);
    b.terms = {{3, 60, true}, {4, 60, true}};
    detail::measure_terms(b);
    const auto unmatched = [&] {
        return measure_pair(a, b, 0)[PairFeature::cross_unmatched_names];
    };
    CHECK(unmatched() == 1);
    b.has_unspelled_names = true;
    CHECK(unmatched() == 0.5);
    a.has_unspelled_names = true;
    CHECK(unmatched() == 1);
    b.terms = {{3, 6, true}}; // little weight to lack
    detail::measure_terms(b);
    a.has_unspelled_names = false;
    CHECK(unmatched() == Approx(0.3 * 0.5 + 0.7 * 0.4));
}

TEST_CASE("pair features: in two languages, no names are no sign of one story") {
    LexicalFeatures a = bare(100, 1);
    a.terms = {{1, 60, true}, {2, 60, true}};
    detail::measure_terms(a);
    LexicalFeatures b = bare(10, 2);
    const auto unmatched = [&] {
        return measure_pair(a, b, 0)[PairFeature::cross_unmatched_names];
    };
    CHECK(unmatched() == 0.4);
    CHECK(measure_pair(b, a, 0)[PairFeature::cross_unmatched_names] == 0.4);
    b.terms = {{1, 2, true}}; // a country that both name: hardly more than none
    detail::measure_terms(b);
    CHECK(unmatched() == Approx(0.9 * 0.4));
    b.terms = {{1, 20, true}};
    detail::measure_terms(b);
    CHECK(unmatched() == Approx(0).margin(1e-6));
}

TEST_CASE("pair features: which articles write names in signs that are no spelling") {
    const auto is_unspelled = [](const char* text, const char* tag) {
        return evidence_of(test::plain(text, tag)).has_unspelled_names;
    };
    CHECK(is_unspelled("国家主席习近平周二在北京会见挪威首相斯特勒。", "zh"));
    CHECK_FALSE(is_unspelled("Statsminister Støre møtte Xi Jinping i Beijing tirsdag.", "nb"));
    CHECK_FALSE(is_unspelled("Премьер-министр Стёре встретился с Си Цзиньпином в Пекине.", "ru"));
    CHECK_FALSE(is_unspelled("", "zh"));
}

TEST_CASE("pair features: a term weighs what it tells beyond an ordinary word") {
    const auto weight = [](const char* text) {
        const LexicalFeatures found = evidence_of(test::plain(text, "en"));
        REQUIRE(found.terms.size() == 1);
        return static_cast<double>(found.terms.front().weight());
    };
    const double unknown = weight("Zvorkhaltin"); // no list has it
    CHECK(unknown == Approx(14));
    CHECK(weight("Zvorkhaltin Zvorkhaltin") == Approx(14 * (1 + std::log(2.0))));
    CHECK(weight("Russia") > 0);
    CHECK(weight("Russia") < 0.6 * unknown); // of ln(1 / p), it has more than two thirds
}

TEST_CASE("pair features: numbers of the article with fewer") {
    LexicalFeatures a = bare(100);
    LexicalFeatures b = bare(100);
    a.numbers = {1, 2, 3};
    b.numbers = {2, 3, 5, 7, 11};
    const PairFeatures features = measure_pair(a, b, 0);
    CHECK(features[PairFeature::shared_numbers] == Approx(std::log(3.0)));
    CHECK(features[PairFeature::unmatched_numbers] == Approx(std::log(2.0)));
    b.numbers.clear();
    CHECK(measure_pair(a, b, 0)[PairFeature::shared_numbers] == 0);
    CHECK(measure_pair(a, b, 0)[PairFeature::unmatched_numbers] == 0);
}

TEST_CASE("pair features: the time gap by its nearness, 0 without dates") {
    using namespace std::chrono;
    const detail::TimeNearness nearness;
    LexicalFeatures a = bare(100);
    LexicalFeatures b = bare(100);
    a.published = sys_seconds{seconds{1'700'000'000}};
    b.published = *a.published - days{2};
    CHECK(measure_pair(a, b, 0)[PairFeature::time_gap] == nearness.of(days{2}));
    CHECK(measure_pair(b, a, 0)[PairFeature::time_gap] == nearness.of(days{2}));
    b.published.reset();
    CHECK(measure_pair(a, b, 0)[PairFeature::time_gap] == 0);
    a.published = sys_seconds::min();
    b.published = sys_seconds::max();
    const double farthest = measure_pair(a, b, 0)[PairFeature::time_gap];
    CHECK(farthest >= -1);
    CHECK(farthest < -0.8);
}

TEST_CASE("pair features: a form is what says the same but for its fillings") {
    const auto results = [](const std::string& company, const std::string& figures) {
        Article out;
        out.text = company + " said on Tuesday that its net profit for the third quarter rose to " +
                   figures +
                   " million crowns, helped by lower costs and a weaker currency, and that it "
                   "expects the market to grow further in the year ahead.";
        out.language = "en";
        return evidence_of(out);
    };
    const LexicalFeatures a = results("Orklund", "412");
    const LexicalFeatures b = results("Mowinckel", "977");
    const PairFeatures fillings = measure_pair(a, b, 0.8);
    CHECK(fillings[PairFeature::form] > 0.9);
    CHECK(fillings[PairFeature::form_numbers] > 0.6);
    CHECK(fillings[PairFeature::form_s_norm] == 0.8 * fillings[PairFeature::form]);
    CHECK(measure_pair(a, a, 0.8)[PairFeature::form_numbers] == 0);
    Article other;
    other.text = "Higher sales abroad lifted the earnings of Orklund to 412 million crowns, its "
                 "best autumn yet.";
    other.language = "en";
    CHECK(measure_pair(a, evidence_of(other), 0.8)[PairFeature::form] < 0.2);
}

TEST_CASE("pair features: every feature has a name of its own") {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < detail::pair_feature_count; ++i)
        names.insert(name_of(static_cast<PairFeature>(i)));
    CHECK(names.size() == detail::pair_feature_count);
    CHECK_FALSE(names.contains(""));
}
