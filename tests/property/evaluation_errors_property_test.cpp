// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <fabula/evaluation.hpp>
#include <fabula/neighbours.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

using namespace fabula;

namespace {

using Labels = std::vector<std::uint32_t>;
using Languages = std::vector<std::string>;

Labels random_labels(test::Random& random, std::size_t size, std::uint32_t clusters) {
    Labels labels(size);
    for (auto& label : labels)
        label = random.number(clusters) * 1'000'003U;
    return labels;
}

/// All parts of `wholes` but the largest, by the definition: (whole, part, articles, the rest,
/// probability of the nearest pair or -1).
using Stray = std::tuple<std::uint32_t, std::uint32_t, std::size_t, std::size_t, float>;
std::multiset<Stray> naive_strays(const Labels& wholes, const Labels& parts,
                                  const std::vector<Edge>& edges) {
    std::map<std::uint32_t, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < wholes.size(); ++i)
        members[wholes[i]].push_back(i);
    std::multiset<Stray> out;
    for (const auto& [whole, articles] : members) {
        std::map<std::uint32_t, std::size_t> sizes;
        std::vector<std::uint32_t> in_order;
        for (const std::size_t i : articles)
            if (++sizes[parts[i]] == 1)
                in_order.push_back(parts[i]);
        const auto largest =
            *std::max_element(in_order.begin(), in_order.end(),
                              [&](auto a, auto b) { return sizes.at(a) < sizes.at(b); });
        for (const auto& [part, size] : sizes) {
            if (part == largest)
                continue;
            float nearest = -1;
            for (const Edge& edge : edges)
                if (wholes[edge.first] == whole && wholes[edge.second] == whole &&
                    (parts[edge.first] == part) != (parts[edge.second] == part))
                    nearest = std::max(nearest, edge.probability);
            out.emplace(whole, part, size, articles.size() - size, nearest);
        }
    }
    return out;
}

float probability_of(const Confusion& confusion) {
    return static_cast<float>(confusion.probability.value_or(-1));
}

} // namespace

TEST_CASE("language pairs: the counts are those over all pairs of articles") {
    test::Random random(31);
    for (int round = 0; round < 200; ++round) {
        const std::size_t n = random.number(60) + 1;
        const Labels gold = random_labels(random, n, random.number(12) + 1);
        const Labels predicted = random_labels(random, n, random.number(12) + 1);
        Languages languages(n);
        for (auto& language : languages)
            language = std::string(1, static_cast<char>('a' + random.number(5)));
        std::map<std::pair<std::string, std::string>, std::array<std::size_t, 3>> naive;
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = i + 1; j < n; ++j) {
                const bool g = gold[i] == gold[j];
                const bool p = predicted[i] == predicted[j];
                if (!g && !p)
                    continue;
                auto& counts = naive[std::minmax(languages[i], languages[j])];
                counts[0] += g;
                counts[1] += p;
                counts[2] += g && p;
            }
        const auto rows = evaluate_language_pairs(predicted, gold, languages);
        INFO("round " << round << ", " << n << " articles");
        REQUIRE(rows.size() == naive.size());
        auto expected = naive.begin(); // the same order
        for (const LanguagePairQuality& row : rows) {
            CHECK(std::pair{row.first, row.second} == expected->first);
            CHECK(std::array{row.gold_pairs, row.predicted_pairs, row.correct_pairs} ==
                  expected->second);
            ++expected;
        }
    }
}

