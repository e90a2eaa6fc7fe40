// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"

#include <fabula/embedding.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <array>
#include <cmath>
#include <thread>

using namespace fabula;
using test::example;
using test::plain;

namespace {

const Comparer& comparer() {
    static const Comparer made{test::default_model()};
    return made;
}

Comparison compare(std::string_view a, std::string_view b) {
    return comparer().compare(example(a), example(b));
}

/// Everything that `compare` promises of any pair.
void check_pair(const Article& a, const Article& b) {
    INFO(a.id << " / " << b.id);
    const Comparison ab = comparer().compare(a, b);
    const Comparison ba = comparer().compare(b, a);
    CHECK(ab.probability >= 0);
    CHECK(ab.probability <= 1);
    CHECK(ab.similarity >= -1);
    CHECK(ab.similarity <= 1);
    CHECK(ab.probability == ba.probability);
    CHECK(ab.relation == ba.relation);
    CHECK(ab.similarity == ba.similarity);
    CHECK(ab.explanation.time_gap == ba.explanation.time_gap);
    CHECK(ab.direction == direction_of(a.published, b.published));
    CHECK(ba.direction == direction_of(b.published, a.published));

    if (!ab.explanation.contributions.empty()) {
        double sum = 0;
        for (const Contribution& contribution : ab.explanation.contributions)
            sum += contribution.log_odds;
        CHECK(1 / (1 + std::exp(-sum)) == Approx(ab.probability).epsilon(1e-9));
        if (ab.probability > 1e-9 && ab.probability < 1 - 1e-9)
            CHECK(std::log(ab.probability / (1 - ab.probability)) == Approx(sum).margin(1e-5));
    }
    REQUIRE(ab.explanation.passages.size() == ba.explanation.passages.size());
    for (std::size_t i = 0; i < ab.explanation.passages.size(); ++i) {
        const Passage& passage = ab.explanation.passages[i];
        CHECK(passage.first.begin < passage.first.end);
        CHECK(passage.first.end <= a.text.size());
        CHECK(passage.second.end <= b.text.size());
        CHECK(passage.first == ba.explanation.passages[i].second);
        CHECK(passage.second == ba.explanation.passages[i].first);
        CHECK(passage.similarity == ba.explanation.passages[i].similarity);
        CHECK((i == 0 || passage.similarity <= ab.explanation.passages[i - 1].similarity));
    }
    REQUIRE(ab.explanation.shared_terms.size() == ba.explanation.shared_terms.size());
    for (std::size_t i = 0; i < ab.explanation.shared_terms.size(); ++i) {
        const SharedTerm& term = ab.explanation.shared_terms[i];
        CHECK((a.text + a.title).find(term.first) != std::string::npos);
        CHECK((b.text + b.title).find(term.second) != std::string::npos);
        CHECK(term.weight > 0);
        CHECK((i == 0 || term.weight <= ab.explanation.shared_terms[i - 1].weight));
        CHECK(term.first == ba.explanation.shared_terms[i].second);
        CHECK(term.second == ba.explanation.shared_terms[i].first);
    }
    CHECK(ab.explanation.shared_numbers.size() == ba.explanation.shared_numbers.size());
    REQUIRE(ab.explanation.shared_dates.size() == ba.explanation.shared_dates.size());
    for (const auto* const shared : {&ab.explanation.shared_numbers, &ab.explanation.shared_dates})
        for (const SharedNumber& number : *shared) {
            CHECK((a.title + '\n' + a.text).find(number.first) != std::string::npos);
            CHECK((b.title + '\n' + b.text).find(number.second) != std::string::npos);
        }
    const auto check_side = [](const OneSided& only, const OneSided& swapped, const Article& own) {
        CHECK(only.names == swapped.names);
        CHECK(only.numbers == swapped.numbers);
        CHECK(only.dates == swapped.dates);
        for (const auto* const list : {&only.names, &only.numbers, &only.dates})
            for (const std::string& item : *list)
                CHECK((own.title + '\n' + own.text).find(item) != std::string::npos);
    };
    check_side(ab.explanation.only_first, ba.explanation.only_second, a);
    check_side(ab.explanation.only_second, ba.explanation.only_first, b);
    REQUIRE(ab.explanation.differences.size() == ba.explanation.differences.size());
    for (std::size_t i = 0; i < ab.explanation.differences.size(); ++i) {
        CHECK(ab.explanation.differences[i].first == ba.explanation.differences[i].second);
        CHECK(ab.explanation.differences[i].second == ba.explanation.differences[i].first);
    }
}

} // namespace

