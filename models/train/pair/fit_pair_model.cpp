// SPDX-License-Identifier: Apache-2.0
//
// Fits the pair model on labelled collections of many kinds, measures each kind with the
// coefficients that were fitted on the others, and writes those fitted on all into a model file.
#include "base/parallel.hpp"
#include "labelled_pairs.hpp"
#include "language_agreement.hpp"
#include "logistic_regression.hpp"
#include "model/format/pack_writer.hpp"
#include "program.hpp"
#include "scoring/pair_model.hpp"

#include <fabula/clustering.hpp>
#include <fabula/error.hpp>
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
    std::vector<std::filesystem::path> measured; ///< in no fit
    std::filesystem::path languages;             ///< to estimate the calibration of languages from
    std::set<std::string> forms;          ///< kinds: only pairs in one wording are in the fit
    std::map<std::string, double> shifts; ///< of coefficients, after the fit
    float min_cosine{0.02F};
    double missing_probability{0.1};
    double ridge{1};
    double positive_share{0.28};
    bool ablation{};
};

using Sets = std::vector<LabelledPairs>;

/// All pairs of the collections but those of one kind ("" = none is left out). Each kind counts the
/// same, each collection of a kind, and in it the pairs of one story `positive_share`: neither a
/// large collection nor its many different pairs drown the rest. Of very many pairs every k-th is
/// taken, and counts k times. Forms are there to teach what the same wording is worth: what else
/// their invented texts have in common would count against real ones.
std::vector<Example> gather(const Sets& sets, const std::string& left_out, const Options& options) {
    constexpr double examples_per_kind = 1500;
    constexpr std::size_t most_pairs = 6000;
    constexpr double least_form = 0.1;
    std::map<std::string, double> files;
    for (const LabelledPairs& set : sets)
        ++files[set.kind];
    std::vector<Example> examples;
    for (const LabelledPairs& set : sets) {
        if (set.kind == left_out)
            continue;
        const double worth = examples_per_kind / files[set.kind];
        const bool is_forms = options.forms.contains(set.kind);
        for (const bool same : {true, false}) {
            std::vector<std::size_t> places;
            for (std::size_t i = 0; i < set.pairs.size(); ++i)
                if (set.is_same_story(set.pairs[i]) == same &&
                    (!is_forms || set.features[i][PairFeature::form] > least_form))
                    places.push_back(i);
            const std::size_t step = places.size() / most_pairs + 1;
            double all = 0;
            for (std::size_t k = 0; k < places.size(); k += step)
                all += set.weight(set.pairs[places[k]]);
            const double share = same ? options.positive_share : 1 - options.positive_share;
            for (std::size_t k = 0; k < places.size(); k += step)
                examples.push_back({set.features[places[k]], same,
                                    set.weight(set.pairs[places[k]]) / all * worth * share});
        }
    }
    return examples;
}

/// What one model makes of one collection.
struct Figures {
    double f1{};
    double precision{};
    double recall{};
    double calibration_error{}; ///< of pairs of 0.1 and more, each the same
    std::size_t largest{};
};

Figures figures_of(const LabelledPairs& set, const Coefficients& coefficients,
                   const Options& options) {
    constexpr double shown = 0.1;
    const detail::PairModel model(coefficients);
    SimilarityGraph graph;
    graph.nodes = set.articles;
    graph.missing_probability = static_cast<float>(options.missing_probability);
    std::vector<ScoredPair> pairs;
    for (std::size_t i = 0; i < set.pairs.size(); ++i) {
        const double probability = detail::logistic(model.log_odds(set.features[i]));
        if (probability >= options.missing_probability)
            graph.edges.push_back(
                {set.pairs[i].first, set.pairs[i].second, static_cast<float>(probability)});
        if (probability >= shown)
            pairs.push_back({probability, set.is_same_story(set.pairs[i]), 1});
    }
    std::vector<std::uint32_t> labels = cluster_graph(graph).labels;
    for (std::size_t i = 0; i < labels.size(); ++i)
        labels[i] = labels[set.representatives[i]];
    const ClusteringQuality quality = evaluate_clustering(labels, set.gold);
    return {quality.bcubed.f1, quality.bcubed.precision, quality.bcubed.recall,
            pairs.empty() ? 0 : calibrate(pairs).expected_calibration_error,
            quality.largest_predicted};
}

/// Coefficients by the kind that was left out; "" = none was.
using Fits = std::map<std::string, Coefficients>;