TEST_CASE("confusions: all strays of both partitions, each with its nearest pair") {
    test::Random random(32);
    for (int round = 0; round < 200; ++round) {
        const auto n = random.number(40) + 2;
        const Labels gold = random_labels(random, n, random.number(8) + 1);
        const Labels predicted = random_labels(random, n, random.number(8) + 1);
        std::vector<Edge> edges;
        for (std::uint32_t i = 0; i < n; ++i)
            for (std::uint32_t j = i + 1; j < n; ++j)
                if (random.number(3) == 0)
                    edges.push_back({i, j, static_cast<float>(random.number(11)) / 10.0F});
        const Confusions found = find_confusions(predicted, gold, edges);
        std::multiset<Stray> missed;
        for (const Confusion& c : found.missed) {
            missed.emplace(c.gold, c.predicted, c.articles, c.others, probability_of(c));
            CHECK(gold[c.article] == c.gold);
            CHECK(gold[c.other] == c.gold);
            CHECK(predicted[c.article] == c.predicted);
            CHECK(predicted[c.other] != c.predicted);
        }
        std::multiset<Stray> joined;
        for (const Confusion& c : found.falsely_joined) {
            joined.emplace(c.predicted, c.gold, c.articles, c.others, probability_of(c));
            CHECK(predicted[c.article] == c.predicted);
            CHECK(predicted[c.other] == c.predicted);
            CHECK(gold[c.article] == c.gold);
            CHECK(gold[c.other] != c.gold);
        }
        INFO("round " << round << ", " << n << " articles");
        CHECK(missed == naive_strays(gold, predicted, edges));
        CHECK(joined == naive_strays(predicted, gold, edges));
        const auto lower = [](const Confusion& one, const Confusion& other) {
            return probability_of(one) < probability_of(other);
        };
        for (std::uint32_t position = 0; position < 8; ++position) { // each round is sorted
            const auto in_round = [&](const std::vector<Confusion>& all, auto whole) {
                std::map<std::uint32_t, std::uint32_t> seen;
                std::vector<Confusion> kept;
                for (const Confusion& c : all)
                    if (seen[c.*whole]++ == position)
                        kept.push_back(c);
                return kept;
            };
            const auto missed_ones = in_round(found.missed, &Confusion::gold);
            CHECK(std::is_sorted(missed_ones.begin(), missed_ones.end(), lower));
            const auto joined_ones = in_round(found.falsely_joined, &Confusion::predicted);
            CHECK(std::is_sorted(joined_ones.rbegin(), joined_ones.rend(), lower));
        }
        random.shuffle(edges); // their order says nothing
        const Confusions again = find_confusions(predicted, gold, edges);
        REQUIRE(again.missed.size() == found.missed.size());
        for (std::size_t i = 0; i < found.missed.size(); ++i) {
            CHECK(again.missed[i].article == found.missed[i].article);
            CHECK(again.missed[i].other == found.missed[i].other);
        }
    }
}

TEST_CASE("calibration: the order of the pairs changes no bit") {
    test::Random random(33);
    for (int round = 0; round < 50; ++round) {
        std::vector<ScoredPair> pairs(random.number(500));
        for (ScoredPair& pair : pairs)
            pair = {static_cast<double>(random.part()), random.number(2) == 0,
                    1.0 / (1 + random.number(9))};
        const Calibration a = calibrate(pairs);
        random.shuffle(pairs);
        const Calibration b = calibrate(pairs);
        CHECK(a.expected_calibration_error == b.expected_calibration_error);
        double weight = 0;
        double error = 0;
        for (std::size_t i = 0; i < a.bins.size(); ++i) {
            CHECK(a.bins[i].pairs == b.bins[i].pairs);
            CHECK(a.bins[i].mean_probability == b.bins[i].mean_probability);
            CHECK(a.bins[i].same_story == b.bins[i].same_story);
            if (a.bins[i].pairs > 0) {
                CHECK(a.bins[i].mean_probability >= a.bins[i].from);
                CHECK(a.bins[i].mean_probability <= a.bins[i].to);
            }
            weight += a.bins[i].weight;
            error += a.bins[i].weight * std::abs(a.bins[i].mean_probability - a.bins[i].same_story);
        }
        if (weight > 0)
            CHECK(a.expected_calibration_error == Approx(error / weight));
    }
}
