// SPDX-License-Identifier: Apache-2.0
//
// `kill -9` at random moments of `fabula stream --store`: 50, or as many as FABULA_KILLS says.
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/random_graph.hpp"
#include "support/stream.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>
#include <fabula/store.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

using namespace fabula;
using namespace fabula::test;
using namespace std::chrono_literals;
using Json = nlohmann::json;

namespace {

using Clock = std::chrono::steady_clock;

/// The examples again and again, under other ids, half a day later each time.
std::string line_of(std::size_t i) {
    const auto& all = example_articles();
    const Article& article = all[i % all.size()];
    const std::size_t round = i / all.size();
    const std::chrono::sys_seconds begin{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
    Json json{{"id", article.id + "-" + std::to_string(round)},
              {"title", article.title},
              {"text", article.text},
              {"source", article.source},
              {"published", format_time(begin + round * 12h + (i % all.size()) * 60s)}};
    if (i % 11 == 10)
        json = {{"id", all[(i - 7) % all.size()].id + "-" + std::to_string((i - 7) / all.size())},
                {"removed", true}};
    return json.dump() + "\n";
}

const std::vector<std::string> options{"--now", "published", "--window", "2d", "--settle", "60"};

/// A run that is killed so long after its begin, or ends by itself. What it wrote.
RunResult run_for(const std::filesystem::path& input, const std::filesystem::path& store,
                  std::optional<Clock::duration> life) {
    std::vector<std::string> arguments{program().string(), "stream", "--store", store.string()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.push_back(input.string());
    std::vector<char*> pointers;
    for (std::string& argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    process_detail::Pipe in;
    process_detail::Pipe out;
    process_detail::Pipe err;
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0)
        process_detail::start(pointers, {}, in.ends[0], out.ends[1], err.ends[1]);
    std::thread killer([&] {
        if (!life)
            return;
        std::this_thread::sleep_for(*life);
        ::kill(child, SIGKILL);
    });
    in.close_end(0);
    out.close_end(1);
    err.close_end(1);
    RunResult result;
    process_detail::converse({}, in, out, err, result);
    killer.join();
    int status = 0;
    ::waitpid(child, &status, 0);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

/// What was told in whole lines.
std::vector<Json> told(const std::string& text) {
    std::vector<Json> out;
    const std::size_t end = text.rfind('\n');
    std::istringstream in{text.substr(0, end == std::string::npos ? 0 : end + 1)};
    for (std::string line; std::getline(in, line);)
        out.push_back(Json::parse(line));
    return out;
}

} // namespace

TEST_CASE("a stream that is killed at any moment has lost nothing that it told of", "[store]") {
    const char* count = std::getenv("FABULA_KILLS");
    const int kills = count != nullptr ? std::atoi(count) : 50;
    const TempFolder folder;
    const auto store = folder / "news.db";
    Random random{static_cast<std::uint64_t>(kills)};
    std::size_t lines = 0;  // of the input so far
    std::size_t sure = 0;   // of these, lines of runs that ended by themselves
    EventLog log;           // of the store
    std::uint64_t last = 0; // event that was checked
    Clock::duration whole = 400ms;
    int killed = 0;
    std::string everything;
    while (killed < kills) {
        // The lines that it may not have taken in come again: what is there already changes
        // nothing.
        const std::size_t more = 1 + random.number(60);
        std::string input;
        for (std::size_t i = sure; i < lines + more; ++i)
            input += line_of(i);
        for (std::size_t i = lines; i < lines + more; ++i)
            everything += line_of(i);
        lines += more;
        const auto file = folder.write("input.jsonl", input);
        const auto begin = Clock::now();
        const bool lives = random.number(8) == 0;
        std::optional<Clock::duration> life;
        if (!lives)
            life = std::chrono::duration_cast<Clock::duration>(whole * random.part() * 1.1F);
        const RunResult result = run_for(file, store, life);
        INFO("line " << lines << ", killed " << killed << ": " << result.err);
        if (result.status == 128 + SIGKILL)
            ++killed;
        else
            REQUIRE(result.status == 0);
        if (result.status == 0)
            sure = lines;
        if (lives)
            whole = Clock::now() - begin;
        // Killed within its first moments: there may be no store yet.
        if (!std::filesystem::exists(store) || read_bytes(store).empty())
            continue;
        std::vector<StoredEvent> events;
        try {
            events = read_events(store, last, 1'000'000);
        } catch (const Error&) {
            REQUIRE(last == 0); // its tables have not been made
            continue;
        }
        const std::vector<Json> written = told(result.out);
        REQUIRE(events.size() >= written.size());
        for (std::size_t i = 0; i < events.size(); ++i) {
            CHECK(events[i].number == ++last);
            if (i < written.size()) {
                CHECK(written[i]["event"] == std::string(to_string(events[i].event.kind)));
                CHECK(written[i]["story"] == events[i].event.story);
                CHECK(written[i].value("articles", std::vector<std::string>{}) ==
                      events[i].event.articles);
            }
            log.play({{}, {events[i].event}, false});
        }
        check_agreement(open_as_stream(default_model(), store, {.window = 0s}), log);
    }
    // Those that were last sent and not taken in, and all of it by one that was never killed.
    std::string rest;
    for (std::size_t i = sure; i < lines; ++i)
        rest += line_of(i);
    rest += line_of(lines);
    everything += line_of(lines);
    REQUIRE(run_for(folder.write("input.jsonl", rest), store, std::nullopt).status == 0);
    const auto steady = folder / "steady.db";
    REQUIRE(run_for(folder.write("all.jsonl", everything), steady, std::nullopt).status == 0);
    const StoryStream ours = open_as_stream(default_model(), store, {.window = 0s});
    const StoryStream theirs = open_as_stream(default_model(), steady, {.window = 0s});
    CHECK(ours.articles() == theirs.articles());
    CHECK(partition_of(ours) == partition_of(theirs));
    CHECK(killed == kills);
}
