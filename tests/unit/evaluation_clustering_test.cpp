// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>

using namespace fabula;

namespace {

using Labels = std::vector<std::uint32_t>;
using Languages = std::vector<std::string>;

void check_perfect(const ClusteringQuality& quality) {
    for (const auto& figures : {quality.bcubed, quality.pairwise}) {
        CHECK(figures.precision == 1);
        CHECK(figures.recall == 1);
        CHECK(figures.f1 == 1);
    }
    CHECK(quality.adjusted_rand_index == 1);
    CHECK(quality.homogeneity == 1);
    CHECK(quality.completeness == 1);
    CHECK(quality.v_measure == 1);
    CHECK(quality.cross_language_recall == 1);
}

} // namespace

TEST_CASE("evaluation: BCubed of the two examples in Bagga and Baldwin 1998") {
    const Labels gold{1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3};
    // The second and third clusters joined: (5 + 2 × 2/7 + 5 × 5/7) / 12.
    const auto first = evaluate_clustering(Labels{1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2}, gold);
    CHECK(first.bcubed.precision == Approx(64.0 / 84));
    CHECK(first.bcubed.recall == 1);
    CHECK(first.bcubed.f1 == Approx(2 * 64.0 / (64 + 84)));
    // The first and third joined: (5 × 5/10 + 2 + 5 × 5/10) / 12.
    const auto second = evaluate_clustering(Labels{1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1}, gold);
    CHECK(second.bcubed.precision == Approx(7.0 / 12));
    CHECK(second.bcubed.recall == 1);
    CHECK(second.predicted_clusters == 2);
    CHECK(second.gold_clusters == 3);
    CHECK(second.largest_predicted == 10);
    CHECK(second.largest_gold == 5);
    CHECK(second.articles == 12);
}

TEST_CASE("evaluation: pairs of the example in Manning, Raghavan and Schütze 2008, section 16.3") {
    const Labels predicted{1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3};
    const Labels gold{0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 2, 0, 0, 2, 2, 2};
    const auto quality = evaluate_clustering(predicted, gold);
    CHECK(quality.pairwise.precision == Approx(20.0 / 40));
    CHECK(quality.pairwise.recall == Approx(20.0 / 44));
    const double expected = 40.0 * 44 / 136;
    CHECK(quality.adjusted_rand_index == Approx((20 - expected) / (42 - expected)));
    // Its mutual information over the mean entropy, 0.36, is the V-measure (Becker 2011).
    CHECK(quality.v_measure == Approx(0.36).margin(0.005));
}

TEST_CASE("evaluation: homogeneity and completeness by hand") {
    // Gold {0, 1}, {2, 3}: H(gold) = ln 2; predicted {0, 1}, {2}, {3}: H = 1.5 ln 2.
    const auto split = evaluate_clustering(Labels{0, 0, 1, 2}, Labels{0, 0, 1, 1});
    CHECK(split.homogeneity == Approx(1));
    CHECK(split.completeness == Approx(2.0 / 3));
    CHECK(split.v_measure == Approx(0.8));
    CHECK(split.adjusted_rand_index == Approx(4.0 / 7));
    const auto joined = evaluate_clustering(Labels{0, 0, 1, 1}, Labels{0, 0, 1, 2});
    CHECK(joined.homogeneity == Approx(2.0 / 3));
    CHECK(joined.completeness == Approx(1));
}

TEST_CASE("evaluation: the worst pairing of two halves") {
    const auto quality = evaluate_clustering(Labels{0, 1, 0, 1}, Labels{0, 0, 1, 1});
    CHECK(quality.adjusted_rand_index == Approx(-0.5));
    CHECK(quality.homogeneity == Approx(0).margin(1e-12));
    CHECK(quality.pairwise.precision == 0);
    CHECK(quality.pairwise.recall == 0);
    CHECK(quality.pairwise.f1 == 0);
    CHECK(quality.bcubed.f1 == Approx(0.5));
}

