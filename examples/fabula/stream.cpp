// SPDX-License-Identifier: Apache-2.0
#include "duration.hpp"
#include "input.hpp"
#include "line_source.hpp"
#include "links.hpp"
#include "live_stories.hpp"
#include "text.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>
#include <fabula/stream.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

namespace program {
namespace {

using Json = nlohmann::ordered_json;
using Time = std::chrono::sys_seconds;

struct Options {
    CommonOptions common;
    InputOptions input;
    fabula::StreamOptions stream;
    StoreArguments store;
    std::string window;
    std::string now;
    bool follow{false};
};

/// What time it is: by the machine, as the user says, or as the articles say.
class Clock {
public:
    explicit Clock(const std::string& now) : by_articles_(now == "published") {
        if (now.empty() || by_articles_)
            return;
        fixed_ = fabula::parse_time(now);
        if (!fixed_)
            throw UsageError{"\"" + now +
                             "\" is not a time; write it as 2026-03-04 or 2026-03-04T07:40:00Z, or "
                             "\"published\" for the latest date of the articles so far"};
    }

    [[nodiscard]] Time now(const std::vector<fabula::Article>& articles) {
        if (fixed_)
            return *fixed_;
        if (!by_articles_)
            return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        for (const fabula::Article& article : articles)
            if (article.published)
                latest_ = std::max(latest_.value_or(*article.published), *article.published);
        return latest_.value_or(Time{});
    }

private:
    bool by_articles_;
    std::optional<Time> fixed_;
    std::optional<Time> latest_;
};

/// The id of an article that is withdrawn by a line such as {"id": "a1", "removed": true}.
std::optional<std::string> withdrawn(const std::string& line) {
    if (line.find("\"removed\"") == std::string::npos)
        return std::nullopt; // nearly all lines
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object() || json.value("removed", Json{}) != true)
        return std::nullopt;
    const Json id = json.value("id", Json{});
    if (id.is_string())
        return id.get<std::string>();
    return id.is_number() ? std::optional(id.dump()) : std::nullopt;
}

/// Takes lines in and lets events out.
class Run {
public:
    explicit Run(const Options& options)
        : how_(reading_options(options.input)), options_(options), console_(options.common.console),
          clock_(options.now), live_(load_model(options.common), options.stream, options.store) {
        tell(live_.opened());
    }

    void take(const std::string& line, const std::string& name, std::size_t number) {
        if (const auto id = withdrawn(line)) {
            flush();
            tell(live_.remove(*id));
            return;
        }
        if (const auto link = link_of(line, name, number)) {
            flush();
            try {
                tell(live_.link(link->kind, link->pair));
            } catch (const fabula::Error& error) {
                throw fabula::Error{error.code(), name + ", line " + std::to_string(number) + ": " +
                                                      error.what()};
            }
            return;
        }
        how_.first_line = number;
        std::istringstream in{line};
        try {
            fabula::ArticleSet set = read_json_lines(in, name, how_);
            for (const fabula::BadLine& bad : set.bad_lines)
                console_.warn("skipped " + to_string(bad));
            tell(set);
            std::move(set.articles.begin(), set.articles.end(), std::back_inserter(pending_));
        } catch (const fabula::Error&) {
            flush(); // what came before it counts
            throw;
        }
        constexpr std::size_t most_at_once = 256;
        if (pending_.size() >= most_at_once)
            flush();
    }

    void flush() {
        if (pending_.empty())
            return;
        const fabula::StreamUpdate update = live_.add(pending_, clock_.now(pending_));
        taken_ += pending_.size();
        for (const fabula::StreamPlacement& placement : update.placements)
            left_out_ += placement.story ? 0 : 1;
        pending_.clear();
        tell(update);
        console_.status(count_of(taken_, "article", "articles") + ", " + std::to_string(rate()) +
                        " a second; " + state());
    }

    /// Time passes without articles. A store writes down what time it is: not too often.
    void idle() {
        using namespace std::chrono_literals;
        if (!options_.now.empty())
            return;
        const Time now = clock_.now({});
        if (now - idle_since_ < (live_.is_kept() ? 10s : 1s))
            return;
        idle_since_ = now;
        tell(live_.expire(now));
    }

    void settle() { tell(live_.settle()); }

    void end() {
        console_.clear_progress();
        if (left_out_ > 0)
            console_.warn(count_of(left_out_, "article was", "articles were") +
                          " older than the window, or replaced at once, and left out (--window, "
                          "--now)");
        if (odd_ > 0)
            console_.warn(
                count_of(odd_, "more date or language was", "more dates or languages were") +
                " odd in a way that is told of above");
        warn_of_repaired(repaired_, console_);
        console_.note(count_of(taken_, "article", "articles") + "; " + state());
    }

private:
    /// What was odd about a line, the first time that something of the kind is.
    void tell(const fabula::ArticleSet& set) {
        for (const fabula::ReadNote& note : set.notes) {
            const bool is_name = note.kind == fabula::ReadNote::Kind::field_name;
            if (told_.emplace(note.kind, is_name ? note.sentence : std::string{}).second)
                console_.warn(note.sentence);
            else if (!is_name)
                ++odd_;
        }
        repaired_ += set.repaired;
    }

