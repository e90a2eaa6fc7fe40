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
#include <map>
#include <string>

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
    PairFeatures features;
    for (std::size_t i = 0; i < coefficients.size(); ++i) {
        coefficients[i] = static_cast<double>(i) * 1.5 - 4;
        features.values[i] = 1 / (static_cast<double>(i) + 1);
    }
    const PairModel model{coefficients};
    const std::vector<Contribution> contributions = model.contributions(features);
    double sum = 0;
    std::map<std::string, Contribution> by_name;
    for (const Contribution& part : contributions) {
        sum += part.log_odds;
        CHECK(by_name.emplace(part.name, part).second);
        CHECK(in_words(part).find('_') == std::string::npos);
    }
    CHECK(sum == Approx(model.log_odds(features)));
    CHECK(contributions[0].name == "meaning");
    CHECK(contributions[0].value == Approx(1.0 / 3 + 1.0 / 4)); // of one language or of two
    // What is a product, or of one language or of two, is told as one.
    CHECK(by_name.size() == 10);
    const auto part = [&](PairFeature feature) {
        const auto i = static_cast<std::size_t>(feature);
        return coefficients[i] * features.values[i];
    };
    using enum PairFeature;
    CHECK(by_name.at("terms").log_odds == Approx(part(terms) + part(stems) + part(stems_length)));
    CHECK(by_name.at("names").log_odds == Approx(part(names) + part(cross_names)));
    CHECK(by_name.at("form").log_odds ==
          Approx(part(form) + part(form_s_norm) + part(form_terms) + part(form_names) +
                 part(form_numbers) + part(form_dates)));
    CHECK(by_name.at("form").value == features[form]);
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

    const PairModel some{with_coefficients({{"scoring.bias", 1.0},
                                            {"scoring.s_norm", 2.0},
                                            {"scoring.time_gap", 4.0},
                                            {"scoring.min_cosine", -0.25},
                                            {"scoring.missing_probability", 0.125},
                                            {"unknown", 99.0}})};
    CHECK(some.log_odds(with_s_norm(0.5)) == 1.0 + 2.0 * 0.5 + 4.0 * -1.5);
    CHECK(some.min_cosine() == -0.25F);
    CHECK(some.missing_probability() == 0.125F);
}

TEST_CASE("pair model: constants out of range are refused with the name of the file") {
    for (const double value : {0.0, 1.0, -0.1, 7.0}) {
        try {
            const PairModel made{with_coefficients({{"scoring.missing_probability", value}})};
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
