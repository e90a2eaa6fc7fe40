// SPDX-License-Identifier: Apache-2.0
#include "duration.hpp"
#include "input.hpp"
#include "links.hpp"
#include "text.hpp"

#include <fabula/clustering.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/report.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace program {
namespace {

struct Options {
    CommonOptions common;
    InputOptions input;
    fabula::ClusterOptions clustering;
    std::string time_window;
    std::string format; ///< empty = jsonl
    std::string output;
    std::string html;
    fabula::ReportOptions report;
    std::string links;
    bool explain{false};
};

std::string summary(const fabula::StoryClusters& clusters) {
    std::set<std::string> languages;
    for (const fabula::EmbeddingOutcome& outcome : clusters.outcomes)
        languages.insert(outcome.language);
    const auto shared =
        static_cast<std::size_t>(std::count_if(clusters.stories.begin(), clusters.stories.end(),
                                               [](const auto& s) { return s.members.size() > 1; }));
    std::string text = count_of(clusters.outcomes.size(), "article", "articles") + " in " +
                       count_of(languages.size(), "language", "languages") + ": " +
                       count_of(clusters.stories.size(), "story", "stories");
    if (shared == 0)
        return text + "; no two articles tell the same one";
    return text + ", of which " + std::to_string(shared) + " in two or more articles";
}

/// Exactly as the clustering scores.
fabula::Comparer comparer_of(const Options& options, const fabula::Model& model,
                             const fabula::ArticleSet& set,
                             const std::optional<fabula::EmbeddingMatrix>& vectors) {
    const fabula::ComparerOptions how = options.clustering.comparer_options();
    return vectors ? fabula::Comparer{model, set.articles, *vectors, how}
                   : fabula::Comparer{model, set.articles, how};
}

void write_stories(std::ostream& out, const Options& options, const fabula::StoryClusters& clusters,
                   const fabula::ArticleSet& set,
                   std::span<const std::optional<fabula::Comparison>> reasons) {
    if (options.format == "table")
        write_table(out, clusters, set.articles, reasons,
                    options.output.empty() && output_takes_colour() ? fabula::TableColour::ansi
                                                                    : fabula::TableColour::none);
    else if (options.format == "csv")
        write_csv(out, clusters, set.articles);
    else if (options.format == "graphml")
        write_graphml(out, clusters, set.articles);
    else
        write_json_lines(out, clusters, set.articles, reasons);
}

void write_report(const Options& options, const fabula::StoryClusters& clusters,
                  const fabula::ArticleSet& set, const fabula::Comparer& comparer) {
    fabula::ReportContents contents;
    write_results(options.html, [&](std::ostream& out) {
        contents =
            fabula::write_html_report(out, clusters, set.articles, &comparer, options.report);
    });
    const Console& console = options.common.console;
    if (contents.stories < clusters.stories.size())
        console.warn(options.html + " has the " +
                     count_of(contents.stories, "largest story", "largest stories") + " of " +
                     std::to_string(clusters.stories.size()) + "; --html-bytes gives it more room");
    console.note(options.html + ": " + count_of(contents.explained_pairs, "pair", "pairs") +
                 " explained, " + count_of(contents.texts, "whole text", "whole texts"));
}

void run(Options& options) {
    const bool has_report = !options.html.empty();
    if (options.explain && (options.format == "csv" || options.format == "graphml"))
        throw UsageError{"--format " + options.format +
                         " has no room for reasons; take --explain with jsonl or table"};
    if (has_report && options.html == options.output)
        throw UsageError{"--html and --output name one file: " + options.html};
    options.report.threads = options.clustering.threads;
    if (const std::string fault = options.report.validate(); has_report && !fault.empty())
        throw UsageError{"--html-bytes: " + fault};
    options.clustering.keep_scored = has_report || options.format == "graphml";
    if (!options.time_window.empty())
        options.clustering.time_window = parse_duration(options.time_window);
    options.clustering.progress = options.common.console.progress();
    const Console& console = options.common.console;

    if (!options.links.empty())
        options.clustering.links = read_links(options.links);
    // First the options and the model, which are quick to check.
    const fabula::Model model = load_model(options.common);
    const fabula::StoryClusterer clusterer{model, options.clustering};
    // For reasons, whole articles are compared once more.
    const fabula::ArticleSet set =
        read_input(options.input, console, {.leave_texts = !options.explain && !has_report});
    const std::optional<fabula::EmbeddingMatrix> vectors = read_vectors(options.input, set);
    const auto cluster = [&](const auto&... given) {
        return set.texts ? clusterer.cluster(set.articles, *set.texts, given...)
                         : clusterer.cluster(set.articles, given...);
    };
    const fabula::StoryClusters clusters = vectors ? cluster(*vectors) : cluster();
    std::vector<std::optional<fabula::Comparison>> reasons;
    if (options.explain || has_report) {
        const fabula::Comparer comparer = comparer_of(options, model, set, vectors);
        if (options.explain)
            reasons =
                fabula::explain_links(comparer, clusters, set.articles, options.clustering.threads);
        console.clear_progress();
        if (has_report)
            write_report(options, clusters, set, comparer);
    }
    console.clear_progress();

    // Who asks for a page alone has a page, and no lines across the terminal.
    if (!has_report || !options.format.empty() || !options.output.empty() || options.explain)
        write_results(options.output, [&](std::ostream& out) {
            write_stories(out, options, clusters, set, reasons);
        });
    warn_of_outcomes(clusters.outcomes, set.articles, console);
    console.note(summary(clusters));
}

} // namespace