TEST_CASE("compare: symmetric, and its reasons add up") {
    const auto& articles = test::example_articles();
    for (std::size_t i = 0; i < articles.size(); ++i)
        for (const std::size_t step : {1, 7})
            check_pair(articles[i], articles[(i + step) % articles.size()]);
    check_pair(articles[0], articles[0]);
}

TEST_CASE("compare: duplicates, rewrites, translations and other stories") {
    CHECK(compare("aid13-en-1", "aid13-en-1").relation == Relation::duplicate);
    CHECK(compare("aid13-en-1", "aid13-en-2").relation == Relation::duplicate);
    CHECK(compare("quake-it-1", "quake-it-2").relation == Relation::duplicate);
    for (const auto& [a, b] :
         {std::pair{"moon-ja-1", "moon-en-1"}, std::pair{"quake-it-1", "quake-en-1"},
          std::pair{"quake-el-1", "quake-en-3"}, std::pair{"mosaic-he-1", "mosaic-en-1"},
          std::pair{"dengue-hi-1", "dengue-en-1"}, std::pair{"aid12-uk-1", "aid12-ru-1"}}) {
        INFO(a << " / " << b);
        const Comparison comparison = compare(a, b);
        CHECK(comparison.relation == Relation::translation);
        CHECK(comparison.probability > 0.5);
        CHECK_FALSE(comparison.explanation.passages.empty());
    }
    for (const auto& [a, b] :
         {std::pair{"moon-en-1", "theft-nl-1"}, std::pair{"ferry-nb-1", "rates-en-1"},
          std::pair{"dengue-hi-1", "final-pt-1"}, std::pair{"solar-ar-1", "mosaic-ru-1"},
          std::pair{"ferry-en-2", "quake-en-3"}}) {
        INFO(a << " / " << b);
        const Comparison comparison = compare(a, b);
        CHECK(comparison.relation == Relation::unrelated);
        CHECK(comparison.probability < 0.2);
    }
}

TEST_CASE("compare: the same text in other words is a rewrite") {
    Article first = plain("The harbour authority closed the old bridge on Monday after engineers "
                          "found cracks in two of its pillars. Buses will take a detour through "
                          "the tunnel. Repairs should be finished by the end of October.",
                          "en");
    Article second = plain("Cracks discovered by engineers in two pillars have forced the port "
                           "authority to shut the old bridge since Monday. Until repairs end, "
                           "by late October, buses are going to be diverted via the tunnel.",
                           "en");
    const Comparison comparison = comparer().compare(first, second);
    CHECK(comparison.relation == Relation::rewrite);
    CHECK(comparison.probability > 0.5);
    CHECK(comparison.similarity > 0.5F);
}

TEST_CASE("compare: a translation is likelier than a near-miss on the same topic") {
    for (const auto& [original, translation, miss] :
         {std::tuple{"quake-it-1", "quake-en-1", "quake-en-3"},
          std::tuple{"aid12-uk-1", "aid12-en-1", "aid13-en-1"},
          std::tuple{"rates-pl-1", "rates-en-1", "rates-en-2"},
          std::tuple{"final-pt-1", "final-es-1", "final-en-2"},
          std::tuple{"landslide-id-1", "landslide-en-1", "landslide-hi-1"},
          std::tuple{"fisheries-el-1", "fisheries-tr-1", "fisheries-tr-2"}}) {
        INFO(original);
        CHECK(compare(original, translation).probability > compare(original, miss).probability);
    }
}

