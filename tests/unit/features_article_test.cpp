// SPDX-License-Identifier: Apache-2.0
#include "embedding/analyzed_article.hpp"
#include "features/common_terms.hpp"
#include "features/lexical_features.hpp"
#include "features/term_places.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"
#include "support/time.hpp"

#include <cmath>
#include <limits>
#include <set>
#include <utility>
#include <vector>

using namespace fabula;
using detail::LexicalFeatures;
using test::plain;

namespace {

LexicalFeatures evidence_of(const Article& article) {
    static TextAnalyzer analyzer;
    const detail::BoilerplateFilter boilerplate;
    const auto analyzed = detail::analyze_article(article, test::default_model(), boilerplate,
                                                  analyzer, Sentences::skip);
    return detail::extract_lexical_features(analyzed, article,
                                            detail::ModelData::of(test::default_model()));
}

float terms_alike(const std::string& a, const std::string& in, const std::string& b,
                  const std::string& other) {
    return detail::term_cosine(evidence_of(plain(a, in)), evidence_of(plain(b, other)));
}

} // namespace

TEST_CASE("lexical features: sorted, with the norms of its weights, and a function of the article "
          "alone") {
    for (const Article& article : test::example_articles()) {
        INFO(article.id);
        const LexicalFeatures lexical = evidence_of(article);
        CHECK(lexical.published == article.published);
        CHECK(lexical.words > 20);
        CHECK(lexical.language >= 0);
        double squares = 0;
        double names = 0;
        for (std::size_t i = 0; i < lexical.terms.size(); ++i) {
            const detail::WeightedTerm& term = lexical.terms[i];
            const auto weight = static_cast<double>(term.weight());
            CHECK(weight > 0);
            squares += weight * weight;
            names += term.is_name() ? weight * weight : 0;
            CHECK((i == 0 || lexical.terms[i - 1].key < term.key));
        }
        CHECK(static_cast<double>(lexical.terms_norm) == Approx(std::sqrt(squares)));
        CHECK(static_cast<double>(lexical.names_norm) == Approx(std::sqrt(names)));
        CHECK(names > 0);
        for (std::size_t i = 1; i < lexical.numbers.size(); ++i)
            CHECK(lexical.numbers[i - 1] < lexical.numbers[i]);
        const LexicalFeatures again = evidence_of(article);
        CHECK(again.numbers == lexical.numbers);
        CHECK(detail::term_cosine(again, lexical) == Approx(1.0).margin(1e-4));
    }
}

TEST_CASE("common terms: those of a plain merge, in order, by places too") {
    test::Random random(31);
    const auto some_terms = [&](std::uint32_t count, std::uint32_t range, std::uint32_t apart) {
        std::set<std::uint32_t> keys;
        for (std::uint32_t i = 0; i < count; ++i)
            keys.insert(random.number(range) * apart);
        std::vector<detail::WeightedTerm> terms;
        for (const std::uint32_t key : keys)
            terms.emplace_back(key, random.part() + 0.1F, random.number(2) == 0);
        return terms;
    };
    using Common = std::vector<std::pair<const detail::WeightedTerm*, const detail::WeightedTerm*>>;
    std::size_t all = 0;
    for (int round = 0; round < 400; ++round) {
        const std::uint32_t range = round % 2 == 0 ? 40 : 300;
        const std::uint32_t apart = round % 3 == 0 ? 1 : 14'000'000; // over all keys that there are
        const auto a = some_terms(random.number(50), range, apart);
        const auto b = some_terms(random.number(50), range, apart);
        Common expected;
        for (const detail::WeightedTerm& x : a)
            for (const detail::WeightedTerm& y : b)
                if (x.key == y.key)
                    expected.emplace_back(&x, &y);
        Common found;
        const auto note = [&](const detail::WeightedTerm& x, const detail::WeightedTerm& y) {
            found.emplace_back(&x, &y);
        };
        detail::for_each_common_term(a, b, note);
        CHECK(found == expected);
        found.clear();
        detail::TermPlaces places;
        places.assign(b); // what it had goes
        places.assign(a);
        places.for_each_common_term(b, note);
        CHECK(found == expected);
        all += expected.size();
    }
    CHECK(all > 1000);
}

TEST_CASE("common terms: of an article of more terms than places have numbers, in linear time") {
    const auto make = [](std::size_t size) {
        std::vector<detail::WeightedTerm> many;
        for (std::size_t i = 0; i < size; ++i)
            many.emplace_back(static_cast<std::uint32_t>(i * (0xFFFFFFFFU / size)), 1.0F, false);
        return many;
    };
    CHECK(test::is_linear(70'000, make, [](const std::vector<detail::WeightedTerm>& many) {
        detail::TermPlaces places;
        places.assign(many);
        std::size_t met = 0;
        places.for_each_common_term(many, [&](const auto& x, const auto& y) {
            met += &x == &y && &x == many.data() + met ? 1 : 0;
        });
        CHECK(met == many.size());
    }));
}

