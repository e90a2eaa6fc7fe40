// SPDX-License-Identifier: Apache-2.0
#include "quality_report.hpp"

#include "text.hpp"

#include <nlohmann/json.hpp>

namespace program {
namespace {

using Json = nlohmann::ordered_json;
using fabula::ClusteringQuality;
using fabula::PrecisionRecall;

/// Evaluation figures are quoted in three decimals; a fourth one tells near ties apart.
constexpr int digits = 4;

std::string row(const std::string& name, const PrecisionRecall& figures) {
    return padded(name, 24) + decimals(figures.precision, digits) + "     " +
           decimals(figures.recall, digits) + "  " + decimals(figures.f1, digits);
}

Json to_json(const PrecisionRecall& figures) {
    return {{"precision", figures.precision}, {"recall", figures.recall}, {"f1", figures.f1}};
}

Json to_json(const Measurement& measurement, std::size_t unlabelled) {
    const ClusteringQuality& quality = measurement.quality;
    Json languages = Json::object();
    for (const auto& [language, figures] : quality.by_language) {
        languages[language] = to_json(figures);
        languages[language]["articles"] = quality.articles_by_language.at(language);
    }
    return {{"min_probability", measurement.min_probability},
            {"articles", quality.articles},
            {"unlabelled", unlabelled},
            {"stories", quality.predicted_clusters},
            {"gold_stories", quality.gold_clusters},
            {"largest_story", quality.largest_predicted},
            {"largest_gold_story", quality.largest_gold},
            {"bcubed", to_json(quality.bcubed)},
            {"pairwise", to_json(quality.pairwise)},
            {"adjusted_rand_index", quality.adjusted_rand_index},
            {"homogeneity", quality.homogeneity},
            {"completeness", quality.completeness},
            {"v_measure", quality.v_measure},
            {"cross_language_recall", quality.cross_language_recall},
            {"by_language", languages}};
}

} // namespace

void write_quality_table(std::ostream& out, const Measurement& measurement) {
    const ClusteringQuality& quality = measurement.quality;
    const auto count = [&](const char* name, std::size_t value) {
        out << padded(name, 24) << value << '\n';
    };
    const auto figure = [&](const char* name, double value) {
        out << padded(name, 24) << decimals(value, digits) << '\n';
    };
    count("articles", quality.articles);
    count("stories", quality.predicted_clusters);
    count("stories as labelled", quality.gold_clusters);
    count("largest story", quality.largest_predicted);
    count("largest as labelled", quality.largest_gold);
    figure("min-probability", measurement.min_probability);
    out << '\n' << padded("", 24) << "precision  recall  F1\n";
    out << row("BCubed", quality.bcubed) << '\n' << row("pairwise", quality.pairwise) << "\n\n";
    figure("adjusted Rand index", quality.adjusted_rand_index);
    figure("homogeneity", quality.homogeneity);
    figure("completeness", quality.completeness);
    figure("V-measure", quality.v_measure);
    figure("cross-language recall", quality.cross_language_recall);

    out << '\n' << padded("BCubed by language", 24) << "precision  recall  F1      articles\n";
    for (const auto& [language, figures] : quality.by_language)
        out << row("  " + language, figures) << "  " << quality.articles_by_language.at(language)
            << '\n';
}

void write_sweep_table(std::ostream& out, const std::vector<Measurement>& measurements) {
    out << "min-probability  BCubed P  BCubed R  BCubed F1  pairwise F1  ARI     V-measure  "
           "cross-language recall  stories  largest\n";
    for (const auto& [probability, quality] : measurements)
        out << padded(decimals(probability, 3), 17)
            << padded(decimals(quality.bcubed.precision, digits), 10)
            << padded(decimals(quality.bcubed.recall, digits), 10)
            << padded(decimals(quality.bcubed.f1, digits), 11)
            << padded(decimals(quality.pairwise.f1, digits), 13)
            << padded(decimals(quality.adjusted_rand_index, digits), 8)
            << padded(decimals(quality.v_measure, digits), 11)
            << padded(decimals(quality.cross_language_recall, digits), 23)
            << padded(std::to_string(quality.predicted_clusters), 9) << quality.largest_predicted
            << '\n';
}

void write_quality_json(std::ostream& out, const std::vector<Measurement>& measurements,
                        std::size_t unlabelled) {
    for (const Measurement& measurement : measurements)
        out << to_json(measurement, unlabelled).dump(-1, ' ', false, Json::error_handler_t::replace)
            << '\n';
}

} // namespace program
