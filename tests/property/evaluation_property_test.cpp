// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <fabula/evaluation.hpp>

#include <cmath>
#include <map>
#include <numeric>

using namespace fabula;

namespace {

using Labels = std::vector<std::uint32_t>;
using Languages = std::vector<std::string>;

double ratio(double part, double all) {
    return all == 0 ? 1 : part / all;
}

double entropy(const std::map<std::uint32_t, double>& counts, double articles) {
    double sum = 0;
    for (const auto& [label, count] : counts)
        sum -= count / articles * std::log(count / articles);
    return sum;
}

/// H(a | b), cluster by cluster of b.
double conditional_entropy(const Labels& a, const Labels& b) {
    std::map<std::uint32_t, std::map<std::uint32_t, double>> within;
    for (std::size_t i = 0; i < a.size(); ++i)
        ++within[b[i]][a[i]];
    double sum = 0;
    for (const auto& [label, counts] : within) {
        double size = 0;
        for (const auto& [inner, count] : counts)
            size += count;
        sum += size / static_cast<double>(a.size()) * entropy(counts, size);
    }
    return sum;
}

double explained(const Labels& wanted, const Labels& given) {
    std::map<std::uint32_t, double> counts;
    for (const std::uint32_t label : wanted)
        ++counts[label];
    const double all = entropy(counts, static_cast<double>(wanted.size()));
    return counts.size() == 1 ? 1 : 1 - conditional_entropy(wanted, given) / all;
}

/// The definitions, over all pairs of articles.
ClusteringQuality naive(const Labels& predicted, const Labels& gold, const Languages& languages) {
    ClusteringQuality quality;
    const std::size_t n = predicted.size();
    double both = 0;
    double in_predicted = 0;
    double in_gold = 0;
    double cross = 0;
    double cross_found = 0;
    for (std::size_t i = 0; i < n; ++i) {
        double shared = 0;
        double predicted_size = 0;
        double gold_size = 0;
        for (std::size_t j = 0; j < n; ++j) {
            const bool p = predicted[i] == predicted[j];
            const bool g = gold[i] == gold[j];
            shared += p && g;
            predicted_size += p;
            gold_size += g;
            if (i < j) {
                both += p && g;
                in_predicted += p;
                in_gold += g;
                const bool crosses = languages[i] != languages[j];
                cross += g && crosses;
                cross_found += p && g && crosses;
            }
        }
        for (PrecisionRecall* figures : {&quality.bcubed, &quality.by_language[languages[i]]}) {
            figures->precision += shared / predicted_size;
            figures->recall += shared / gold_size;
        }
        ++quality.articles_by_language[languages[i]];
    }
    quality.bcubed.precision /= static_cast<double>(n);
    quality.bcubed.recall /= static_cast<double>(n);
    for (auto& [language, figures] : quality.by_language) {
        figures.precision /= static_cast<double>(quality.articles_by_language[language]);
        figures.recall /= static_cast<double>(quality.articles_by_language[language]);
    }
    quality.pairwise = {ratio(both, in_predicted), ratio(both, in_gold), 0};
    quality.cross_language_recall = ratio(cross_found, cross);
    const double expected = ratio(in_predicted * in_gold, static_cast<double>(n * (n - 1) / 2));
    const double most = (in_predicted + in_gold) / 2;
    quality.adjusted_rand_index =
        n == 1 || most == expected ? 1 : (both - expected) / (most - expected);
    quality.homogeneity = explained(gold, predicted);
    quality.completeness = explained(predicted, gold);
    return quality;
}

Labels random_labels(test::Random& random, std::size_t size, std::uint32_t clusters) {
    Labels labels(size);
    for (auto& label : labels)
        label = random.number(clusters) * 1'000'003U;
    return labels;
}

Languages random_languages(test::Random& random, std::size_t size) {
    Languages languages(size);
    for (auto& language : languages)
        language = std::string(1, static_cast<char>('a' + random.number(4)));
    return languages;
}

} // namespace

TEST_CASE("evaluation: the counts give what the definitions over all pairs give") {
    test::Random random(21);
    for (int round = 0; round < 300; ++round) {
        const std::size_t n = random.number(60) + 1;
        const Labels gold = random_labels(random, n, random.number(12) + 1);
        Labels predicted = random_labels(random, n, random.number(12) + 1);
        if (round % 3 == 0) { // near the gold clusters
            predicted = gold;
            for (std::uint32_t i = random.number(4); i > 0; --i)
                predicted[random.number(static_cast<std::uint32_t>(n))] = random.number(5);
        }
        const Languages languages = random_languages(random, n);
        const auto fast = evaluate_clustering(predicted, gold, languages);
        const auto slow = naive(predicted, gold, languages);
        INFO("round " << round << ", " << n << " articles");
        const auto near = [](double value) { return Approx(value).margin(1e-9); };
        CHECK(fast.bcubed.precision == near(slow.bcubed.precision));
        CHECK(fast.bcubed.recall == near(slow.bcubed.recall));
        CHECK(fast.pairwise.precision == near(slow.pairwise.precision));
        CHECK(fast.pairwise.recall == near(slow.pairwise.recall));
        CHECK(fast.adjusted_rand_index == near(slow.adjusted_rand_index));
        CHECK(fast.homogeneity == near(slow.homogeneity));
        CHECK(fast.completeness == near(slow.completeness));
        CHECK(fast.cross_language_recall == near(slow.cross_language_recall));
        CHECK(fast.articles_by_language == slow.articles_by_language);
        REQUIRE(fast.by_language.size() == slow.by_language.size());
        for (const auto& [language, figures] : slow.by_language) {
            CHECK(fast.by_language.at(language).precision == near(figures.precision));
            CHECK(fast.by_language.at(language).recall == near(figures.recall));
        }
        for (const double figure : {fast.homogeneity, fast.completeness, fast.v_measure}) {
            CHECK(figure >= 0);
            CHECK(figure <= 1);
        }
    }
}

TEST_CASE("evaluation: other names of clusters and another order change no bit") {
    test::Random random(22);
    for (int round = 0; round < 50; ++round) {
        const std::size_t n = random.number(400) + 1;
        const Labels gold = random_labels(random, n, 40);
        const Labels predicted = random_labels(random, n, 30);
        const Languages languages = random_languages(random, n);
        std::vector<std::size_t> order(n);
        std::iota(order.begin(), order.end(), std::size_t{0});
        random.shuffle(order);
        Labels other_gold;
        Labels other_predicted;
        Languages other_languages;
        for (const std::size_t i : order) {
            other_gold.push_back(~gold[i]);
            other_predicted.push_back(predicted[i] * 5U);
            other_languages.push_back(languages[i]);
        }
        const auto a = evaluate_clustering(predicted, gold, languages);
        const auto b = evaluate_clustering(other_predicted, other_gold, other_languages);
        CHECK(a.bcubed.f1 == b.bcubed.f1);
        CHECK(a.pairwise.f1 == b.pairwise.f1);
        CHECK(a.adjusted_rand_index == b.adjusted_rand_index);
        CHECK(a.v_measure == b.v_measure);
        CHECK(a.cross_language_recall == b.cross_language_recall);
        for (const auto& [language, figures] : a.by_language)
            CHECK(b.by_language.at(language).f1 == figures.f1);
        // Predicted and gold change places: so do precision and recall.
        const auto swapped = evaluate_clustering(gold, predicted, languages);
        CHECK(swapped.bcubed.precision == a.bcubed.recall);
        CHECK(swapped.homogeneity == a.completeness);
        CHECK(swapped.adjusted_rand_index == a.adjusted_rand_index);
    }
}
