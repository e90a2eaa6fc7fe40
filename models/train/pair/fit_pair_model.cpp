// SPDX-License-Identifier: Apache-2.0
//
// Fits the logistic pair model on labelled collections, checks it on each collection left out in
// turn, and writes the coefficients into a model file.
#include "labelled_pairs.hpp"
#include "language_agreement.hpp"
#include "logistic_regression.hpp"
#include "model/pack_writer.hpp"
#include "similarity/pair_model.hpp"

#include <fabula/clustering.hpp>
#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
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
    float min_cosine{0.15F};
    double missing_log_odds{-2.5};
    double ridge{3};
    double positive_share{0.22};
};

/// Each collection counts the same, and in it the pairs of one story as much as all the others
/// (`positive_share`): neither a large collection nor its many different pairs drown the rest.
std::vector<Example> gather(const std::vector<LabelledPairs>& sets, std::size_t left_out,
                            double positive_share) {
    constexpr double examples_per_set = 1000;
    std::vector<Example> examples;
    for (std::size_t s = 0; s < sets.size(); ++s) {
        if (left_out < sets.size() && sets[s].family == sets[left_out].family)
            continue;
        const LabelledPairs& set = sets[s];
        double positives = 0;
        // A pair of a story of n articles counts 1 / n: large stories do not drown small ones.
        std::vector<double> sizes(set.articles);
        for (const std::uint32_t story : set.gold)
            ++sizes[story];
        const auto weight_of = [&](const detail::CandidatePair& pair) {
            return 2.0 / (sizes[set.gold[pair.first]] + sizes[set.gold[pair.second]]);
        };
        double negatives = 0;
        for (const detail::CandidatePair& pair : set.pairs)
            (set.gold[pair.first] == set.gold[pair.second] ? positives : negatives) +=
                weight_of(pair);
        for (std::size_t i = 0; i < set.pairs.size(); ++i) {
            const bool same = set.gold[set.pairs[i].first] == set.gold[set.pairs[i].second];
            examples.push_back(
                {set.features[i], same,
                 weight_of(set.pairs[i]) * examples_per_set *
                     (same ? positive_share / positives : (1 - positive_share) / negatives)});
        }
    }
    return examples;
}

double bcubed_f1(const LabelledPairs& set, const Coefficients& coefficients,
                 double missing_log_odds, double min_log_odds) {
    const detail::PairModel model(coefficients);
    SimilarityGraph graph;
    graph.nodes = set.articles;
    graph.missing_probability = static_cast<float>(detail::logistic(missing_log_odds));
    for (std::size_t i = 0; i < set.pairs.size(); ++i)
        graph.edges.push_back(
            {set.pairs[i].first, set.pairs[i].second,
             static_cast<float>(detail::logistic(model.log_odds(set.features[i])))});
    ClusteringOptions options;
    options.min_probability = detail::logistic(min_log_odds);
    const Clustering clustering = cluster_graph(graph, options);
    return evaluate_clustering(clustering.labels, set.gold).bcubed.f1;
}

std::size_t count_languages(const LabelledPairs& set) {
    std::set<int> languages;
    for (const detail::ArticleEvidence& evidence : set.evidence)
        languages.insert(evidence.language);
    return languages.size();
}

void print_candidates(const LabelledPairs& set) {
    std::uint64_t same = 0;
    for (const detail::CandidatePair& pair : set.pairs)
        same += set.gold[pair.first] == set.gold[pair.second] ? 1U : 0U;
    std::printf("%s: %zu articles, %zu candidate pairs, %.4f of the same-story pairs\n",
                set.name.c_str(), set.articles, set.pairs.size(),
                static_cast<double>(same) /
                    static_cast<double>(std::max<std::uint64_t>(1, set.same_story_pairs)));
}

void print_row(const std::vector<LabelledPairs>& sets, const char* name,
               const std::vector<Coefficients>& coefficients, double missing, double cut) {
    std::printf("%-24s", name);
    double sum = 0;
    for (std::size_t s = 0; s < sets.size(); ++s) {
        const double f1 = bcubed_f1(sets[s], coefficients[s], missing, cut);
        sum += f1;
        std::printf(" %10.4f", f1);
    }
    std::printf(" %10.4f\n", sum / static_cast<double>(sets.size()));
}