void add_cluster(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App& command =
        *program.add_subcommand("cluster", "Group articles into stories, one story a line");
    add_input_options(command, options->input);
    add_vectors_option(command, options->input);
    command
        .add_option("--output", options->output,
                    "Write the stories to a file instead, whole or not at all")
        ->type_name("FILE");
    command
        .add_option("--min-probability", options->clustering.min_probability,
                    "How likely articles must tell one story to be put together; higher = more "
                    "and smaller stories; above 0, below 1 (default: 0.5)")
        ->type_name("P");
    command
        .add_option("--time-window", options->time_window,
                    "Articles published further apart never meet in one pair: 90m, 72h, 3d, 2w "
                    "(default: no limit)")
        ->type_name("TIME");
    command
        .add_option("--links", options->links,
                    "Corrections, one a line: {\"must_link\": [\"a1\", \"b7\"]}, "
                    "{\"cannot_link\": [\"a1\", \"c3\"]}")
        ->type_name("FILE");
    add_method_option(command, options->clustering.method);
    add_threads_option(command, options->clustering.threads);
    command
        .add_option("--scratch", options->clustering.scratch_directory,
                    "Keep what is known of the articles in a file of this folder, some 2.5 GB a "
                    "million, and in half the memory: for millions of articles and a time window")
        ->type_name("FOLDER");
    command
        .add_option("--format", options->format,
                    "jsonl, table (for eyes), csv (one row an article) or graphml (articles and "
                    "their links, for Gephi and networkx) (default: jsonl)")
        ->check(CLI::IsMember({"jsonl", "table", "csv", "graphml"}))
        ->type_name("NAME");
    command
        .add_option("--html", options->html,
                    "Write a page to look at: stories, their timeline, pairs side by side with "
                    "reasons, in one file that needs nothing else. The stories themselves are then "
                    "written only where --format, --output or --explain asks for them")
        ->type_name("FILE");
    command
        .add_option("--html-bytes", options->report.max_bytes,
                    "The page is not larger; what has no room is counted in it (default: 12000000)")
        ->type_name("N");
    command.add_option("--html-title", options->report.title, "Its title (default: Stories)")
        ->type_name("TEXT");
    command.add_flag(
        "--explain", options->explain,
        "Say of each article to which other it is linked most surely, and why: reads the "
        "articles again and compares each in full with one other, which takes longer than "
        "the clustering");
    add_common_options(command, options->common);
    command.footer("Examples:\n"
                   "  fabula cluster articles.jsonl\n"
                   "  fabula cluster articles.jsonl --html stories.html\n"
                   "  fabula cluster articles.jsonl --format table --explain\n"
                   "  fabula cluster articles.jsonl --format table --time-window 72h\n"
                   "  fabula cluster feed.xml pages/ archive.csv.gz --output stories.jsonl\n"
                   "  fabula cluster export.csv --field text=artikel --field id=nr");
    command.callback([options] { run(*options); });
}

} // namespace program