TEST_CASE("evaluation: the same partition is perfect, also at its extremes") {
    check_perfect(evaluate_clustering({}, {}));
    check_perfect(evaluate_clustering(Labels{7}, Labels{3}));
    check_perfect(evaluate_clustering(Labels{9, 9, 4, 9}, Labels{0, 0, 4'000'000'000, 0}));
    check_perfect(evaluate_clustering(Labels{1, 1, 1}, Labels{0, 0, 0}));
    check_perfect(evaluate_clustering(Labels{0, 1, 2}, Labels{2, 1, 0}, Languages{"a", "b", "c"}));
    CHECK(evaluate_clustering({}, {}).articles == 0);
    CHECK(evaluate_clustering({}, {}).predicted_clusters == 0);
}

TEST_CASE("evaluation: all apart and all together") {
    const Labels gold{0, 0, 1, 1};
    const auto apart = evaluate_clustering(Labels{0, 1, 2, 3}, gold);
    CHECK(apart.pairwise.precision == 1); // no pair is claimed
    CHECK(apart.pairwise.recall == 0);
    CHECK(apart.pairwise.f1 == 0);
    CHECK(apart.bcubed.precision == 1);
    CHECK(apart.bcubed.recall == Approx(0.5));
    CHECK(apart.adjusted_rand_index == Approx(0));
    CHECK(apart.homogeneity == Approx(1));
    CHECK(apart.completeness == Approx(0.5));
    const auto together = evaluate_clustering(Labels{0, 0, 0, 0}, gold);
    CHECK(together.pairwise.precision == Approx(2.0 / 6));
    CHECK(together.pairwise.recall == 1);
    CHECK(together.adjusted_rand_index == Approx(0));
    CHECK(together.homogeneity == Approx(0).margin(1e-12));
    CHECK(together.completeness == 1);
}

TEST_CASE("evaluation: languages") {
    // Gold story 0: en en de fr; predicted: the two en and the de together, the fr with the sv.
    const Labels gold{0, 0, 0, 0, 1};
    const Labels predicted{5, 5, 5, 6, 6};
    const Languages languages{"en", "en", "de", "fr", "sv"};
    const auto quality = evaluate_clustering(predicted, gold, languages);
    // Cross-language gold pairs: 6 − 1 (en-en) = 5; together: en-de twice.
    CHECK(quality.cross_language_recall == Approx(2.0 / 5));
    REQUIRE(quality.by_language.size() == 4);
    CHECK(quality.by_language.at("en").precision == 1);
    CHECK(quality.by_language.at("en").recall == Approx(0.75));
    CHECK(quality.by_language.at("fr").precision == Approx(0.5));
    CHECK(quality.by_language.at("fr").recall == Approx(0.25));
    CHECK(quality.by_language.at("fr").f1 == Approx(1.0 / 3));
    CHECK(quality.by_language.at("sv").recall == 1);
    CHECK(quality.articles_by_language ==
          std::map<std::string, std::size_t>{{"de", 1}, {"en", 2}, {"fr", 1}, {"sv", 1}});

    const auto without = evaluate_clustering(predicted, gold);
    CHECK(without.cross_language_recall == 1);
    CHECK(without.by_language.empty());
    CHECK(without.bcubed.f1 == quality.bcubed.f1);
}

TEST_CASE("evaluation: sizes that differ are refused") {
    CHECK_THROWS_AS(evaluate_clustering(Labels{0, 1}, Labels{0}), Error);
    CHECK_THROWS_WITH(evaluate_clustering(Labels{0, 1}, Labels{0}),
                      Catch::Matchers::ContainsSubstring("2 predicted labels and 1 gold"));
    CHECK_THROWS_WITH(evaluate_clustering(Labels{0, 1}, Labels{0, 1}, Languages{"en"}),
                      Catch::Matchers::ContainsSubstring("1 languages and 2 labels"));
}