Fits fit_all(const Sets& sets, const Options& options, const AllBounds& bounds,
             const std::set<PairFeature>& without = {}) {
    std::set<std::string> kinds{""};
    for (const LabelledPairs& set : sets)
        kinds.insert(set.kind);
    const std::vector<std::string> names(kinds.begin(), kinds.end());
    std::vector<Coefficients> fitted(names.size());
    detail::for_each_task(names.size(), 0, [&](std::size_t i) {
        AllBounds some = bounds;
        for (const PairFeature feature : without)
            some[static_cast<std::size_t>(feature)] = {0, 0};
        fitted[i] = fit_logistic(gather(sets, names[i], options), options.ridge, some);
        for (std::size_t feature = 0; feature < detail::pair_feature_count; ++feature)
            if (const auto by = options.shifts.find(
                    std::string(detail::name_of(static_cast<PairFeature>(feature))));
                by != options.shifts.end())
                fitted[i][feature] += by->second;
    });
    Fits out;
    for (std::size_t i = 0; i < names.size(); ++i)
        out[names[i]] = fitted[i];
    return out;
}

/// Each with its kind left out of the fit.
std::vector<Figures> figures_of(const Sets& sets, const Fits& fits, const Options& options) {
    std::vector<Figures> out(sets.size());
    detail::for_each_task(sets.size(), 0, [&](std::size_t i) {
        const auto found = fits.find(sets[i].kind);
        out[i] = figures_of(sets[i], found == fits.end() ? fits.at("") : found->second, options);
    });
    return out;
}

void print(const Sets& sets, const std::vector<Figures>& left_out,
           const std::vector<Figures>& fitted) {
    std::printf(
        "\n| collection | articles | BCubed F1 | precision | recall | largest | calibration "
        "error | F1, in the fit |\n|---|---|---|---|---|---|---|---|\n");
    for (std::size_t i = 0; i < sets.size(); ++i)
        std::printf("| %s | %zu | %.3f | %.3f | %.3f | %zu | %.3f | %.3f |\n", sets[i].name.c_str(),
                    sets[i].articles, left_out[i].f1, left_out[i].precision, left_out[i].recall,
                    left_out[i].largest, left_out[i].calibration_error, fitted[i].f1);
}

/// Each kind of feature left out, the rest fitted anew.
void print_ablation(const Sets& sets, const Sets& all, const Options& options,
                    const AllBounds& bounds) {
    using enum PairFeature;
    const std::pair<const char*, std::set<PairFeature>> kinds[] = {
        {"nothing", {}},
        {"S-norm score", {s_norm, cross_s_norm, s_norm_length, cross_s_norm_length, form_s_norm}},
        {"length", {length, cross_length, s_norm_length, cross_s_norm_length, brevity}},
        {"terms", {terms, form_terms}},
        {"names", {names, cross_names}},
        {"international words", {cross_words}},
        {"unmatched names", {unmatched_names, cross_unmatched_names, form_names}},
        {"numbers", {shared_numbers, unmatched_numbers, form_numbers}},
        {"dates in the text", {unmatched_dates, form_dates}},
        {"time of publication", {PairFeature::time_gap}},
        {"forms", {form, form_s_norm, form_terms, form_names, form_numbers, form_dates}},
    };
    std::printf("\n| left out |");
    for (const LabelledPairs& set : all)
        std::printf(" %s |", set.name.c_str());
    std::printf(" mean |\n|---|");
    for (std::size_t i = 0; i <= all.size(); ++i)
        std::printf("---|");
    for (const auto& [name, without] : kinds) {
        const auto figures = figures_of(all, fit_all(sets, options, bounds, without), options);
        double sum = 0;
        std::printf("\n| %s |", name);
        for (const Figures& one : figures) {
            sum += one.f1;
            std::printf(" %.3f |", one.f1);
        }
        std::printf(" %.4f |", sum / static_cast<double>(figures.size()));
    }
    std::printf("\n");
}

AllBounds bounds_of_signs() {
    AllBounds bounds;
    const auto of = [&](PairFeature feature) -> Bounds& {
        return bounds[static_cast<std::size_t>(feature)];
    };
    using enum PairFeature;
    for (const PairFeature up :
         {s_norm, cross_s_norm, s_norm_length, cross_s_norm_length, terms, stems, stems_length,
          names, cross_names, cross_words, shared_numbers, PairFeature::time_gap})
        of(up).least = 0;
    for (const PairFeature down : {unmatched_names, cross_unmatched_names, unmatched_numbers,
                                   unmatched_dates, form_names, form_numbers, form_dates})
        of(down).most = 0;
    // A log-likelihood ratio where all reports of a story are as near in time as these two: the
    // most that a time can say.
    of(PairFeature::time_gap).most = 1;
    // Set, not fitted: a word or two are no story, whatever they mean, and labelled collections
    // have none that would say so. One word loses four.
    of(brevity) = {-5, -5};
    return bounds;
}

