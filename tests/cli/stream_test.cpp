// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/json.hpp"
#include "support/process.hpp"

#include <nlohmann/json.hpp>

#include <csignal>
#include <fstream>
#include <map>
#include <poll.h>
#include <set>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::test::examples;
using fabula::test::json_lines;
using fabula::test::read_bytes;
using fabula::test::run;
using fabula::test::RunResult;
using fabula::test::TempFolder;
using Json = nlohmann::json;

namespace {

RunResult stream_of(const std::string& input, std::vector<std::string> arguments = {}) {
    fabula::test::RunOptions options;
    options.input = input;
    arguments.insert(arguments.begin(), "stream");
    return run(std::move(arguments), options);
}

/// The story of each article after these events.
std::map<std::string, std::size_t> replay(const std::vector<Json>& events) {
    std::map<std::string, std::size_t> out;
    for (const Json& event : events)
        for (const std::string& article : event.value("articles", std::vector<std::string>{})) {
            const std::string kind = event["event"];
            if (kind == "shrank" || kind == "expired")
                out.erase(article);
            else
                out[article] = event[kind == "merged_into" ? "other" : "story"];
        }
    return out;
}

std::set<std::set<std::string>> partition_of(const std::map<std::string, std::size_t>& stories) {
    std::map<std::size_t, std::set<std::string>> by_story;
    for (const auto& [article, story] : stories)
        by_story[story].insert(article);
    std::set<std::set<std::string>> out;
    for (const auto& [story, articles] : by_story)
        out.insert(articles);
    return out;
}

std::string line_of(const std::string& id, const std::string& text) {
    return Json{{"id", id}, {"text", text}}.dump() + "\n";
}

/// A program that runs while the test talks to it.
class Running {
public:
    explicit Running(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), fabula::test::program().string());
        std::vector<char*> pointers;
        for (std::string& argument : arguments)
            pointers.push_back(argument.data());
        pointers.push_back(nullptr);
        child_ = ::fork();
        if (child_ == 0)
            fabula::test::process_detail::start(pointers, {}, in_.ends[0], out_.ends[1],
                                                err_.ends[1]);
        in_.close_end(0);
        out_.close_end(1);
        err_.close_end(1);
    }
    ~Running() {
        if (child_ > 0) {
            ::kill(child_, SIGKILL);
            ::waitpid(child_, nullptr, 0);
        }
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    void say(const std::string& text) {
        REQUIRE(::write(in_.ends[1], text.data(), text.size()) ==
                static_cast<ssize_t>(text.size()));
    }

    /// The next event; waits for it.
    Json event() {
        constexpr int longest =
            60'000; // ms; with sanitizers and other tests, everything takes long
        while (buffer_.find('\n') == std::string::npos) {
            pollfd polled{out_.ends[0], POLLIN, 0};
            REQUIRE(::poll(&polled, 1, longest) == 1);
            std::array<char, 4096> some{};
            const ssize_t count = ::read(out_.ends[0], some.data(), some.size());
            REQUIRE(count > 0);
            buffer_.append(some.data(), static_cast<std::size_t>(count));
        }
        const std::size_t end = buffer_.find('\n');
        Json json = Json::parse(buffer_.substr(0, end));
        buffer_.erase(0, end + 1);
        return json;
    }

    void kill(int signal) { ::kill(child_, signal); }
    void end_of_input() { in_.close_end(1); }

    /// Its exit status; 128 + number where a signal ended it.
    int wait() {
        int status = 0;
        ::waitpid(child_, &status, 0);
        child_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

private:
    fabula::test::process_detail::Pipe in_;
    fabula::test::process_detail::Pipe out_;
    fabula::test::process_detail::Pipe err_;
    pid_t child_{-1};
    std::string buffer_;
};

const std::string storm = "Storm Ana closed the port of Bergen on Sunday night.";

} // namespace

TEST_CASE("stream ends with the stories of cluster", "[cli]") {
    const RunResult events = run({"stream", "--window", "0", "--settle", "30", examples()});
    REQUIRE(events.status == 0);
    CHECK(events.err.empty());
    std::set<std::set<std::string>> expected;
    for (const Json& story : json_lines(run({"cluster", examples()}).out)) {
        std::set<std::string> ids;
        for (const Json& article : story["articles"])
            ids.insert(article["id"]);
        expected.insert(ids);
    }
    CHECK(partition_of(replay(json_lines(events.out))) == expected);
}

TEST_CASE("stream writes each event when it happens, while its input is open", "[cli]") {
    Running stream({"stream", "--now", "2026-03-04"});
    stream.say(line_of("a", storm));
    const Json first = stream.event();
    CHECK(first["event"] == "created");
    CHECK(first["story"] == 1);
    CHECK(first["articles"] == Json{"a"});
    CHECK(first["title"] == storm.substr(0, storm.size() - 1)); // its first sentence
    stream.say(line_of("b", storm + " More soon."));
    const Json second = stream.event();
    CHECK(second["event"] == "grew");
    CHECK(second["articles"] == Json{"b"});
    stream.say("{\"id\": \"a\", \"removed\": true}\n");
    CHECK(stream.event()["event"] == "shrank");
    stream.say("{\"removed\": true, \"id\": \"b\"}\n{\"id\": \"nobody\", \"removed\": true}\n");
    for (Json event = stream.event(); event["event"] != "expired"; event = stream.event())
        CHECK(event["event"] == "retitled");
    stream.end_of_input();
    CHECK(stream.wait() == 0);
}

TEST_CASE("SIGTERM and SIGINT end a stream cleanly", "[cli]") {
    const int signal = GENERATE(SIGTERM, SIGINT);
    Running stream({"stream"});
    stream.say(line_of("a", storm));
    CHECK(stream.event()["event"] == "created");
    stream.kill(signal);
    CHECK(stream.wait() == 0);
}