TEST_CASE("term cosine: symmetric and within [0, 1]") {
    const auto& articles = test::example_articles();
    std::vector<LexicalFeatures> lexical;
    for (const Article& article : articles)
        lexical.push_back(evidence_of(article));
    lexical.push_back(evidence_of(Article{}));
    for (const LexicalFeatures& a : lexical)
        for (const LexicalFeatures& b : lexical) {
            const float cosine = detail::term_cosine(a, b);
            const detail::TermOverlap overlap = detail::term_overlap(a, b);
            const detail::TermOverlap back = detail::term_overlap(b, a);
            for (const double value : {overlap.all, overlap.words, overlap.unmatched_names})
                if (!(value >= 0 && value <= 1))
                    FAIL("an overlap of " << value);
            if (overlap.all != back.all || overlap.shared_names != back.shared_names ||
                overlap.words != back.words || overlap.unmatched_names != back.unmatched_names)
                FAIL("not symmetric");
            const auto [shared, smaller] = detail::key_overlap(a.numbers, b.numbers);
            const auto swapped = detail::key_overlap(b.numbers, a.numbers);
            if (cosine != detail::term_cosine(b, a) || !(cosine >= 0 && cosine <= 1) ||
                shared > smaller || swapped.shared != shared || swapped.smaller != smaller)
                FAIL("cosine " << cosine << ", " << shared << " of " << smaller << " numbers");
        }
    CHECK(detail::term_cosine(lexical.back(), lexical.back()) == 0);
    CHECK(detail::term_cosine(lexical.back(), lexical.front()) == 0);
}

TEST_CASE("term cosine: names meet across languages and scripts") {
    const float shared = terms_alike("General Yevgeny Ilyin spoke to Zelenskyy in Tallinn.", "en",
                                     "Генерал Евгений Ильин говорил с Зеленским в Таллине.", "ru");
    const float other = terms_alike("General Yevgeny Ilyin spoke to Zelenskyy in Tallinn.", "en",
                                    "Министр Ольга Петрова выступила перед студентами.", "ru");
    CHECK(shared > 0.2F);
    CHECK(shared > other + 0.15F);
    CHECK(
        terms_alike("Zelensky met Ilyin in Izmir", "en", "Ο Ζελένσκι συνάντησε τον Ιλίν", "el") >
        terms_alike("Zelensky met Ilyin in Izmir", "en", "Ο υπουργός συνάντησε τον δήμαρχο", "el") +
            0.1F);
}

TEST_CASE("term cosine: frequent words tell nothing, rare words do") {
    CHECK(terms_alike("the and that have with", "en", "the and that have with", "en") == 0);
    CHECK(terms_alike("swordfish", "en", "swordfish", "en") == Approx(1.0).margin(1e-5));
    CHECK(terms_alike("The swordfish that you have", "en", "That swordfish and the", "en") > 0.5F);
    CHECK(terms_alike("the swordfish", "en", "the seismologist", "en") == 0);
    // The weight grows with the logarithm of the frequency only.
    std::string often;
    for (int i = 0; i < 1000; ++i)
        often += "swordfish ";
    CHECK(terms_alike(often + "seismologist", "en", "swordfish seismologist", "en") > 0.6F);
}

TEST_CASE("number overlap: distinct numbers from 10 on, years apart") {
    const auto overlap = [](const char* a, const char* b) {
        const auto out = detail::key_overlap(evidence_of(plain(a, "en")).numbers,
                                             evidence_of(plain(b, "en")).numbers);
        return std::pair(out.shared, out.smaller);
    };
    using Counts = std::pair<std::size_t, std::size_t>;
    CHECK(overlap("In 1987 and 42 and 42 ships", "42 boats since 1987 with 630 people") ==
          Counts{1, 1});
    CHECK(overlap("In 1987 and 43 ships", "42 boats since 1987 with 630 people") == Counts{0, 1});
    CHECK(overlap("7 ships", "7 ships") == Counts{0, 0}); // one digit is no evidence
    CHECK(overlap("Ships", "42 ships") == Counts{0, 0});
    CHECK(overlap("about 18,400 people", "18.400 spectators, 18 400 seats") == Counts{1, 1});
    CHECK(overlap("42 ４２ ships", "42") == Counts{1, 1}); // full-width digits are digits
    CHECK(detail::key_overlap(evidence_of(plain("Há 1,5 milhões de barcos", "pt")).numbers,
                              evidence_of(plain("1,5 млн суден", "uk")).numbers)
              .shared == 1);
}

TEST_CASE("lexical features: dates and years have lists of their own") {
    const LexicalFeatures english =
        evidence_of(plain("On 24 February 2022 and in March, 1,950 and 63 of them", "en"));
    const LexicalFeatures japanese = evidence_of(plain("２０２２年2月24日、三月、63人", "ja"));
    CHECK(english.numbers.size() == 1);
    CHECK(english.dates.size() == 2);
    CHECK(english.years.size() == 2);
    CHECK(japanese.numbers == english.numbers);
    CHECK(japanese.dates == english.dates);
    CHECK(japanese.years.size() == 1);
    // The title counts, and its ranges are its own.
    Article article = plain("The text has 77 words", "en");
    article.title = "A title of 63 words";
    CHECK(evidence_of(article).numbers.size() == 2);
}

TEST_CASE("time gap: absolute, empty without two dates, and safe for any two times") {
    using std::chrono::seconds;
    using std::chrono::sys_seconds;
    const sys_seconds early{seconds{1000}};
    const sys_seconds late{seconds{5000}};
    CHECK(detail::time_gap(early, late) == seconds{4000});
    CHECK(detail::time_gap(late, early) == seconds{4000});
    CHECK(detail::time_gap(late, late) == seconds{0});
    CHECK(detail::time_gap(sys_seconds{seconds{-5}}, sys_seconds{seconds{5}}) == seconds{10});
    CHECK_FALSE(detail::time_gap(early, std::nullopt));
    CHECK_FALSE(detail::time_gap(std::nullopt, early));
    CHECK_FALSE(detail::time_gap(std::nullopt, std::nullopt));
    CHECK(detail::time_gap(sys_seconds::min(), sys_seconds::max()) == seconds::max());
    CHECK(detail::time_gap(sys_seconds::max(), sys_seconds::min()) == seconds::max());
    CHECK(detail::time_gap(sys_seconds::min(), sys_seconds{seconds{-1}}) ==
          seconds{std::numeric_limits<seconds::rep>::max()});
}
