// SPDX-License-Identifier: Apache-2.0
#include "input.hpp"
#include "quality_report.hpp"
#include "text.hpp"

#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>
#include <fabula/story.hpp>

#include <charconv>
#include <map>

namespace program {
namespace {

struct Options {
    CommonOptions common;
    InputOptions input;
    fabula::ClusterOptions clustering;
    std::string sweep;
    bool wants_sweep{false};
    bool identify{false};
    bool json{false};
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

/// The gold labels of the articles that have one, beside their places in the input.
struct Gold {
    std::vector<std::size_t> articles;
    std::vector<std::uint32_t> labels;
};

Gold gold_of(const fabula::ArticleSet& set) {
    Gold gold;
    std::map<std::string, std::uint32_t> numbers;
    for (std::size_t i = 0; i < set.gold_stories.size(); ++i) {
        if (set.gold_stories[i].empty())
            continue;
        const auto next = static_cast<std::uint32_t>(numbers.size());
        gold.articles.push_back(i);
        gold.labels.push_back(numbers.try_emplace(set.gold_stories[i], next).first->second);
    }
    return gold;
}

/// The language that an article states, where it was not taken away, or else the identified one.
std::string language_of(const std::string& stated, const fabula::EmbeddingOutcome& outcome) {
    return stated.empty() ? outcome.language : stated;
}

fabula::ClusteringQuality score(const fabula::StoryClusters& clusters, const Gold& gold,
                                const std::vector<std::string>& stated_languages) {
    std::vector<std::uint32_t> story_of(clusters.outcomes.size());
    for (std::size_t story = 0; story < clusters.stories.size(); ++story) {
        for (const std::size_t member : clusters.stories[story].members)
            story_of[member] = static_cast<std::uint32_t>(story);
    }
    std::vector<std::uint32_t> predicted;
    std::vector<std::string> languages;
    for (const std::size_t article : gold.articles) {
        predicted.push_back(story_of[article]);
        languages.push_back(language_of(stated_languages[article], clusters.outcomes[article]));
    }
    return fabula::evaluate_clustering(predicted, gold.labels, languages);
}

void run(Options& options) {
    const Console& console = options.common.console;
    std::vector<double> probabilities{options.clustering.min_probability};
    if (options.wants_sweep)
        probabilities = sweep_values(options.sweep);
    for (const double probability : probabilities) {
        options.clustering.min_probability = probability;
        if (const std::string fault = options.clustering.validate(); !fault.empty())
            throw UsageError{fault};
    }

    const fabula::Model model = load_model(options.common);
    fabula::ArticleSet set = read_input(options.input, console, true);
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

    std::vector<Measurement> measurements;
    for (const double probability : probabilities) {
        options.clustering.min_probability = probability;
        options.clustering.progress = console.progress("clustering at " + decimals(probability, 2));
        const fabula::StoryClusters clusters =
            fabula::StoryClusterer{model, options.clustering}.cluster(set.articles);
        console.clear_progress();
        if (measurements.empty())
            warn_of_statuses(clusters.outcomes, console);
        measurements.push_back({probability, score(clusters, gold, stated_languages)});
    }
    const std::size_t unlabelled = set.articles.size() - gold.articles.size();
    if (unlabelled > 0)
        console.warn(count_of(unlabelled, "article", "articles") +
                     " without a field \"story\": clustered, but not scored");
    write_results({}, [&](std::ostream& out) {
        if (options.json)
            write_quality_json(out, measurements, unlabelled);
        else if (options.wants_sweep)
            write_sweep_table(out, measurements);
        else
            write_quality_table(out, measurements.front());
    });
}

} // namespace

void add_evaluate(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App& command = *program.add_subcommand(
        "evaluate", "Cluster labelled articles and tell how well the stories meet the labels");
    add_input_options(command, options->input);
    command
        .add_option("--min-probability", options->clustering.min_probability,
                    "As for fabula cluster (default: 0.5)")
        ->type_name("P");
    CLI::Option* sweep =
        command
            .add_flag("--sweep", options->sweep,
                      "Try several values of --min-probability: 0.1 to 0.9, or --sweep=0.3,0.5")
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    command.add_flag("--identify", options->identify,
                     "Identify every language, also where the input states it (rows are still by "
                     "the stated one)");
    command.add_flag("--json", options->json, "As JSON, one object a value of --min-probability");
    command
        .add_option("--threads", options->clustering.threads,
                    "0 = one a core; the result is the same for any number (default: 0)")
        ->type_name("N");
    add_common_options(command, options->common);
    command.footer("The labels are in the field \"story\"; clustering never sees them.\n\n"
                   "Examples:\n"
                   "  fabula evaluate labelled.jsonl\n"
                   "  fabula evaluate labelled.jsonl --sweep=0.3,0.5,0.7 --json");
    command.callback([options, sweep] {
        options->wants_sweep = sweep->count() > 0;
        run(*options);
    });
}

} // namespace program