TEST_CASE("compare: names and numbers that both have are shown") {
    const Comparison comparison = compare("aid12-uk-1", "aid12-ru-1");
    const auto& terms = comparison.explanation.shared_terms;
    CHECK(terms.size() >= 3);
    std::string listed;
    for (const SharedTerm& term : terms) {
        listed += term.first + " = " + term.second + ", ";
        // Spelled differently in the two languages, or alike; never without a spelling.
        CHECK_FALSE(term.first.empty());
        CHECK_FALSE(term.second.empty());
    }
    INFO(listed);
    CHECK(std::any_of(terms.begin(), terms.end(),
                      [](const SharedTerm& term) { return term.first != term.second; }));
    const auto& numbers = comparison.explanation.shared_numbers;
    CHECK(std::any_of(numbers.begin(), numbers.end(), [](const SharedNumber& number) {
        return number.first == "63 мільйони" && number.second == "63 миллиона";
    }));
}

TEST_CASE("compare: numbers and dates meet in two spellings") {
    const Comparer comparer(test::default_model());
    const Explanation why =
        comparer
            .compare(
                test::plain("On 24 February the town spent 1.5 million, twice 1.5 million, on "
                            "63 houses in 2022.",
                            "en"),
                test::plain("Am 24. Februar 2022 gab die Stadt 1,5 Mio. für 63 Häuser aus.", "de"))
            .explanation;
    REQUIRE(why.shared_numbers.size() == 2);
    CHECK(why.shared_numbers[0].first == "1.5 million");
    CHECK(why.shared_numbers[0].second == "1,5 Mio");
    CHECK(why.shared_numbers[1].first == "63");
    REQUIRE(why.shared_dates.size() == 2);
    CHECK(why.shared_dates[0].first == "24 February");
    CHECK(why.shared_dates[0].second == "24. Februar");
    CHECK(why.shared_dates[1].first == "2022");
}

TEST_CASE("compare: two fillings of one form say what is filled in") {
    const auto filled = [](const std::string& company, const std::string& profit,
                           const std::string& day) {
        Article article =
            plain(company + " earned " + profit +
                      " billion kroner in the second quarter, against 2.9 billion a "
                      "year before, the company says in a report to the stock "
                      "exchange on " +
                      day + ". The board proposes to pay the shareholders half of it.",
                  "en");
        article.title = company + " earns " + profit + " billion";
        return article;
    };
    const Comparison comparison =
        comparer().compare(filled("Orkla", "31.2", "14 July"), filled("Mowi", "24.1", "16 July"));
    CHECK(comparison.relation == Relation::unrelated);
    const Explanation& why = comparison.explanation;
    CHECK(why.only_first.names == std::vector<std::string>{"Orkla"});
    CHECK(why.only_second.names == std::vector<std::string>{"Mowi"});
    CHECK(why.only_first.dates == std::vector<std::string>{"14 July"});
    CHECK(why.only_second.dates == std::vector<std::string>{"16 July"});
    REQUIRE(why.only_first.numbers.size() == 1);
    CHECK_THAT(why.only_first.numbers.front(), Catch::Matchers::StartsWith("31.2"));
    REQUIRE(why.differences.size() == 5);
    CHECK(why.differences[0].first == "Orkla");
    CHECK(why.differences[0].second == "Mowi");
    CHECK(why.differences[1].first == "31.2");
    CHECK(why.differences[4].second == "16");
    // Reports in other words, or in another language, are no fillings.
    CHECK(compare("quake-it-1", "quake-en-1").explanation.differences.empty());
}

TEST_CASE("compare: the similarity is that of the embedder's vectors") {
    const Embedder embedder{test::default_model()};
    const Comparison comparison = compare("moon-ja-1", "moon-ko-1");
    CHECK(comparison.similarity ==
          Approx(cosine_similarity(embedder.embed(example("moon-ja-1")).vector,
                                   embedder.embed(example("moon-ko-1")).vector))
              .margin(1e-5));
}

