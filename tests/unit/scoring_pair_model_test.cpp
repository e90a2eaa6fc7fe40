// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/model_data.hpp"
#include "scoring/pair_model.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <fabula/embedding.hpp>
#include <fabula/error.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <cmath>
#include <limits>

using namespace fabula;
using detail::logistic;
using detail::PairFeature;
using detail::PairFeatures;
using detail::PairModel;

namespace {

detail::ModelData with_coefficients(std::map<std::string, double> coefficients) {
    detail::ModelParts parts;
    parts.dimension = 4;
    parts.card.path = "made-up.fabula";
    parts.coefficients = std::move(coefficients);
    return detail::ModelData{std::move(parts)};
}

PairFeatures with_s_norm(double s_norm) {
    PairFeatures features;
    features[PairFeature::bias] = 1;
    features[PairFeature::s_norm] = s_norm;
    features[PairFeature::length] = 0.9;
    features[PairFeature::terms] = 0.5;
    features[PairFeature::time_gap] = -1.5;
    return features;
}

} // namespace

TEST_CASE("logistic: symmetric, monotone and finite") {
    CHECK(logistic(0) == 0.5);
    CHECK(logistic(2) + logistic(-2) == Approx(1.0));
    CHECK(logistic(-1e6) == 0);
    CHECK(logistic(1e6) == 1);
    CHECK(logistic(std::numeric_limits<double>::infinity()) == 1);
    CHECK(logistic(-std::numeric_limits<double>::infinity()) == 0);
    for (double x = -30; x < 30; x += 0.5)
        CHECK(logistic(x) < logistic(x + 0.5));
}

TEST_CASE("pair model: contributions sum to the log-odds") {
    std::array<double, detail::pair_feature_count> coefficients{};
    for (std::size_t i = 0; i < coefficients.size(); ++i)
        coefficients[i] = static_cast<double>(i) * 1.5 - 4;
    const PairModel model{coefficients};
    const PairFeatures features = with_s_norm(0.625);
    const std::vector<Contribution> contributions = model.contributions(features);
    REQUIRE(contributions.size() == detail::pair_feature_count - 5);
    CHECK(contributions[0].name == "meaning");
    CHECK(contributions[0].value == features[PairFeature::s_norm]);
    double sum = 0;
    for (const Contribution& part : contributions)
        sum += part.log_odds;
    // Bias, length, brevity and the languages are told as part of the meaning.
    std::size_t next = 1;
    for (std::size_t i = 0; i < detail::pair_feature_count; ++i) {
        const auto feature = static_cast<PairFeature>(i);
        if (feature == PairFeature::bias || feature == PairFeature::s_norm ||
            feature == PairFeature::length || feature == PairFeature::s_norm_length ||
            feature == PairFeature::brevity || feature == PairFeature::cross_language)
            continue;
        REQUIRE(next < contributions.size());
        CHECK(contributions[next].name == name_of(feature));
        CHECK(contributions[next].value == features.values[i]);
        CHECK(contributions[next].log_odds == coefficients[i] * features.values[i]);
        ++next;
    }
    CHECK(sum == Approx(model.log_odds(features)));
}

TEST_CASE("pair model: the model file's coefficients, else the S-norm score alone") {
    const PairModel none{with_coefficients({})};
    CHECK(none.log_odds(with_s_norm(0.5)) == 0);
    CHECK(none.log_odds(with_s_norm(0.9)) > 4);
    CHECK(none.log_odds(with_s_norm(0.1)) < -4);
    CHECK(none.min_cosine() > 0);
    CHECK(none.min_cosine() < 0.5F);
    CHECK(none.missing_probability() > 0);
    CHECK(none.missing_probability() < 0.5F);

    const PairModel some{with_coefficients({{"pair.bias", 1.0},
                                            {"pair.closeness", 2.0},
                                            {"pair.time_gap", 4.0},
                                            {"pair.min_cosine", -0.25},
                                            {"pair.missing_probability", 0.125},
                                            {"unknown", 99.0}})};
    CHECK(some.log_odds(with_s_norm(0.5)) == 1.0 + 2.0 * 0.5 + 4.0 * -1.5);
    CHECK(some.min_cosine() == -0.25F);
    CHECK(some.missing_probability() == 0.125F);
}

TEST_CASE("pair model: constants out of range are refused with the name of the file") {
    for (const double value : {0.0, 1.0, -0.1, 7.0}) {
        try {
            const PairModel made{with_coefficients({{"pair.missing_probability", value}})};
            FAIL("accepted " << value);
        } catch (const Error& error) {
            CHECK(error.code() == Errc::damaged_model);
            CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring("made-up.fabula"));
            CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring("missing_probability"));
        }
    }
}

TEST_CASE("pair model: an imported file has no coefficients and still compares and clusters") {
    const test::TempFolder folder;
    const Model imported = Model::load(folder.write("tiny.vec", "6 4\n"
                                                                "ferry 1 0 0 0.1\n"
                                                                "harbour 0.9 0.1 0 0\n"
                                                                "ship 0.8 0 0.2 0\n"
                                                                "bank 0 0 1 0.1\n"
                                                                "rate 0 0.1 0.9 0\n"
                                                                "loan 0.1 0 1 0\n"));
    const auto made = [](std::string id, std::string text) {
        Article article = test::plain(std::move(text), "en");
        article.id = std::move(id);
        return article;
    };
    const std::vector<Article> articles{made("a", "ferry harbour"), made("b", "bank rate loan"),
                                        made("c", "ship ferry"), made("d", "loan bank")};
    const Comparer comparer{imported};
    const Comparison alike = comparer.compare(articles[0], articles[2]);
    const Comparison apart = comparer.compare(articles[0], articles[1]);
    CHECK(alike.probability == Approx(logistic(16 * static_cast<double>(alike.similarity) - 8)));
    CHECK(apart.probability == Approx(logistic(16 * static_cast<double>(apart.similarity) - 8)));
    CHECK(alike.probability > 0.9);
    CHECK(apart.probability < 0.5);
    CHECK(apart.relation == Relation::unrelated);
    const StoryClusters clusters = StoryClusterer{imported}.cluster(articles);
    REQUIRE(clusters.stories.size() == 2);
    CHECK(clusters.stories[0].members == std::vector<std::size_t>{0, 2});
    CHECK(clusters.stories[1].members == std::vector<std::size_t>{1, 3});
}

TEST_CASE("pair model: between pairs alone and pairs of a collection, both by their part") {
    std::array<double, detail::pair_feature_count> collected{};
    std::array<double, detail::pair_feature_count> alone{};
    collected.fill(2);
    alone.fill(-1);
    const PairModel model{collected, alone};
    PairFeatures features = with_s_norm(0.5);
    const double apart = model.log_odds(features);
    features.collected = 1;
    const double together = model.log_odds(features);
    CHECK(together == Approx(-2 * apart));
    features.collected = 0.25;
    CHECK(model.log_odds(features) == Approx(0.75 * apart + 0.25 * together));
    double sum = 0;
    for (const Contribution& part : model.contributions(features))
        sum += part.log_odds;
    CHECK(sum == Approx(model.log_odds(features)));
}