void run(const Options& options) {
    Signs signs{};
    for (const PairFeature up :
         {PairFeature::cosine, PairFeature::cosine_length, PairFeature::terms,
          PairFeature::cross_terms, PairFeature::shared_numbers, PairFeature::time_gap})
        signs[static_cast<std::size_t>(up)] = 1;
    signs[static_cast<std::size_t>(PairFeature::foreign_numbers)] = -1;

    const Model model = Model::load(options.model);
    std::vector<LabelledPairs> sets;
    for (const auto& file : options.files)
        for (const Extent extent : {Extent::whole, Extent::lead}) {
            sets.push_back(read_labelled_pairs(file, model, options.min_cosine, extent));
            print_candidates(sets.back());
        }
    for (const auto& file : options.short_files) {
        sets.push_back(read_labelled_pairs(file, model, options.min_cosine, Extent::whole));
        print_candidates(sets.back());
    }
    // The collection of most languages, its articles whole, says what a cosine means in each.
    const auto widest =
        std::max_element(sets.begin(), sets.end(), [](const auto& a, const auto& b) {
            const auto languages = [](const LabelledPairs& set) {
                return set.extent == Extent::whole ? count_languages(set) : 0;
            };
            return languages(a) < languages(b);
        });
    const std::vector<double> agreement = estimate_agreement(*widest, model.languages().size());
    std::printf("agreement, from %s:", widest->name.c_str());
    for (std::size_t i = 0; i < agreement.size(); ++i)
        std::printf(" %s %.2f", model.languages()[i].c_str(), agreement[i]);
    std::printf("\n");
    for (LabelledPairs& set : sets)
        measure(set, detail::LanguageScale(agreement));

    const Coefficients all =
        fit_logistic(gather(sets, sets.size(), options.positive_share), options.ridge, signs);
    std::vector<Coefficients> left_out;
    for (std::size_t s = 0; s < sets.size(); ++s)
        left_out.push_back(
            fit_logistic(gather(sets, s, options.positive_share), options.ridge, signs));
    for (std::size_t i = 0; i < detail::pair_feature_count; ++i) {
        std::printf("%-18s %8.3f  without each set:",
                    std::string(detail::name_of(static_cast<PairFeature>(i))).c_str(), all[i]);
        for (const Coefficients& other : left_out)
            std::printf(" %8.3f", other[i]);
        std::printf("\n");
    }
    std::printf("%-24s", "BCubed F1");
    for (const LabelledPairs& set : sets)
        std::printf(" %10s", set.name.c_str());
    std::printf(" %10s\n", "mean");
    for (const double missing : {-2.0, -3.0, -4.0, -6.0})
        for (const double cut : {-1.0, 0.0, 1.0, 2.0, 3.0}) {
            char name[64];
            std::snprintf(name, sizeof name, "missing %+.0f, cut %+.1f", missing, cut);
            print_row(sets, name, std::vector<Coefficients>(sets.size(), all), missing, cut);
        }
    print_row(sets, "chosen, left out", left_out, options.missing_log_odds, 0);

    if (!options.output.empty()) {
        detail::PackEdits edits;
        for (std::size_t i = 0; i < detail::pair_feature_count; ++i)
            edits
                .coefficients["pair." + std::string(detail::name_of(static_cast<PairFeature>(i)))] =
                all[i];
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
                   "Articles of a sentence or so: no second reading of their leads alone");
    app.add_option("-o,--output", options.output, "Model file with the new coefficients");
    app.add_option("--min-cosine", options.min_cosine)->capture_default_str();
    app.add_option("--missing-log-odds", options.missing_log_odds)->capture_default_str();
    app.add_option("--ridge", options.ridge)->capture_default_str();
    app.add_option("--positive-share", options.positive_share)->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        run(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "fit_pair_model: %s\n", error.what());
        return 1;
    }
    return 0;
}