std::vector<double> agreement_of(const Options& options, const Model& model) {
    const std::size_t languages = model.languages().size();
    std::vector<double> out(languages, 1.0);
    if (options.languages.empty()) {
        for (std::size_t i = 0; i < languages; ++i)
            out[i] =
                detail::ModelData::of(model).coefficient("agreement." + model.languages()[i], 1.0);
        return out;
    }
    std::vector<std::uint32_t> gold;
    const detail::Prepared prepared =
        prepare_labelled(options.languages, model, options.min_cosine, {}, gold);
    return estimate_agreement(prepared.corpus, gold, languages);
}

void check_shifts(const Options& options) {
    for (const auto& [name, by] : options.shifts) {
        bool is_known = false;
        for (std::size_t i = 0; i < detail::pair_feature_count; ++i)
            is_known = is_known || detail::name_of(static_cast<PairFeature>(i)) == name;
        if (!is_known)
            throw Error(Errc::bad_input,
                        "--shift " + name + ": there is no such feature of a pair");
    }
}

void run(const Options& options) {
    check_shifts(options);
    const Model model = Model::load(options.model);
    const std::vector<double> agreement = agreement_of(options, model);
    const detail::LanguageCalibration calibration(agreement);
    const AllBounds bounds = bounds_of_signs();
    Sets sets;
    for (const auto& file : options.files)
        sets.push_back(read_labelled_pairs(file, model, options.min_cosine, calibration));
    const Fits fits = fit_all(sets, options, bounds);
    const Coefficients& fitted = fits.at("");
    for (std::size_t i = 0; i < detail::pair_feature_count; ++i) {
        std::printf("%-22s %8.3f",
                    std::string(detail::name_of(static_cast<PairFeature>(i))).c_str(), fitted[i]);
        for (const auto& [kind, other] : fits)
            if (!kind.empty())
                std::printf("  without %s %.3f", kind.c_str(), other[i]);
        std::printf("\n");
    }
    Sets all = sets;
    for (const auto& file : options.measured)
        all.push_back(read_labelled_pairs(file, model, options.min_cosine, calibration));
    for (std::size_t i = sets.size(); i < all.size(); ++i)
        all[i].kind.clear(); // in no fit
    const Fits one{{"", fitted}};
    print(all, figures_of(all, fits, options), figures_of(all, one, options));
    if (options.ablation)
        print_ablation(sets, all, options, bounds);

    if (!options.output.empty()) {
        detail::PackEdits edits;
        edits.drop_coefficients = true;
        for (std::size_t i = 0; i < detail::pair_feature_count; ++i)
            edits.coefficients["scoring." +
                               std::string(detail::name_of(static_cast<PairFeature>(i)))] =
                fitted[i];
        for (std::size_t i = 0; i < agreement.size(); ++i)
            edits.coefficients["agreement." + model.languages()[i]] = agreement[i];
        edits.coefficients["scoring.min_cosine"] = static_cast<double>(options.min_cosine);
        edits.coefficients["scoring.missing_probability"] = options.missing_probability;
        detail::rewrite_manifest(options.model, options.output, edits);
    }
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Fit the pair model of a model file on labelled articles"};
    app.add_option("model", options.model, "Model file with a background")->required();
    app.add_option("files", options.files,
                   "JSON Lines with a story field; the kind of a file is its name up to the first "
                   "'-', and all files of a kind are left out together")
        ->required();
    app.add_option("--measure", options.measured, "Collections that are measured, and in no fit");
    app.add_option("--languages", options.languages,
                   "Collection of many languages to estimate the language calibration from; else "
                   "it stays as it is");
    app.add_option("--forms", options.forms,
                   "Kinds of which only pairs in one wording are in the fit");
    app.add_option("--shift", options.shifts,
                   "FEATURE VALUE: added to a coefficient after the fit, because what is best for "
                   "pairs of so many positives need not be for stories");
    app.add_option("-o,--output", options.output, "Model file with the new coefficients");
    app.add_option("--min-cosine", options.min_cosine)->capture_default_str();
    app.add_option("--missing-probability", options.missing_probability)->capture_default_str();
    app.add_option("--ridge", options.ridge)->capture_default_str();
    app.add_option("--positive-share", options.positive_share)->capture_default_str();
    app.add_flag("--ablation", options.ablation, "Also with each kind of feature left out");
    CLI11_PARSE(app, argc, argv);
    return run_program("fit_pair_model", [&] { run(options); });
}
