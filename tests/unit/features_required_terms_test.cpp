// SPDX-License-Identifier: Apache-2.0
#include "features/lexical_features.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/wire.hpp"

using namespace fabula;

namespace {

std::vector<detail::RequiredTerm> marks(const Article& article) {
    static TextAnalyzer analyzer;
    const auto analyzed =
        detail::analyze_article(article, test::default_model(), {}, analyzer, Sentences::skip);
    const auto lexical = detail::extract_lexical_features(
        analyzed, article, detail::ModelData::of(test::default_model()));
    return {lexical.required_terms.begin(), lexical.required_terms.end()};
}

bool may_be_near_duplicates(const Article& a, const Article& b) {
    const bool found = detail::may_be_near_duplicates(marks(a), marks(b));
    CHECK(detail::may_be_near_duplicates(marks(b), marks(a)) == found);
    return found;
}

/// The text with one passage replaced.
Article changed(Article article, const std::string& from, const std::string& to) {
    const std::size_t at = article.text.find(from);
    REQUIRE(at != std::string::npos);
    article.text.replace(at, from.size(), to);
    return article;
}

} // namespace

TEST_CASE("required terms: sorted, each once, numbers of any length") {
    const auto found = marks(test::wire_print(0));
    REQUIRE(found.size() > 10);
    std::size_t numbers = 0;
    std::size_t at_edge = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK((i == 0 || found[i - 1].key < found[i].key));
        numbers += found[i].is_number;
        at_edge += found[i].at_edge;
    }
    CHECK(numbers >= 2); // 23, 6,400
    CHECK(at_edge > 0);
    CHECK(marks(test::plain("7 ships", "en")).size() == 1);
    CHECK(marks(Article{}).empty());
}

TEST_CASE("required terms: the edges of a long text may differ, its inside may not") {
    const Article report = test::wire_print(0);
    for (std::size_t i = 1; i < 40; ++i)
        CHECK(may_be_near_duplicates(report, test::wire_print(i)));
    CHECK_FALSE(may_be_near_duplicates(report, changed(report, "All 23 crew", "All 24 crew")));
    CHECK_FALSE(may_be_near_duplicates(report, changed(report, "two tugs", "2 tugs")));
    // One name more or less in ten is a correction; many are another report.
    CHECK(may_be_near_duplicates(report, changed(report, "Stelios Markou", "Markou")));
    Article other = changed(report, "Kavala", "Alexandroupoli");
    other = changed(other, "Amalthea", "Peristeri");
    other = changed(other, "Stelios Markou", "Giorgos Dalaras");
    CHECK_FALSE(may_be_near_duplicates(report, other));
    // A title has no edge.
    Article titled = report;
    titled.title = "Ship aground off Kavala, 23 saved";
    Article otherwise = titled;
    otherwise.title = "Ship aground off Kavala, 25 saved";
    CHECK(may_be_near_duplicates(titled, report));
    CHECK_FALSE(may_be_near_duplicates(titled, otherwise));
}

TEST_CASE("required terms: a short text has no edge") {
    const auto brief = [](const char* town, const char* number) {
        return test::plain(std::string(town) + ": " + number + " people were injured in a storm.",
                           "en");
    };
    CHECK(may_be_near_duplicates(brief("Thessaloniki", "12"), brief("Thessaloniki", "12")));
    CHECK_FALSE(may_be_near_duplicates(brief("Thessaloniki", "12"), brief("Thessaloniki", "13")));
    CHECK_FALSE(may_be_near_duplicates(brief("Thessaloniki", "12"), brief("Bratislava", "12")));
}

TEST_CASE("required terms: in scripts without capitals, any rare word may be a name") {
    const Article moon = test::example("moon-ja-1");
    CHECK(marks(moon).size() > 10);
    CHECK(may_be_near_duplicates(moon, moon));
    for (const Article& other : test::example_articles())
        if (other.id != moon.id)
            CHECK_FALSE(may_be_near_duplicates(moon, other));
}