TEST_CASE("compare: nothing to score by gives probability 0") {
    for (const Article& odd : {Article{}, plain("🎉"), plain("12 345 6789")}) {
        for (const Article& other : {odd, example("quake-en-1")}) {
            check_pair(odd, other);
            const Comparison comparison = comparer().compare(odd, other);
            CHECK(comparison.probability == 0);
            CHECK(comparison.relation == Relation::unrelated);
            CHECK(comparison.similarity == 0);
            CHECK(comparison.explanation.contributions.empty());
            CHECK(comparison.explanation.passages.empty());
        }
    }
    // Of a language that the model lacks, a text without a name is only like its near-duplicates.
    const Article unsupported = plain("Some words", "xx");
    CHECK(comparer().compare(unsupported, example("quake-en-1")).probability < 0.5);
    CHECK(comparer().compare(unsupported, unsupported).relation == Relation::duplicate);
}

TEST_CASE("compare: dates further apart lower the probability") {
    Article early = example("rates-de-1");
    Article late = example("rates-en-1");
    REQUIRE(early.published);
    late.published = early.published;
    const double same_day = comparer().compare(early, late).probability;
    CHECK(comparer().compare(early, late).explanation.time_gap == std::chrono::seconds{0});
    late.published = *early.published + std::chrono::days{400};
    const double year_later = comparer().compare(early, late).probability;
    CHECK(year_later <= same_day);
    CHECK(comparer().compare(early, late).explanation.time_gap ==
          std::chrono::seconds{std::chrono::days{400}});
    late.published.reset();
    CHECK_FALSE(comparer().compare(early, late).explanation.time_gap);
    late.published = std::chrono::sys_seconds::max();
    early.published = std::chrono::sys_seconds::min();
    check_pair(early, late);
}

TEST_CASE("compare: hostile bytes on both sides") {
    std::string bytes;
    for (int i = 0; i < 3000; ++i)
        bytes.push_back(static_cast<char>(i * 73 % 256));
    Article odd = plain(bytes, "en");
    odd.title = bytes.substr(0, 200);
    check_pair(odd, odd);
    check_pair(odd, example("quake-en-1"));
    Article sentences = plain("", "en");
    for (int i = 0; i < 500; ++i)
        sentences.text += "A storm came up number " + std::to_string(i) + ".\n";
    check_pair(sentences, example("ferry-en-1"));
}

TEST_CASE("compare: two prints that only their source tells apart") {
    // The last line recurs in one outlet, and is left out there; in the other one it is news.
    const std::string line = "\n\nThe Kavala Chronicle comes out every Thursday, with Amalthea";
    std::vector<Article> articles;
    for (const char* id : {"ferry-en-1", "rates-en-1", "moon-en-1", "quake-en-1", "final-en-2",
                           "mosaic-en-1", "ferry-en-1"})
        articles.push_back(example(id));
    for (std::size_t i = 0; i < articles.size(); ++i) {
        articles[i].id.clear();
        articles[i].text += line;
        articles[i].source = i == 0 ? "b.example" : "z.example";
        articles[i].published.reset();
    }
    const Comparer comparer{test::default_model(), articles};
    const StoryClusters clusters = StoryClusterer{test::default_model()}.cluster(articles);
    std::vector<std::optional<Comparison>> reasons;
    REQUIRE_NOTHROW(reasons = explain_links(comparer, clusters, articles));
    REQUIRE(reasons[0]);
    CHECK(reasons[0]->relation == Relation::duplicate);
    for (const Article& first : articles)
        for (const Article& second : articles)
            for (const SharedTerm& term :
                 comparer.compare(first, second).explanation.shared_terms) {
                CHECK((first.title + first.text).find(term.first) != std::string::npos);
                CHECK((second.title + second.text).find(term.second) != std::string::npos);
                if (first.source == "z.example" || second.source == "z.example")
                    CHECK(term.first != "Chronicle");
            }
}

TEST_CASE("compare: several threads at once") {
    const Comparison expected = compare("moon-ja-1", "moon-en-1");
    std::array<double, 4> found{};
    {
        std::vector<std::jthread> threads;
        threads.reserve(found.size());
        for (double& probability : found)
            threads.emplace_back([&] {
                for (int i = 0; i < 5; ++i)
                    probability = compare("moon-ja-1", "moon-en-1").probability;
            });
    }
    for (const double probability : found)
        CHECK(probability == expected.probability);
}