    void tell(const fabula::StreamUpdate& update) {
        if (!update.events.empty())
            write_results("", [&](std::ostream& out) { write_json_lines(out, update.events); });
    }

    [[nodiscard]] std::size_t rate() const {
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
        return static_cast<std::size_t>(static_cast<double>(taken_) / passed.count());
    }
    [[nodiscard]] std::string state() const {
        return count_of(live_.stream().articles(), "article", "articles") + " in the window, " +
               count_of(live_.stories(), "story", "stories");
    }

    fabula::ReadOptions how_;
    const Options& options_;
    const Console& console_;
    Clock clock_;
    LiveStories live_;
    std::vector<fabula::Article> pending_;
    Time idle_since_{};
    std::set<std::pair<fabula::ReadNote::Kind, std::string>> told_; ///< notes
    std::size_t odd_{};      ///< notes of kinds that had been told
    std::size_t repaired_{}; ///< articles
    std::size_t taken_{};
    std::size_t left_out_{};
    std::chrono::steady_clock::time_point begin_{std::chrono::steady_clock::now()};
};

/// An input, and the number of its next line.
struct Input {
    LineSource source;
    std::size_t next_line{1};
    bool ended{false};
};

/// Takes what is there now. Whether there may be more at once.
bool take_lines(Input& input, bool follows, const StopSignal& stop, Run& run) {
    std::vector<std::string> lines;
    const LineSource::State state = input.source.read(lines, follows);
    for (const std::string& line : lines) {
        run.take(line, input.source.name(), input.next_line++);
        if (stop.is_requested())
            return false;
    }
    input.ended = state == LineSource::State::ended;
    return state == LineSource::State::lines;
}

void run(Options& options) {
    using namespace std::chrono_literals;
    if (!options.window.empty())
        options.stream.window = parse_duration(options.window);
    if (options.input.inputs.empty())
        options.input.inputs = {"-"};
    Run run(options);
    std::deque<Input> inputs;
    for (const std::string& name : options.input.inputs)
        inputs.push_back({LineSource{name}});
    const StopSignal stop;
    while (!inputs.empty() && !stop.is_requested()) {
        // One after the other; those that are followed by turns.
        const bool more = take_lines(inputs.front(), options.follow, stop, run);
        if (more)
            continue;
        run.flush();
        if (inputs.front().ended) {
            inputs.pop_front();
            continue;
        }
        if (inputs.size() == 1 || options.follow) {
            run.idle();
            inputs.front().source.wait(stop, options.follow ? 200ms : 1000ms);
        }
        if (options.follow)
            std::rotate(inputs.begin(), inputs.begin() + 1, inputs.end());
    }
    run.flush();
    if (!stop.is_requested())
        run.settle();
    run.end();
}

} // namespace

void add_stream(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App& command = *program.add_subcommand(
        "stream",
        "Keep the stories of a moving window of articles, and write what happens to them");
    command
        .add_option("INPUT", options->input.inputs,
                    "JSON Lines as of `fabula cluster`: files, one after the other, or - for "
                    "standard input (default: -). {\"id\": \"a1\", \"removed\": true} withdraws "
                    "an article; {\"must_link\": [\"a1\", \"b7\"]}, \"cannot_link\" and "
                    "\"unlink\" correct stories; an id that comes again is a correction")
        ->type_name("");
    add_reading_options(command, options->input);
    command.add_flag("--follow", options->follow,
                     "Go on reading files that grow, until SIGTERM or SIGINT");
    command
        .add_option("--window", options->window,
                    "Articles leave when they are older: 12h, 7d, 2w; 0 = never (default: 7d)")
        ->type_name("TIME");
    command
        .add_option(
            "--now", options->now,
            "What time it is, for a replay: a time as of the articles, or \"published\" for "
            "the latest date of the articles so far (default: the clock's)")
        ->type_name("TIME");
    command
        .add_option("--settle", options->stream.settle_every,
                    "Compare all with all after so many articles came, changed or left; 0 = only "
                    "at the end (default: 10000)")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
    command
        .add_option("--min-probability", options->stream.min_probability,
                    "As of `fabula cluster`; above 0, below 1 (default: 0.5)")
        ->type_name("P");
    command
        .add_option("--scratch", options->stream.scratch_directory,
                    "Keep what is known of the articles in a file of this folder, some 6 GB a "
                    "million, twice as much while the stream settles, and in less than half the "
                    "memory")
        ->type_name("FOLDER");
    add_store_options(command, options->store);
    add_threads_option(command, options->stream.threads);
    add_common_options(command, options->common);
    command.footer("Writes one event a line: {\"event\", \"story\", \"other\", \"articles\", "
                   "\"title\"}.\n\n"
                   "Examples:\n"
                   "  tail -F feed.jsonl | fabula stream --window 3d\n"
                   "  fabula stream --store news.db --follow feed.jsonl\n"
                   "  fabula stream --now published archive.jsonl > events.jsonl");
    command.callback([options] { run(*options); });
}

} // namespace program
