// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>
#include <fabula/neighbours.hpp>

using namespace fabula;
using Catch::Matchers::ContainsSubstring;

namespace {

using Labels = std::vector<std::uint32_t>;
using Languages = std::vector<std::string>;
using Edges = std::vector<Edge>;

} // namespace

TEST_CASE("language pairs: by hand") {
    // Gold story 0: en en de fr; predicted: the two en and the de together, the fr with the sv.
    const Labels gold{0, 0, 0, 0, 1};
    const Labels predicted{5, 5, 5, 6, 6};
    const Languages languages{"en", "en", "de", "fr", "sv"};
    const auto rows = evaluate_language_pairs(predicted, gold, languages);
    REQUIRE(rows.size() == 5);
    const auto check = [&](std::size_t i, const char* first, const char* second,
                           std::size_t in_gold, std::size_t in_predicted, std::size_t correct) {
        CHECK(rows[i].first == first);
        CHECK(rows[i].second == second);
        CHECK(rows[i].gold_pairs == in_gold);
        CHECK(rows[i].predicted_pairs == in_predicted);
        CHECK(rows[i].correct_pairs == correct);
    };
    check(0, "de", "en", 2, 2, 2);
    check(1, "de", "fr", 1, 0, 0);
    check(2, "en", "en", 1, 1, 1);
    check(3, "en", "fr", 2, 0, 0);
    check(4, "fr", "sv", 0, 1, 0);
    CHECK(rows[0].pairwise.f1 == 1);
    CHECK(rows[1].pairwise.precision == 1); // no pair is claimed
    CHECK(rows[1].pairwise.recall == 0);
    CHECK(rows[1].pairwise.f1 == 0);
    CHECK(rows[4].pairwise.precision == 0);
    CHECK(rows[4].pairwise.recall == 1);
}

TEST_CASE("language pairs: nothing, and sizes that differ") {
    CHECK(evaluate_language_pairs({}, {}, {}).empty());
    CHECK(evaluate_language_pairs(Labels{0, 1}, Labels{0, 1}, Languages{"en", "en"}).empty());
    CHECK_THROWS_WITH(evaluate_language_pairs(Labels{0}, Labels{0, 1}, Languages{"en", "en"}),
                      ContainsSubstring("1 predicted labels, 2 gold labels and 2 languages"));
    CHECK_THROWS_AS(evaluate_language_pairs(Labels{0}, Labels{0}, {}), Error);
}

TEST_CASE("confusions: a perfect partition has none") {
    const Edges edges{{0, 1, 0.9F}, {1, 2, 0.9F}};
    const Confusions none = find_confusions(Labels{4, 4, 2}, Labels{7, 7, 9}, edges);
    CHECK(none.missed.empty());
    CHECK(none.falsely_joined.empty());
    CHECK(find_confusions({}, {}, {}).missed.empty());
}

TEST_CASE("confusions: the nearest pair shows each of them, once") {
    // Gold 0: articles 0 to 4, of which 3 and 4 lie in predicted 8, with 5 and 6 of gold 1, of
    // which 7 lies alone.
    const Labels gold{0, 0, 0, 0, 0, 1, 1, 1};
    const Labels predicted{7, 7, 7, 8, 8, 8, 8, 9};
    const Edges edges{{0, 1, 0.9F}, {0, 3, 0.2F}, {2, 4, 0.3F},
                      {3, 5, 0.6F}, {4, 6, 0.8F}, {5, 6, 0.9F}};
    const Confusions found = find_confusions(predicted, gold, edges);

    REQUIRE(found.missed.size() == 2);
    const Confusion& never_scored = found.missed[0];
    CHECK(never_scored.gold == 1);
    CHECK(never_scored.predicted == 9);
    CHECK(never_scored.articles == 1);
    CHECK(never_scored.others == 2);
    CHECK(never_scored.pairs() == 2);
    CHECK(never_scored.article == 7);
    CHECK(never_scored.other == 5);
    CHECK_FALSE(never_scored.probability.has_value());
    const Confusion& split = found.missed[1];
    CHECK(split.gold == 0);
    CHECK(split.predicted == 8);
    CHECK(split.articles == 2);
    CHECK(split.others == 3);
    CHECK(split.article == 4);
    CHECK(split.other == 2);
    CHECK(split.probability == Approx(0.3));

    REQUIRE(found.falsely_joined.size() == 1); // of two equal parts, the one of article 3 stays
    const Confusion& joined = found.falsely_joined[0];
    CHECK(joined.gold == 1);
    CHECK(joined.predicted == 8);
    CHECK(joined.articles == 2);
    CHECK(joined.others == 2);
    CHECK(joined.article == 6);
    CHECK(joined.other == 4);
    CHECK(joined.probability == Approx(0.8));
}

TEST_CASE("confusions: the worst come first") {
    // Three gold stories of two articles, each split; then three pairs of strangers.
    const Labels gold{0, 0, 1, 1, 2, 2, 10, 11, 12, 13, 14, 15};
    const Labels predicted{0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 8, 8};
    const Edges edges{{0, 1, 0.4F}, {4, 5, 0.1F}, {6, 7, 0.5F}, {10, 11, 0.7F}};
    const Confusions found = find_confusions(predicted, gold, edges);
    REQUIRE(found.missed.size() == 3);
    CHECK(found.missed[0].gold == 1); // never scored
    CHECK(found.missed[1].gold == 2);
    CHECK(found.missed[2].gold == 0);
    REQUIRE(found.falsely_joined.size() == 3);
    CHECK(found.falsely_joined[0].gold == 15);
    CHECK(found.falsely_joined[1].gold == 11);
    CHECK(found.falsely_joined[2].gold == 13); // only a third article, or none, drew it there
}

TEST_CASE("confusions: each story's worst comes before the second of any") {
    const Labels gold{0, 0, 0, 0, 1, 1};
    const Labels predicted{0, 0, 1, 2, 3, 4};
    const Edges edges{{0, 2, 0.1F}, {0, 3, 0.2F}, {4, 5, 0.4F}};
    const Confusions found = find_confusions(predicted, gold, edges);
    REQUIRE(found.missed.size() == 3);
    CHECK(found.missed[0].article == 2);
    CHECK(found.missed[1].article == 5);
    CHECK(found.missed[2].article == 3);
    // The same, read the other way round.
    const Confusions turned = find_confusions(gold, predicted, edges);
    REQUIRE(turned.falsely_joined.size() == 3);
    CHECK(turned.falsely_joined[0].article == 5);
    CHECK(turned.falsely_joined[1].article == 3);
    CHECK(turned.falsely_joined[2].article == 2);
}

TEST_CASE("confusions: bad input is refused") {
    CHECK_THROWS_WITH(find_confusions(Labels{0}, Labels{0, 1}, {}),
                      ContainsSubstring("1 predicted labels and 2 gold"));
    CHECK_THROWS_WITH(find_confusions(Labels{0, 1}, Labels{0, 1}, Edges{{0, 2, 0.5F}}),
                      ContainsSubstring("between articles 0 and 2, but there are only 2"));
}
