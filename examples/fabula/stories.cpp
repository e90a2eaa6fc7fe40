// SPDX-License-Identifier: Apache-2.0
#include "duration.hpp"
#include "input.hpp"
#include "text.hpp"

#include <fabula/io.hpp>
#include <fabula/store.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

namespace program {
namespace {

struct Options {
    CommonOptions common;
    std::string store;
    std::string since;
    std::string salvage;
    std::string format{"jsonl"};
    bool events{false};
    std::uint64_t after{0};
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

/// What the log of a store has from some number on.
std::vector<fabula::StoredEvent> read_log(const std::string& store, std::uint64_t after) {
    std::vector<fabula::StoredEvent> out;
    for (;;) {
        std::vector<fabula::StoredEvent> some = fabula::read_events(store, after);
        if (some.empty())
            return out;
        after = some.back().number;
        std::move(some.begin(), some.end(), std::back_inserter(out));
    }
}

bool is_asked_for(const fabula::StreamEvent& event, const fabula::StoryFilter& filter) {
    const auto names = [&](fabula::StreamStoryId story) {
        return std::find(filter.stories.begin(), filter.stories.end(), story) !=
               filter.stories.end();
    };
    return filter.stories.empty() || names(event.story) || (event.other && names(*event.other));
}

/// As `fabula stream` wrote it, with its number and time before that.
std::string event_line(const fabula::StoredEvent& stored) {
    using Json = nlohmann::ordered_json;
    std::ostringstream event;
    write_json_lines(event, std::vector<fabula::StreamEvent>{stored.event});
    Json line{{"number", stored.number}, {"at", fabula::format_time(stored.at)}};
    line.update(Json::parse(event.str()));
    return line.dump();
}

void list_events(const Options& options) {
    std::vector<fabula::StoredEvent> events = read_log(options.store, options.after);
    auto last = std::chrono::sys_seconds::min();
    for (const fabula::StoredEvent& one : events)
        last = std::max(last, one.at);
    std::erase_if(events, [&](const fabula::StoredEvent& one) {
        return !is_asked_for(one.event, options.filter) ||
               (options.filter.since && last - one.at > *options.filter.since);
    });
    write_results({}, [&](std::ostream& out) {
        for (const fabula::StoredEvent& one : events)
            out << event_line(one) << '\n';
    });
    options.common.console.note(count_of(events.size(), "event", "events"));
}

void run(Options& options) {
    if (!options.since.empty())
        options.filter.since = parse_duration(options.since);
    if (options.events)
        return list_events(options);
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
    CLI::Option* events = command.add_flag(
        "--events", options->events,
        "What happened, in place of the stories: the lines of `fabula stream`, with the number and "
        "the time of each; of what --story names, and not longer than --since before the last");
    command
        .add_option("--after", options->after, "With --events: those after the one of this number")
        ->needs(events)
        ->type_name("N");
    CLI::Option* salvaged =
        command
            .add_option("--salvage", options->salvage,
                        "Put what can be read of a damaged store into this new one, and list that")
            ->type_name("NEW");
    events->excludes(salvaged);
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
                   "  fabula stories --store news.db --events --after 1200\n"
                   "  fabula stories --store damaged.db --salvage news.db");
    command.callback([options] { run(*options); });
}

} // namespace program
