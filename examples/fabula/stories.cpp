// SPDX-License-Identifier: Apache-2.0
#include "duration.hpp"
#include "input.hpp"
#include "text.hpp"

#include <fabula/io.hpp>
#include <fabula/store.hpp>

#include <cstddef>
#include <string>

namespace program {
namespace {

struct Options {
    CommonOptions common;
    std::string store;
    std::string since;
    std::string salvage;
    std::string format{"jsonl"};
    fabula::StoryFilter filter;
    unsigned threads{0};
};

void salvage(const fabula::Model& model, const Options& options) {
    const fabula::Salvage done = fabula::salvage_store(model, options.store, options.salvage);
    options.common.console.warn(
        "put " + count_of(done.articles, "article", "articles") + " and " +
        count_of(done.events, "event", "events") + " of " + options.store + " into " +
        options.salvage + "; " + count_of(done.lost, "article", "articles") + " and at most " +
        count_of(done.lost_events, "event", "events") + " could not be read");
}

void run(Options& options) {
    if (!options.since.empty())
        options.filter.since = parse_duration(options.since);
    const fabula::Model model = load_model(options.common);
    if (!options.salvage.empty())
        salvage(model, options);
    const fabula::StoredStories read =
        fabula::read_stories(model, options.salvage.empty() ? options.store : options.salvage,
                             options.filter, options.threads);
    write_results({}, [&](std::ostream& out) {
        if (options.format == "table")
            write_table(out, read.clusters, read.articles);
        else
            write_json_lines(out, read.clusters, read.articles);
    });
    options.common.console.note(count_of(read.clusters.stories.size(), "story", "stories") + "; " +
                                count_of(read.articles.size(), "article", "articles") +
                                " in the window");
}

} // namespace

void add_stories(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App& command =
        *program.add_subcommand("stories", "The stories in the store of a stream now, one a line");
    command
        .add_option("--store", options->store,
                    "The store that `fabula stream` writes, or has "
                    "written")
        ->required()
        ->type_name("FILE");
    command
        .add_option("--since", options->since,
                    "Those to which something happened so long before the stream's last moment, "
                    "or later: 2h, 1d")
        ->type_name("TIME");
    command
        .add_option("--language", options->filter.language,
                    "Those with a report in this language: uk, zh")
        ->type_name("TAG");
    command
        .add_option("--min-size", options->filter.min_size,
                    "Those of so many articles or more (default: 1)")
        ->type_name("N");
    command.add_option("--story", options->filter.stories, "The one of this id; more than once")
        ->type_name("ID");
    command
        .add_option("--salvage", options->salvage,
                    "Put what can be read of a damaged store into this new one, and list that")
        ->type_name("NEW");
    command.add_option("--format", options->format, "jsonl, or table for eyes (default: jsonl)")
        ->check(CLI::IsMember({"jsonl", "table"}))
        ->type_name("NAME");
    add_threads_option(command, options->threads);
    add_common_options(command, options->common);
    command.footer("Writes the objects that `fabula cluster` writes, with the ids of the stream.\n"
                   "\n"
                   "Examples:\n"
                   "  fabula stories --store news.db --since 2h --min-size 3\n"
                   "  fabula stories --store news.db --language uk --format table\n"
                   "  fabula stories --store damaged.db --salvage news.db");
    command.callback([options] { run(*options); });
}

} // namespace program