TEST_CASE("stream --follow reads a file as it grows, whole lines only", "[cli]") {
    const TempFolder folder;
    const auto file = folder.path() / "feed.jsonl";
    std::ofstream out{file};
    const std::string line = line_of("b", "La banque centrale relève son taux directeur.");
    out << line_of("a", storm) << line.substr(0, 20) << std::flush;
    Running stream({"stream", "--follow", file.string()});
    CHECK(stream.event()["articles"] == Json{"a"});
    out << line.substr(20) << std::flush;
    CHECK(stream.event()["articles"] == Json{"b"});
    stream.kill(SIGTERM);
    CHECK(stream.wait() == 0);
}

TEST_CASE("a window by the dates of the articles lets old stories expire", "[cli]") {
    const std::string input =
        R"({"id": "a", "text": "Storm Ana closed the port of Bergen.", "published": "2026-03-01"}
{"id": "b", "text": "La banque centrale relève son taux.", "published": "2026-03-20"}
{"id": "c", "text": "Una tormenta de hace tiempo.", "published": "2026-03-02"}
)";
    const RunResult result = stream_of(input, {"--now", "published", "--window", "7d", "-"});
    CHECK(result.status == 0);
    std::set<std::string> left;
    for (const auto& [article, story] : replay(json_lines(result.out)))
        left.insert(article);
    CHECK(left == std::set<std::string>{"b"});
    CHECK_THAT(result.err, ContainsSubstring("left out"));
}

TEST_CASE("a bad line ends a stream after what came before it, or is skipped", "[cli]") {
    const std::string input = line_of("a", storm) + "{\"id\": 3}\n" + line_of("b", storm);
    const RunResult refused = stream_of(input);
    CHECK(refused.status == 1);
    CHECK_THAT(refused.err, ContainsSubstring("standard input:2"));
    CHECK(json_lines(refused.out).size() == 1);
    const RunResult skipped = stream_of(input, {"--skip-bad-lines"});
    CHECK(skipped.status == 0);
    CHECK_THAT(skipped.err, ContainsSubstring("skipped standard input:2"));
    CHECK(replay(json_lines(skipped.out)).size() == 2);
}

TEST_CASE("lines without an id are called by their numbers", "[cli]") {
    const RunResult result =
        stream_of("{\"text\": \"" + storm + "\"}\n\n{\"text\": \"Una luna.\"}");
    CHECK(result.status == 0);
    const auto stories = replay(json_lines(result.out));
    CHECK(stories.contains("line-1"));
    CHECK(stories.contains("line-3"));
}

TEST_CASE("a stream reads fields and dates as cluster does, and says what was odd once", "[cli]") {
    const auto line = [](const std::string& id, const std::string& date) {
        return R"({"id": ")" + id + R"(", "body": ")" + storm + R"(", "date": ")" + date + "\"}\n";
    };
    const std::string input = line("a", "soon") + line("b", "later") + line("line-1", "2026-03-04");
    const RunResult usual = stream_of(input, {"--window", "0"});
    CHECK(usual.status == 0);
    CHECK_THAT(usual.err, ContainsSubstring("standard input:1"));
    CHECK_THAT(usual.err, !ContainsSubstring("standard input:2"));
    CHECK_THAT(usual.err, ContainsSubstring("1 more date or language was odd"));
    const std::size_t told = usual.err.find("--field text=body");
    CHECK(told != std::string::npos);
    CHECK(usual.err.find("--field text=body", told + 1) == std::string::npos);
    const auto stories = replay(json_lines(usual.out));
    CHECK(stories.size() == 3);
    CHECK(stories.contains("line-1")); // an id as good as any other, in the third line
    CHECK_THAT(stream_of(input, {"--strict"}).err, ContainsSubstring("standard input:1"));
    CHECK(stream_of(input, {"--strict"}).status == 1);
    const RunResult other = stream_of(input, {"--field", "text=summary"});
    CHECK(other.status == 1);
    CHECK_THAT(other.err, ContainsSubstring("body"));
    CHECK(stream_of(input, {"--field", "text"}).status == 2);
}

TEST_CASE("a line of another format within a stream is one bad line", "[cli]") {
    const RunResult result =
        stream_of(line_of("a", storm) + "<html>\n" + line_of("b", storm), {"--skip-bad-lines"});
    CHECK(result.status == 0);
    CHECK_THAT(result.err, ContainsSubstring("skipped standard input:2"));
    CHECK(replay(json_lines(result.out)).size() == 2);
}

TEST_CASE("stream says what it cannot do", "[cli]") {
    CHECK_THAT(run({"stream", "--now", "noon"}).err, ContainsSubstring("\"noon\" is not a time"));
    CHECK(run({"stream", "--now", "noon"}).status == 2);
    CHECK(run({"stream", "--window", "fortnight"}).status == 2);
    CHECK(run({"stream", "--min-probability", "2"}).status == 2);
    const RunResult missing = run({"stream", "no-such-file.jsonl"});
    CHECK(missing.status == 1);
    CHECK_THAT(missing.err, ContainsSubstring("no-such-file.jsonl"));
    const TempFolder folder;
    CHECK_THAT(run({"stream", folder.path().string()}).err, ContainsSubstring("is a folder"));
}

TEST_CASE("a reader that has gone ends a stream without a word", "[cli]") {
    fabula::test::RunOptions options;
    options.input = line_of("a", storm);
    options.reader_is_gone = true;
    const RunResult result = run({"stream"}, options);
    CHECK(result.status == 0);
    CHECK(result.err.empty());
}
