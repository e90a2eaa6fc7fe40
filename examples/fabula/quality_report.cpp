// SPDX-License-Identifier: Apache-2.0
#include "quality_report.hpp"

#include "text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace program {
namespace {

using Json = nlohmann::ordered_json;
using fabula::ClusteringQuality;
using fabula::PrecisionRecall;

/// Evaluation figures are quoted in three decimals; a fourth one tells near ties apart.
constexpr int digits = 4;

constexpr std::size_t most_language_pairs = 20; // in the table
constexpr std::size_t least_pairs = 10;         // of articles, for a figure to tell much

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

/// The worst first, but those of few pairs last.
void write_language_pairs(std::ostream& out, std::vector<fabula::LanguagePairQuality> rows) {
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        const auto is_small = [](const auto& row) {
            return std::max(row.gold_pairs, row.predicted_pairs) < least_pairs;
        };
        const auto wrong = [](const auto& row) {
            return row.gold_pairs + row.predicted_pairs - 2 * row.correct_pairs;
        };
        if (is_small(a) != is_small(b))
            return is_small(b);
        return a.pairwise.f1 != b.pairwise.f1 ? a.pairwise.f1 < b.pairwise.f1 : wrong(a) > wrong(b);
    });
    out << padded("pairwise by languages", 24)
        << "precision  recall  F1      together as labelled  as found  both\n";
    const std::size_t shown = std::min(rows.size(), most_language_pairs);
    for (std::size_t i = 0; i < shown; ++i) {
        const fabula::LanguagePairQuality& pair = rows[i];
        out << row("  " + pair.first + " " + pair.second, pair.pairwise) << "  "
            << padded(std::to_string(pair.gold_pairs), 22)
            << padded(std::to_string(pair.predicted_pairs), 10) << pair.correct_pairs << '\n';
    }
    if (rows.empty())
        out << "  no two articles are together\n";
    if (shown < rows.size())
        out << "  and " << rows.size() - shown << " more: better ones, and those of fewer than "
            << least_pairs << " pairs (--json has all)\n";
}

void write_calibration(std::ostream& out, const CalibrationReport& report) {
    out << padded("pairs scored", 24) << report.by_pair.pairs << '\n'
        << padded("of one story", 24) << report.scored_same_story << " of " << report.same_story
        << "\n\n"
        << padded("", 24) << padded("", 12) << "all pairs alike     1/n in a story of n\n"
        << padded("probability", 24) << "pairs       said    true        said    true\n";
    for (std::size_t i = 0; i < report.by_pair.bins.size(); ++i) {
        const fabula::CalibrationBin& one = report.by_pair.bins[i];
        const fabula::CalibrationBin& story = report.by_story.bins[i];
        out << padded("  " + decimals(one.from, 1) + " to " + decimals(one.to, 1), 24)
            << padded(std::to_string(one.pairs), 12);
        if (one.pairs > 0)
            out << decimals(one.mean_probability, digits) << "  "
                << decimals(one.same_story, digits) << "      "
                << decimals(story.mean_probability, digits) << "  "
                << decimals(story.same_story, digits);
        out << '\n';
    }
    out << padded("expected calibration error", 36)
        << padded(decimals(report.by_pair.expected_calibration_error, digits), 20)
        << decimals(report.by_story.expected_calibration_error, digits) << '\n';
}

Json to_json(const std::vector<fabula::LanguagePairQuality>& rows) {
    Json json = Json::array();
    for (const fabula::LanguagePairQuality& row : rows) {
        Json figures{{"first", row.first},
                     {"second", row.second},
                     {"gold_pairs", row.gold_pairs},
                     {"predicted_pairs", row.predicted_pairs},
                     {"correct_pairs", row.correct_pairs}};
        figures.update(to_json(row.pairwise));
        json.push_back(std::move(figures));
    }
    return json;
}

Json to_json(const fabula::Calibration& calibration) {
    Json bins = Json::array();
    for (const fabula::CalibrationBin& bin : calibration.bins)
        bins.push_back({{"from", bin.from},
                        {"to", bin.to},
                        {"pairs", bin.pairs},
                        {"mean_probability", bin.mean_probability},
                        {"same_story", bin.same_story}});
    return {{"expected_calibration_error", calibration.expected_calibration_error}, {"bins", bins}};
}

Json to_json(const CalibrationReport& report) {
    return {{"scored_pairs", report.by_pair.pairs},
            {"scored_same_story_pairs", report.scored_same_story},
            {"same_story_pairs", report.same_story},
            {"by_pair", to_json(report.by_pair)},
            {"by_story", to_json(report.by_story)}};
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

void write_details(std::ostream& out, const Details& details) {
    if (details.language_pairs) {
        out << '\n';
        write_language_pairs(out, *details.language_pairs);
    }
    if (details.calibration) {
        out << '\n';
        write_calibration(out, *details.calibration);
    }
    if (details.errors) {
        out << '\n';
        write_errors(out, *details.errors);
    }
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
                        std::size_t unlabelled, const Details& details) {
    for (const Measurement& measurement : measurements) {
        Json json = to_json(measurement, unlabelled);
        if (&measurement == measurements.data()) {
            if (details.language_pairs)
                json["by_language_pair"] = to_json(*details.language_pairs);
            if (details.calibration)
                json["calibration"] = to_json(*details.calibration);
            if (details.errors)
                json["errors"] = to_json(*details.errors);
        }
        out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    }
}

} // namespace program
