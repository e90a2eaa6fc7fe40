// SPDX-License-Identifier: Apache-2.0
//
// Fits the logistic pair model on labelled collections, checks it on each collection left out in
// turn, and writes the coefficients into a model file.
#include "base/parallel.hpp"
#include "labelled_pairs.hpp"
#include "language_agreement.hpp"
#include "logistic_regression.hpp"
#include "model/format/pack_writer.hpp"
#include "program.hpp"
#include "scoring/pair_model.hpp"

#include <fabula/clustering.hpp>
#include <fabula/evaluation.hpp>
#include <fabula/neighbours.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

namespace {

using namespace fabula;
using namespace fabula::training;
using detail::PairFeature;

struct Options {
    std::filesystem::path model;
    std::filesystem::path output;
    std::vector<std::filesystem::path> files;
    std::vector<std::filesystem::path> short_files;
    float min_cosine{0.02F};
    double missing_log_odds{-2.5};
    double ridge{1};
    double positive_share{0.22};
    bool ablation{};
};

using Sets = std::vector<LabelledPairs>;

/// All pairs of the collections but those of one family. Each collection counts the same, and in it
/// the pairs of one story `positive_share`: neither a large collection nor its many different pairs
/// drown the rest. Of very many pairs of a kind every k-th is taken, and counts k times.
std::vector<Example> gather(const Sets& sets, const std::string& left_out, double positive_share,
                            const Coefficients* alone) {
    constexpr double examples_per_set = 1000;
    constexpr std::size_t most_of_a_kind = 60000;
    std::vector<Example> examples;
    for (const LabelledPairs& set : sets) {
        if (!set.is_fitted_without(left_out))
            continue;
        // A mix has what none of its files has: tight topics within the news of the world.
        const double worth = set.families.size() > 1 ? 6 * examples_per_set : examples_per_set;
        std::size_t count[2]{};
        double weight[2]{};
        for (const detail::CandidatePair& pair : set.pairs) {
            const bool same = set.is_same_story(pair);
            ++count[same ? 1 : 0];
            weight[same ? 1 : 0] += set.weight(pair);
        }
        std::size_t seen[2]{};
        for (std::size_t i = 0; i < set.pairs.size(); ++i) {
            const bool same = set.is_same_story(set.pairs[i]);
            const std::size_t kind = same ? 1 : 0;
            const std::size_t step = count[kind] / most_of_a_kind + 1;
            if (seen[kind]++ % step != 0)
                continue;
            const double share = same ? positive_share : 1 - positive_share;
            detail::PairFeatures features = set.features[i];
            double offset = 0;
            if (alone != nullptr) {
                // What the coefficients of pairs alone add by their part is given.
                for (std::size_t k = 0; k < features.values.size(); ++k) {
                    offset += (1 - features.collected) * (*alone)[k] * features.values[k];
                    features.values[k] *= features.collected;
                }
            }
            examples.push_back({features, same,
                                set.weight(set.pairs[i]) * static_cast<double>(step) * worth *
                                    share / weight[kind],
                                offset});
        }
    }
    return examples;
}

/// What one model makes of one collection.
struct Figures {
    double f1{};
    double calibration_error{}; ///< every candidate pair counts the same
    Calibration calibration;
    std::size_t largest{};
};

Figures figures_of(const LabelledPairs& set, const Coefficients& coefficients,
                   const Coefficients& alone, double missing_log_odds, double min_log_odds) {
    const detail::PairModel model(coefficients, alone);
    SimilarityGraph graph;
    graph.nodes = set.articles;
    graph.missing_probability = static_cast<float>(detail::logistic(missing_log_odds));
    std::vector<ScoredPair> pairs;
    for (std::size_t i = 0; i < set.pairs.size(); ++i) {
        const double probability = detail::logistic(model.log_odds(set.features[i]));
        graph.edges.push_back(
            {set.pairs[i].first, set.pairs[i].second, static_cast<float>(probability)});
        pairs.push_back({probability, set.is_same_story(set.pairs[i]), 1});
    }
    ClusteringOptions options;
    options.min_probability = detail::logistic(min_log_odds);
    std::vector<std::uint32_t> labels = cluster_graph(graph, options).labels;
    for (std::size_t i = 0; i < labels.size(); ++i)
        labels[i] = labels[set.representatives[i]];
    const ClusteringQuality quality = evaluate_clustering(labels, set.gold);
    Figures out;
    out.f1 = quality.bcubed.f1;
    out.largest = quality.largest_predicted;
    out.calibration = calibrate(pairs);
    out.calibration_error = out.calibration.expected_calibration_error;
    return out;
}

void print_candidates(const LabelledPairs& set) {
    std::uint64_t same = 0;
    for (const detail::CandidatePair& pair : set.pairs)
        same += set.is_same_story(pair) ? 1U : 0U;
    std::printf("%s: %zu articles, %zu candidate pairs, %.4f of the same-story pairs\n",
                set.name.c_str(), set.articles, set.pairs.size(),
                static_cast<double>(same) /
                    static_cast<double>(std::max<std::uint64_t>(1, set.same_story_pairs)));
}

/// Coefficients by the family that was left out; "" = none was.
using Fits = std::map<std::string, Coefficients>;

Fits fit_all(const Sets& sets, const Options& options, const AllBounds& bounds, const Fits* alone,
             const std::set<PairFeature>& without = {}) {
    std::vector<std::string> families{""};
    for (const LabelledPairs& set : sets)
        if (set.families.size() == 1 &&
            std::find(families.begin(), families.end(), *set.families.begin()) == families.end())
            families.push_back(*set.families.begin());
    std::vector<Coefficients> fitted(families.size());
    detail::for_each_task(families.size(), 0, [&](std::size_t i) {
        std::vector<Example> examples =
            gather(sets, families[i], options.positive_share,
                   alone != nullptr ? &alone->at(families[i]) : nullptr);
        for (Example& example : examples)
            for (const PairFeature feature : without)
                example.features[feature] = 0;
        fitted[i] = fit_logistic(examples, options.ridge, bounds);
    });
    Fits out;
    for (std::size_t i = 0; i < families.size(); ++i)
        out[families[i]] = fitted[i];
    return out;
}

std::vector<Figures> figures_of(const Sets& sets, const Fits& fits, const Fits& alone,
                                bool left_out, double missing, double cut) {
    std::vector<Figures> out(sets.size());
    detail::for_each_task(sets.size(), 0, [&](std::size_t i) {
        const std::string without =
            left_out && sets[i].families.size() == 1 ? *sets[i].families.begin() : "";
        out[i] = figures_of(sets[i], fits.at(without), alone.at(without), missing, cut);
    });
    return out;
}

void print_row(const std::string& name, const std::vector<Figures>& figures,
               double Figures::*value) {
    std::printf("| %s |", name.c_str());
    double sum = 0;
    for (const Figures& one : figures) {
        sum += one.*value;
        std::printf(" %.3f |", one.*value);
    }
    std::printf(" %.4f |\n", sum / static_cast<double>(figures.size()));
}

void print_head(const Sets& sets, const char* what) {
    std::printf("\n| %s |", what);
    for (const LabelledPairs& set : sets)
        std::printf(" %s |", set.name.c_str());
    std::printf(" mean |\n|---|");
    for (std::size_t i = 0; i <= sets.size(); ++i)
        std::printf("---|");
    std::printf("\n");
}

/// How often pairs of each probability are of one story, in the whole articles left out in turn.
void print_reliability(const Sets& sets, const std::vector<Figures>& figures) {
    std::printf("\n| probability |");
    for (const LabelledPairs& set : sets)
        if (set.reading.extent == Extent::whole && set.reading.every_language == 1)
            std::printf(" %s: pairs, mean, same story |", set.name.c_str());
    std::printf("\n");
    for (std::size_t bin = 0; bin < 10; ++bin) {
        std::printf("| %.1f–%.1f |", 0.1 * static_cast<double>(bin),
                    0.1 * static_cast<double>(bin + 1));
        for (std::size_t i = 0; i < sets.size(); ++i)
            if (sets[i].reading.extent == Extent::whole && sets[i].reading.every_language == 1) {
                const CalibrationBin& one = figures[i].calibration.bins[bin];
                std::printf(" %zu, %.3f, %.3f |", one.pairs, one.mean_probability, one.same_story);
            }
        std::printf("\n");
    }
}

/// Each kind of feature left out, the rest fitted anew.
void print_ablation(const Sets& sets, const Fits& alone, const Options& options,
                    const AllBounds& bounds) {
    using enum PairFeature;
    const std::pair<const char*, std::set<PairFeature>> kinds[] = {
        {"nothing", {}},
        {"s_norm of the vectors", {s_norm, s_norm_length}},
        {"length", {length, s_norm_length, brevity}},
        {"the neighbourhood around", {hubness}},
        {"terms, one language", {terms}},
        {"names, two languages", {cross_names}},
        {"other words, two languages", {cross_words}},
        {"names that are not shared", {unmatched_names}},
        {"numbers", {shared_numbers, unmatched_numbers}},
        {"dates in the text", {shared_dates}},
        {"time of publication", {PairFeature::time_gap}},
    };
    print_head(sets, "left out (BCubed F1, set left out of the fit)");
    for (const auto& [name, without] : kinds)
        print_row(name,
                  figures_of(sets, fit_all(sets, options, bounds, &alone, without), alone, true,
                             options.missing_log_odds, 0),
                  &Figures::f1);
}

/// All readings of the files: as collections, or as articles that are scored each pair alone.
Sets read_sets(const Options& options, const Model& model, std::vector<double>& agreement,
               bool alone) {
    Sets sets;
    const auto add = [&](std::span<const std::filesystem::path> files, const Reading& reading) {
        LabelledPairs set = read_labelled_pairs(files, model, options.min_cosine, reading);
        constexpr std::size_t least_pairs = 100; // fewer where the articles have no titles
        if (set.pairs.size() < least_pairs)
            return;
        print_candidates(set);
        sets.push_back(std::move(set));
    };
    constexpr std::size_t few = 11;
    constexpr std::size_t some = 4;
    for (const auto& file : options.files)
        for (const std::size_t every : {std::size_t{1}, few})
            for (const Extent extent : {Extent::whole, Extent::lead, Extent::title})
                if (every == 1 || has_many_languages(file))
                    add({&file, 1}, {extent, every, alone});
    for (const auto& file : options.short_files)
        add({&file, 1}, {Extent::whole, 1, alone});
    // All files as one collection, in which each is a topic among others; and all but each.
    std::vector<std::filesystem::path> files = options.files;
    files.insert(files.end(), options.short_files.begin(), options.short_files.end());
    if (!alone)
        add(files, {Extent::whole, some, alone});
    for (const auto& left_out : files) {
        if (alone)
            break;
        std::vector<std::filesystem::path> others = files;
        std::erase(others, left_out);
        add(others, {Extent::whole, some, alone});
    }

    for (LabelledPairs& set : sets)
        set.all_families = files.size();
    // The collection of most languages, its articles whole, says what a cosine means in each.
    const auto widest =
        std::max_element(sets.begin(), sets.end(), [](const auto& a, const auto& b) {
            const auto languages = [](const LabelledPairs& set) {
                return set.families.size() == 1 && set.reading.extent == Extent::whole
                           ? set.languages
                           : 0;
            };
            return languages(a) < languages(b);
        });
    if (agreement.empty())
        agreement = estimate_agreement(*widest, model.languages().size());
    std::printf("agreement, from %s:", widest->name.c_str());
    for (std::size_t i = 0; i < agreement.size(); ++i)
        std::printf(" %s %.2f", model.languages()[i].c_str(), agreement[i]);
    std::printf("\n");
    for (LabelledPairs& set : sets)
        measure(set, detail::LanguageCalibration(agreement));
    return sets;
}

void run(const Options& options) {
    AllBounds bounds;
    for (const PairFeature up :
         {PairFeature::s_norm, PairFeature::s_norm_length, PairFeature::terms,
          PairFeature::cross_names, PairFeature::cross_words, PairFeature::shared_numbers,
          PairFeature::shared_dates, PairFeature::time_gap})
        bounds[static_cast<std::size_t>(up)].least = 0;
    for (const PairFeature down :
         {PairFeature::unmatched_numbers, PairFeature::unmatched_names, PairFeature::hubness})
        bounds[static_cast<std::size_t>(down)].most = 0;
    // A log-likelihood ratio where all reports of a story are as near in time as these two: the
    // most that a time can say.
    bounds[static_cast<std::size_t>(PairFeature::time_gap)].most = 1;

    // Set, not fitted: a word or two are no story, whatever they mean, and labelled collections
    // have none that would say so. One word loses four.
    bounds[static_cast<std::size_t>(PairFeature::brevity)] = {-5, -5};

    const Model model = Model::load(options.model);
    std::vector<double> agreement;
    const Sets sets = read_sets(options, model, agreement, false);
    const Fits alone = [&] {
        const Sets pairs_alone = read_sets(options, model, agreement, true);
        Fits out = fit_all(pairs_alone, options, bounds, nullptr);
        const std::vector<Figures> figures =
            figures_of(pairs_alone, out, out, true, options.missing_log_odds, 0);
        print_head(pairs_alone, "each pair scored alone, its file left out");
        print_row("BCubed F1", figures, &Figures::f1);
        print_row("calibration error", figures, &Figures::calibration_error);
        return out;
    }();
    const Fits fits = fit_all(sets, options, bounds, &alone);
    const Coefficients& all = fits.at("");
    for (std::size_t i = 0; i < detail::pair_feature_count; ++i) {
        std::printf("%-18s %8.3f",
                    std::string(detail::name_of(static_cast<PairFeature>(i))).c_str(), all[i]);
        for (const auto& [family, other] : fits)
            if (!family.empty())
                std::printf("  without %s %.3f", family.c_str(), other[i]);
        std::printf("\n");
    }
    print_head(sets, "BCubed F1");
    for (const double missing : {-1.5, -2.5, -4.0})
        for (const double cut : {-1.0, 0.0, 1.0}) {
            char name[64];
            std::snprintf(name, sizeof name, "missing %+.1f, cut %+.1f", missing, cut);
            print_row(name, figures_of(sets, fits, alone, false, missing, cut), &Figures::f1);
        }
    const std::vector<Figures> within =
        figures_of(sets, fits, alone, false, options.missing_log_odds, 0);
    const std::vector<Figures> without =
        figures_of(sets, fits, alone, true, options.missing_log_odds, 0);
    print_row("**fitted on all**", within, &Figures::f1);
    print_row("**its file left out**", without, &Figures::f1);
    print_row("calibration error, left out", without, &Figures::calibration_error);
    print_reliability(sets, without);
    if (options.ablation)
        print_ablation(sets, alone, options, bounds);

    if (!options.output.empty()) {
        detail::PackEdits edits;
        edits.drop_coefficients = true;
        for (std::size_t i = 0; i < detail::pair_feature_count; ++i)
            edits.coefficients["pair." +
                               std::string(detail::coefficient_key(static_cast<PairFeature>(i)))] =
                all[i];
        for (std::size_t i = 0; i < detail::pair_feature_count; ++i)
            edits.coefficients["alone." +
                               std::string(detail::coefficient_key(static_cast<PairFeature>(i)))] =
                alone.at("")[i];
        for (std::size_t i = 0; i < agreement.size(); ++i)
            edits.coefficients["agreement." + model.languages()[i]] = agreement[i];
        edits.coefficients["pair.min_cosine"] = static_cast<double>(options.min_cosine);
        edits.coefficients["pair.missing_probability"] = detail::logistic(options.missing_log_odds);
        detail::rewrite_manifest(options.model, options.output, edits);
    }
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Fit the pair model of a model file on labelled articles"};
    app.add_option("model", options.model, "Model file")->required();
    app.add_option("files", options.files, "JSON Lines with a story field")->required();
    app.add_option("--short", options.short_files,
                   "Articles of a sentence or so: no readings of their leads and titles alone");
    app.add_option("-o,--output", options.output, "Model file with the new coefficients");
    app.add_option("--min-cosine", options.min_cosine)->capture_default_str();
    app.add_option("--missing-log-odds", options.missing_log_odds)->capture_default_str();
    app.add_option("--ridge", options.ridge)->capture_default_str();
    app.add_option("--positive-share", options.positive_share)->capture_default_str();
    app.add_flag("--ablation", options.ablation, "Also with each kind of feature left out");
    CLI11_PARSE(app, argc, argv);
    return run_program("fit_pair_model", [&] { run(options); });
}
