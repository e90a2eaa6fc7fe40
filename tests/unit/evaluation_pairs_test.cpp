// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

using namespace fabula;

namespace {

using Pairs = std::vector<LabelledPair>;

/// By the definition: every pair of one story against every pair of different stories.
double auc_by_definition(const Pairs& pairs) {
    double wins = 0;
    double all = 0;
    for (const LabelledPair& same : pairs)
        for (const LabelledPair& different : pairs) {
            if (!same.same_story || different.same_story)
                continue;
            all += 1;
            if (same.probability > different.probability)
                wins += 1;
            if (same.probability == different.probability)
                wins += 0.5;
        }
    return wins / all;
}

} // namespace

TEST_CASE("labelled pairs: precision, recall and F1 by hand") {
    // Three in one cluster, of which two rightly; one of one story is missed.
    const Pairs pairs{{0.9, true, true},
                      {0.8, true, true},
                      {0.7, true, false},
                      {0.6, false, true},
                      {0.1, false, false}};
    const PairQuality quality = evaluate_pairs(pairs);
    CHECK(quality.same_story_pairs == 3);
    CHECK(quality.different_story_pairs == 2);
    CHECK(quality.same_cluster.precision == Approx(2.0 / 3));
    CHECK(quality.same_cluster.recall == Approx(2.0 / 3));
    CHECK(quality.same_cluster.f1 == Approx(2.0 / 3));
    CHECK(quality.auc == Approx(5.0 / 6)); // 0.6 is below 0.7; all others are in order
}

TEST_CASE("labelled pairs: AUC of a perfect, a reversed and a blind order") {
    const Pairs perfect{{0.2, false, false}, {0.9, true, true}, {0.6, true, true}};
    CHECK(evaluate_pairs(perfect).auc == 1);
    const Pairs reversed{{0.9, false, false}, {0.2, true, true}, {0.6, true, true}};
    CHECK(evaluate_pairs(reversed).auc == 0);
    const Pairs blind{{0.5, false, false}, {0.5, true, true}, {0.5, true, true}};
    CHECK(evaluate_pairs(blind).auc == 0.5);
}

TEST_CASE("labelled pairs: a tie counts half") {
    // 0.5 against 0.5: half. 0.5 against 0.1 and 0.8 against both: one each.
    const Pairs pairs{
        {0.5, false, true}, {0.8, false, true}, {0.5, false, false}, {0.1, false, false}};
    CHECK(evaluate_pairs(pairs).auc == 3.5 / 4);
}

TEST_CASE("labelled pairs: AUC is what its definition says, in any order") {
    std::mt19937_64 random{7};
    for (int round = 0; round < 50; ++round) {
        Pairs pairs{{0.3, true, true}, {0.3, true, false}};
        for (int i = 0; i < 60; ++i) {
            const double probability = static_cast<double>(random() % 11) / 10;
            pairs.push_back({probability, random() % 2 == 0, random() % 3 == 0});
        }
        const PairQuality quality = evaluate_pairs(pairs);
        CHECK(quality.auc == Approx(auc_by_definition(pairs)));
        std::reverse(pairs.begin(), pairs.end());
        CHECK(evaluate_pairs(pairs).auc == quality.auc);
    }
}

TEST_CASE("labelled pairs: one label, or none") {
    const PairQuality nothing = evaluate_pairs({});
    CHECK(nothing.same_cluster.precision == 1);
    CHECK(nothing.same_cluster.recall == 1);
    CHECK(nothing.auc == 0.5);
    const PairQuality same = evaluate_pairs(Pairs{{0.4, false, true}});
    CHECK(same.same_cluster.precision == 1);
    CHECK(same.same_cluster.recall == 0);
    CHECK(same.same_cluster.f1 == 0);
    CHECK(same.auc == 0.5);
    CHECK(evaluate_pairs(Pairs{{0.4, true, false}}).same_cluster.f1 == 0);
}

TEST_CASE("labelled pairs: a probability out of range is refused") {
    for (const double wrong : {-0.01, 1.01, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(evaluate_pairs(Pairs{{0.5, true, true}, {wrong, true, true}}), Error);
}
