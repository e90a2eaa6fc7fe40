// SPDX-License-Identifier: Apache-2.0
#include "input.hpp"
#include "pair_report.hpp"
#include "pairs.hpp"
#include "quality_page.hpp"
#include "quality_report.hpp"
#include "text.hpp"

#include <fabula/clustering.hpp>
#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>
#include <fabula/neighbours.hpp>
#include <fabula/pipeline.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

namespace program {
namespace {

struct Options {
    CommonOptions common;
    InputOptions input;
    fabula::ClusterOptions clustering;
    std::string sweep;
    bool wants_sweep{false};
    std::string errors;
    bool wants_errors{false};
    bool by_language_pair{false};
    bool calibration{false};
    std::string pairs; ///< a file; empty = stories are labelled
    std::optional<std::string> positive;
    std::optional<std::string> negative;
    bool identify{false};
    bool json{false};
    std::string html;
};

/// "0.3,0.5,0.7"; nine steps where the flag has no value.
std::vector<double> sweep_values(const std::string& list) {
    if (list.empty() || list == "true")
        return {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
    std::vector<double> values;
    const char* at = list.data();
    const char* const end = at + list.size();
    while (true) {
        double value = 0;
        const auto [stop, error] = std::from_chars(at, end, value);
        if (error != std::errc{} || (stop != end && *stop != ','))
            throw UsageError{"--sweep=" + list +
                             ": write probabilities with commas between them, as in "
                             "--sweep=0.3,0.5,0.7"};
        values.push_back(value);
        if (stop == end)
            return values;
        at = stop + 1;
    }
}

/// "5"; 20 where the flag has no value.
std::size_t error_count(const std::string& number) {
    constexpr std::size_t by_default = 20;
    constexpr std::size_t most = 10'000;
    if (number.empty() || number == "true")
        return by_default;
    std::size_t value = 0;
    const char* const end = number.data() + number.size();
    const auto [stop, error] = std::from_chars(number.data(), end, value);
    if (error != std::errc{} || stop != end || value < 1 || value > most)
        throw UsageError{"--errors=" + number + ": write how many to show, from 1 to " +
                         std::to_string(most) + ", as in --errors=5"};
    return value;
}

/// The articles that have a gold label: their places in the input, and what is known of them.
struct Gold {
    std::vector<std::size_t> articles;
    std::vector<std::uint32_t> labels;
    std::vector<std::string> names; ///< by label
    std::vector<std::size_t> sizes; ///< by label
};

Gold gold_of(const fabula::ArticleSet& set) {
    Gold gold;
    std::map<std::string, std::uint32_t> numbers;
    for (std::size_t i = 0; i < set.gold_stories.size(); ++i) {
        const std::string& name = set.gold_stories[i];
        if (name.empty())
            continue;
        const auto next = static_cast<std::uint32_t>(numbers.size());
        const auto [at, is_new] = numbers.try_emplace(name, next);
        if (is_new) {
            gold.names.push_back(name);
            gold.sizes.push_back(0);
        }
        gold.articles.push_back(i);
        gold.labels.push_back(at->second);
        ++gold.sizes[at->second];
    }
    return gold;
}

/// What is predicted of the labelled articles, in their order.
struct Predicted {
    std::vector<std::vector<std::uint32_t>> partitions; ///< labels, one a value
    std::vector<std::string> languages; ///< as stated in the input, or else as identified
    std::vector<fabula::Edge> scored;
};

Predicted keep_labelled(fabula::StoryPartitions& all, const Gold& gold,
                        const std::vector<std::string>& stated_languages) {
    Predicted out;
    for (const fabula::Clustering& partition : all.partitions) {
        std::vector<std::uint32_t>& labels = out.partitions.emplace_back();
        for (const std::size_t article : gold.articles)
            labels.push_back(partition.labels[article]);
    }
    constexpr std::uint32_t unlabelled = ~std::uint32_t{0};
    std::vector<std::uint32_t> number_of(all.outcomes.size(), unlabelled);
    for (std::size_t i = 0; i < gold.articles.size(); ++i) {
        const std::size_t article = gold.articles[i];
        number_of[article] = static_cast<std::uint32_t>(i);
        const std::string& stated = stated_languages[article];
        out.languages.push_back(stated.empty() ? all.outcomes[article].language : stated);
    }
    out.scored = std::move(all.scored);
    for (fabula::Edge& edge : out.scored) {
        edge.first = number_of[edge.first];
        edge.second = number_of[edge.second];
    }
    std::erase_if(out.scored, [](const fabula::Edge& edge) {
        return edge.first == unlabelled || edge.second == unlabelled;
    });
    return out;
}

CalibrationReport calibration_report(const Gold& gold, const std::vector<fabula::Edge>& scored) {
    CalibrationReport report;
    for (const std::size_t size : gold.sizes)
        report.same_story += size * (size - 1) / 2;
    std::vector<fabula::ScoredPair> pairs;
    pairs.reserve(scored.size());
    for (const fabula::Edge& edge : scored) {
        const bool same_story = gold.labels[edge.first] == gold.labels[edge.second];
        report.scored_same_story += same_story ? 1 : 0;
        pairs.push_back({static_cast<double>(edge.probability), same_story});
    }
    report.by_pair = fabula::calibrate(pairs);
    for (std::size_t i = 0; i < scored.size(); ++i)
        pairs[i].weight = 2.0 / static_cast<double>(gold.sizes[gold.labels[scored[i].first]] +
                                                    gold.sizes[gold.labels[scored[i].second]]);
    report.by_story = fabula::calibrate(pairs);
    return report;
}

/// Everything that the details are made from.
struct Run {
    const fabula::Model& model;
    const fabula::ArticleSet& set;
    const Gold& gold;
    const std::vector<fabula::EmbeddingOutcome>& outcomes;
    const Predicted& predicted;
};

ErrorList explain_errors(std::vector<fabula::Confusion> confusions, std::size_t most,
                         const Run& run, const fabula::Comparer& comparer) {
    // That an article without a vector is apart teaches little: its status says it.
    std::stable_partition(confusions.begin(), confusions.end(), [&](const auto& confusion) {
        const auto is_ok = [&](std::size_t labelled) {
            return run.outcomes[run.gold.articles[labelled]].status == fabula::EmbeddingStatus::ok;
        };
        return is_ok(confusion.article) && is_ok(confusion.other);
    });
    ErrorList out{confusions.size(), {}};
    for (std::size_t i = 0; i < std::min(most, confusions.size()); ++i) {
        const auto side = [&](std::size_t labelled) {
            const std::size_t article = run.gold.articles[labelled];
            return Side{run.set.articles[article], run.outcomes[article]};
        };
        const auto story = [&](std::size_t labelled) {
            return run.gold.names[run.gold.labels[labelled]];
        };
        const fabula::Confusion& confusion = confusions[i];
        ExplainedError error{confusion,
                             story(confusion.article),
                             story(confusion.other),
                             side(confusion.article),
                             side(confusion.other),
                             {}};
        error.comparison = comparer.compare(error.first.article, error.second.article);
        out.worst.push_back(std::move(error));
    }
    return out;
}

Details details_of(const Options& options, const Run& run) {
    Details details;
    const auto& labels = run.predicted.partitions.front();
    if (options.by_language_pair)
        details.language_pairs =
            fabula::evaluate_language_pairs(labels, run.gold.labels, run.predicted.languages);
    if (options.calibration)
        details.calibration = calibration_report(run.gold, run.predicted.scored);
    if (options.wants_errors) {
        const fabula::Confusions confusions =
            fabula::find_confusions(labels, run.gold.labels, run.predicted.scored);
        const fabula::Comparer comparer{run.model, run.set.articles,
                                        options.clustering.comparer_options()};
        const std::size_t most = error_count(options.errors);
        details.errors = ErrorReport{
            options.clustering.min_probability,
            explain_errors(confusions.missed, most, run, comparer),
            explain_errors(confusions.falsely_joined, most, run, comparer),
        };
    }
    return details;
}

/// Clusters the articles and tells how well that meets labelled pairs of them.
void run_pairs(Options& options) {
    if (options.wants_sweep || options.wants_errors || options.by_language_pair ||
        options.calibration || !options.html.empty())
        throw UsageError{
            "--pairs has figures of pairs alone; --sweep, --errors, "
            "--by-language-pair, --calibration and --html go with articles that have a field "
            "\"story\", and --pairs with --positive, --negative and "
            "--min-probability"};
    PairLabelling labelling;
    if (options.positive)
        labelling.positive = parse_condition("--positive", *options.positive);
    if (options.negative)
        labelling.negative = parse_condition("--negative", *options.negative);
    if (const std::string fault = options.clustering.validate(); !fault.empty())
        throw UsageError{fault};

    const Console& console = options.common.console;
    const fabula::Model model = load_model(options.common);
    fabula::ArticleSet set = read_input(options.input, console);
    const PairSet pairs = read_pairs(options.pairs, labelling, set.articles);
    if (options.identify)
        for (fabula::Article& article : set.articles)
            article.language.clear();

    const std::optional<fabula::EmbeddingMatrix> vectors = read_vectors(options.input, set);
    fabula::ClusterOptions clustering = options.clustering;
    clustering.progress = console.progress();
    const fabula::StoryClusterer clusterer{model, clustering};
    const double probability = options.clustering.min_probability;
    const fabula::StoryPartitions all =
        vectors ? clusterer.partition(set.articles, {&probability, 1}, *vectors)
                : clusterer.partition(set.articles, {&probability, 1});
    console.clear_progress();
    warn_of_outcomes(all.outcomes, set.articles, console);
    const PairMeasurement measurement = measure_pairs(pairs, all, probability, set.articles, [&] {
        const fabula::ComparerOptions how = options.clustering.comparer_options();
        return vectors ? fabula::Comparer{model, set.articles, *vectors, how}
                       : fabula::Comparer{model, set.articles, how};
    });
    write_results({}, [&](std::ostream& out) {
        options.json ? write_pair_json(out, measurement) : write_pair_table(out, measurement);
    });
}

void run(Options& options) {
    const Console& console = options.common.console;
    std::vector<double> probabilities{options.clustering.min_probability};
    if (options.wants_sweep) {
        if (options.wants_errors || options.by_language_pair || options.calibration)
            throw UsageError{"--sweep has figures alone; take --errors, --by-language-pair and "
                             "--calibration with one value of --min-probability"};
        probabilities = sweep_values(options.sweep);
    }
    const std::size_t asked = probabilities.size();
    if (!options.html.empty()) { // its first: errors and calibration are of that one
        probabilities.push_back(options.clustering.min_probability);
        for (const double probability : sweep_values({}))
            probabilities.push_back(probability);
    }
    if (options.wants_errors)
        static_cast<void>(error_count(options.errors)); // a wrong value is told before any work
    for (const double probability : probabilities) {
        fabula::ClusterOptions at = options.clustering;
        at.min_probability = probability;
        if (const std::string fault = at.validate(); !fault.empty())
            throw UsageError{fault};
    }

    const fabula::Model model = load_model(options.common);
    fabula::ArticleSet set = read_input(options.input, console, {.gold_stories = true});
    const Gold gold = gold_of(set);
    if (gold.articles.empty())
        throw fabula::Error{fabula::Errc::bad_input,
                            "no article has a field \"story\"; label some to have them scored"};
    std::vector<std::string> stated_languages;
    for (fabula::Article& article : set.articles) {
        stated_languages.push_back(article.language);
        if (options.identify)
            article.language.clear();
    }

    fabula::ClusterOptions clustering = options.clustering;
    clustering.progress = console.progress();
    const std::optional<fabula::EmbeddingMatrix> vectors = read_vectors(options.input, set);
    const fabula::StoryClusterer clusterer{model, clustering};
    fabula::StoryPartitions all = vectors
                                      ? clusterer.partition(set.articles, probabilities, *vectors)
                                      : clusterer.partition(set.articles, probabilities);
    console.clear_progress();
    warn_of_outcomes(all.outcomes, set.articles, console);
    const Predicted predicted = keep_labelled(all, gold, stated_languages);
    std::vector<Measurement> measurements;
    for (std::size_t i = 0; i < probabilities.size(); ++i)
        measurements.push_back(
            {probabilities[i], fabula::evaluate_clustering(predicted.partitions[i], gold.labels,
                                                           predicted.languages)});
    if (!options.html.empty())
        write_quality_page(options.html, std::span(measurements).subspan(asked),
                           {model, set.articles, all.outcomes, gold.articles, gold.labels,
                            gold.names, predicted.partitions[asked], predicted.scored,
                            calibration_report(gold, predicted.scored), options.clustering});
    measurements.resize(asked);
    const Details details = details_of(options, {model, set, gold, all.outcomes, predicted});

    const std::size_t unlabelled = set.articles.size() - gold.articles.size();
    if (unlabelled > 0)
        console.warn(count_of(unlabelled, "article", "articles") +
                     " without a field \"story\": clustered, but not scored");
    write_results({}, [&](std::ostream& out) {
        if (options.json) {
            write_quality_json(out, measurements, unlabelled, details);
        } else if (options.wants_sweep) {
            write_sweep_table(out, measurements);
        } else {
            write_quality_table(out, measurements.front());
            write_details(out, details);
        }
    });
}

} // namespace

void add_evaluate(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App& command = *program.add_subcommand(
        "evaluate", "Cluster labelled articles and tell how well the stories meet the labels");
    add_input_options(command, options->input);
    add_vectors_option(command, options->input);
    command
        .add_option("--min-probability", options->clustering.min_probability,
                    "As for fabula cluster (default: 0.5)")
        ->type_name("P");
    CLI::Option* sweep =
        command
            .add_flag("--sweep", options->sweep,
                      "Try several values of --min-probability: 0.1 to 0.9, or --sweep=0.3,0.5")
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    command.add_flag("--by-language-pair", options->by_language_pair,
                     "Also by the two languages of a pair of articles, the worst first");
    CLI::Option* errors =
        command
            .add_flag("--errors", options->errors,
                      "Also the 20 worst errors of each kind with the reasons, or --errors=5")
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    command.add_flag("--calibration", options->calibration,
                     "Also how often pairs of some probability truly are one story");
    CLI::Option* pairs =
        command
            .add_option("--pairs", options->pairs,
                        "Labelled pairs in place of labelled stories: a file with tabs between its "
                        "columns, whose first line names them; two ids of articles, then labels, "
                        "which are numbers")
            ->type_name("FILE");
    command
        .add_option("--positive", options->positive,
                    "Which pairs are of one story: a column, one of = >= <= > < and a number, such "
                    "as 'grade>=0' (default: the only column of labels is 1)")
        ->needs(pairs)
        ->type_name("LABEL");
    command
        .add_option("--negative", options->negative,
                    "Which are of different stories; those that are neither are passed over "
                    "(default: all others)")
        ->needs(pairs)
        ->type_name("LABEL");
    command.add_flag("--identify", options->identify,
                     "Identify every language, also where the input states it (rows are still by "
                     "the stated one)");
    command
        .add_option("--html", options->html,
                    "Also write a page to look at: the sweep as curves, a reliability diagram, the "
                    "worst errors side by side; one file that needs nothing else")
        ->type_name("FILE");
    command.add_flag("--json", options->json, "As JSON, one object a value of --min-probability");
    add_method_option(command, options->clustering.method);
    add_threads_option(command, options->clustering.threads);
    add_common_options(command, options->common);
    command.footer("The labels are in the field \"story\", or in a file of pairs; clustering never "
                   "sees them.\n\n"
                   "Examples:\n"
                   "  fabula evaluate labelled.jsonl\n"
                   "  fabula evaluate labelled.jsonl --sweep=0.3,0.5,0.7 --json\n"
                   "  fabula evaluate labelled.jsonl --errors=5\n"
                   "  fabula evaluate labelled.jsonl --html quality.html\n"
                   "  fabula evaluate labelled.jsonl --by-language-pair --calibration\n"
                   "  fabula evaluate articles.jsonl --pairs pairs.tsv --positive 'grade>=0'");
    command.callback([options, sweep, errors, pairs] {
        options->wants_errors = errors->count() > 0;
        options->wants_sweep = sweep->count() > 0;
        pairs->count() > 0 ? run_pairs(*options) : run(*options);
    });
}

} // namespace program
