// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/json.hpp"
#include "support/process.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::test::examples;
using fabula::test::json_lines;
using fabula::test::read_bytes;
using fabula::test::run;
using fabula::test::RunOptions;
using fabula::test::RunResult;
using fabula::test::TempFolder;
using Json = nlohmann::json;

namespace {

std::string line_at(std::size_t number) {
    std::istringstream in{read_bytes(examples())};
    std::string line;
    for (std::size_t i = 0; i <= number; ++i)
        std::getline(in, line);
    return line + "\n";
}

RunResult stream_into(const std::string& store, const std::string& input,
                      const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"stream",    "--store",  store, "--now",
                                       "published", "--window", "0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    RunOptions options;
    options.input = input;
    return run(arguments, options);
}

/// Stories without their ids, articles in the order of theirs.
std::set<std::string> contents(const std::vector<Json>& stories) {
    std::set<std::string> out;
    for (Json story : stories) {
        story.erase("id");
        if (story["follows"].is_object())
            story["follows"].erase("id");
        std::sort(story["articles"].begin(), story["articles"].end(),
                  [](const Json& a, const Json& b) { return a["id"] < b["id"]; });
        out.insert(story.dump());
    }
    return out;
}

} // namespace

TEST_CASE("a stream in a store goes on where it ended, and its stories are those of the batch",
          "[cli][stream]") {
    const TempFolder folder;
    const std::string store = (folder / "news.db").string();
    const std::string all = read_bytes(examples());
    const std::size_t half = all.find('\n', all.size() / 2) + 1;
    const RunResult first = stream_into(store, all.substr(0, half));
    REQUIRE(first.status == 0);
    const RunResult second = stream_into(store, all.substr(half));
    REQUIRE(second.status == 0);
    CHECK(first.err.empty());
    for (const char* suffix : {"-writer", "-wal", "-shm"})
        CHECK_FALSE(std::filesystem::exists(store + suffix));
    // The second begins no story under a number of the first.
    std::set<std::size_t> begun;
    for (const RunResult* result : {&first, &second})
        for (const Json& event : json_lines(result->out))
            if (event["event"] == "created")
                CHECK(begun.insert(event["story"].get<std::size_t>()).second);

    const RunResult told = run({"stories", "--store", store});
    REQUIRE(told.status == 0);
    CHECK(told.err.empty());
    const std::vector<Json> stories = json_lines(told.out);
    CHECK(contents(stories) == contents(json_lines(run({"cluster", examples()}).out)));
    for (const Json& story : stories)
        CHECK(story["id"].get<std::string>().size() < 6);
    const std::vector<Json> large =
        json_lines(run({"stories", "--store", store, "--min-size", "3", "--language", "it"}).out);
    REQUIRE_FALSE(large.empty());
    for (const Json& story : large) {
        CHECK(story["size"] >= 3);
        const auto languages = story["languages"].get<std::vector<std::string>>();
        CHECK(std::find(languages.begin(), languages.end(), "it") != languages.end());
    }
    const std::string id = large.front()["id"];
    const std::vector<Json> one = json_lines(run({"stories", "--store", store, "--story", id}).out);
    REQUIRE(one.size() == 1);
    CHECK(one.front() == large.front());
    CHECK_THAT(run({"stories", "--store", store, "--format", "table"}).out,
               ContainsSubstring(stories.front()["title"].get<std::string>()));
    CHECK(run({"stories", "--store", store, "--since", "0"}).status == 0);
}

TEST_CASE("what happened to the stories of a store is told again", "[cli][stream]") {
    const TempFolder folder;
    const std::string store = (folder / "news.db").string();
    const RunResult written = stream_into(store, read_bytes(examples()));
    REQUIRE(written.status == 0);
    const RunResult told = run({"stories", "--store", store, "--events"});
    REQUIRE(told.status == 0);
    CHECK(told.err.empty());
    std::vector<Json> events = json_lines(told.out);
    const std::vector<Json> expected = json_lines(written.out);
    REQUIRE(events.size() == expected.size());
    REQUIRE(events.size() > 3);
    for (std::size_t i = 0; i < events.size(); ++i) {
        CHECK(events[i]["number"] == i + 1);
        CHECK(events[i]["at"].get<std::string>().size() == 20);
        Json event = events[i];
        event.erase("number");
        event.erase("at");
        CHECK(event == expected[i]);
    }
    const auto told_with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"stories", "--store", store, "--events"});
        return json_lines(run(more).out);
    };
    CHECK(told_with({"--after", "2"}) == std::vector<Json>(events.begin() + 2, events.end()));
    CHECK(told_with({"--after", "1000000"}).empty());
    CHECK(told_with({"--since", "5200w"}) == events);
    const std::size_t first = events.front()["story"];
    std::erase_if(events, [&](const Json& event) {
        return event["story"] != first && (!event.contains("other") || event["other"] != first);
    });
    CHECK(told_with({"--story", std::to_string(first)}) == events);
    CHECK(run({"stories", "--store", store, "--after", "2"}).status == 2);
}

TEST_CASE("which stories of a store an article would fit", "[cli][stream]") {
    const TempFolder folder;
    const std::string store = (folder / "news.db").string();
    REQUIRE(stream_into(store, read_bytes(examples())).status == 0);
    Json article = Json::parse(line_at(0));
    const std::string known = article["id"];
    article["id"] = "another";
    const auto file = folder.write("draft.json", article.dump());
    const RunResult result = run({"near", "--store", store, file.string(), "--most", "2"});
    REQUIRE(result.status == 0);
    const std::vector<Json> matches = json_lines(result.out);
    REQUIRE_FALSE(matches.empty());
    CHECK(matches.size() <= 2);
    CHECK(matches.front()["probability"] > 0.9);
    const std::string story = std::to_string(matches.front()["story"].get<std::size_t>());
    const std::vector<Json> stories =
        json_lines(run({"stories", "--store", store, "--story", story}).out);
    REQUIRE(stories.size() == 1);
    CHECK(stories.front()["title"] == matches.front()["title"]);
    CHECK_THAT(stories.front()["articles"].dump(), ContainsSubstring('"' + known + '"'));
    // It was not added.
    CHECK_THAT(run({"stories", "--store", store}).out, !ContainsSubstring("\"another\""));
    CHECK(run({"near", "--store", store, examples()}).status == 2);
}

TEST_CASE("options of a store need one, and stores need to be there", "[cli][stream]") {
    const TempFolder folder;
    const std::string store = (folder / "news.db").string();
    CHECK(run({"stream", "--rebuild", examples()}).status == 2);
    CHECK(run({"stream", "--store", store, "--durability", "some", examples()}).status == 2);
    CHECK(run({"stream", "--store", store, "--forget", "soon", examples()}).status == 2);
    const RunResult none = run({"stories", "--store", store});
    CHECK(none.status == 1);
    CHECK_THAT(none.err, ContainsSubstring("news.db: there is no such file"));
    CHECK(run({"stories"}).status == 2);
    CHECK(run({"near", "--store", store, "-"}).status == 1);
    CHECK_FALSE(std::filesystem::exists(store));
}

TEST_CASE("a store of another model is made anew by --rebuild", "[cli][stream]") {
    const TempFolder folder;
    const std::string store = (folder / "news.db").string();
    REQUIRE(stream_into(store, read_bytes(examples()), {"--durability", "normal"}).status == 0);
    const std::string before = run({"stories", "--store", store}).out;
    fabula::detail::Database(store, fabula::detail::Database::Access::write,
                             std::chrono::milliseconds{1000})
        .execute("UPDATE meta SET value = '0000000000000000' WHERE key = 'space'; UPDATE features "
                 "SET bytes = zeroblob(9)");
    const RunResult refused = stream_into(store, "");
    CHECK(refused.status == 1);
    CHECK_THAT(refused.err, ContainsSubstring("`fabula stream --store " + store + " --rebuild`"));
    CHECK(stream_into(store, "", {"--rebuild"}).status == 0);
    CHECK(run({"stories", "--store", store}).out == before);
}

TEST_CASE("what can be read of a damaged store is salvaged", "[cli][stream]") {
    const TempFolder folder;
    const std::string store = (folder / "news.db").string();
    REQUIRE(stream_into(store, read_bytes(examples())).status == 0);
    std::string bytes = read_bytes(store);
    // A page of texts.
    const std::size_t page = bytes.find(Json::parse(line_at(3))["title"].get<std::string>()) / 4096;
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(page * 4096), 4096, '\x5A');
    fabula::test::write_bytes(store, bytes);
    const RunResult refused = run({"stories", "--store", store});
    CHECK(refused.status == 1);
    CHECK_THAT(refused.err, ContainsSubstring(store) && ContainsSubstring("--salvage NEW"));
    const std::string saved = (folder / "saved.db").string();
    const RunResult result = run({"stories", "--store", store, "--salvage", saved});
    CHECK(result.status == 0);
    CHECK_THAT(result.err, ContainsSubstring("could not be read"));
    CHECK(json_lines(result.out).size() > 5);
    CHECK(stream_into(saved, line_at(3)).status == 0);
}

TEST_CASE("corrections of editors, in a stream and in the batch", "[cli][stream]") {
    const TempFolder folder;
    const std::string store = (folder / "news.db").string();
    const std::string links = "{\"must_link\": [\"moon-en-1\", \"quake-it-1\"]}\n"
                              "{\"cannot_link\": [\"moon-en-1\", \"moon-ja-1\"]}\n";
    const RunResult streamed = stream_into(store, read_bytes(examples()) + links);
    CHECK(streamed.err.empty());
    REQUIRE(streamed.status == 0);
    const RunResult batch =
        run({"cluster", examples(), "--links", folder.write("links.jsonl", links).string()});
    REQUIRE(batch.status == 0);
    CHECK(contents(json_lines(run({"stories", "--store", store}).out)) ==
          contents(json_lines(batch.out)));
    bool is_met = false;
    for (const Json& story : json_lines(batch.out)) {
        std::set<std::string> ids;
        for (const Json& article : story["articles"])
            ids.insert(article["id"]);
        CHECK(ids.contains("moon-en-1") == ids.contains("quake-it-1"));
        CHECK_FALSE((ids.contains("moon-en-1") && ids.contains("moon-ja-1")));
        is_met = is_met || ids.contains("moon-en-1");
    }
    CHECK(is_met);
    // What the store keeps contradicts this one.
    const RunResult refused =
        stream_into(store, "{\"must_link\": [\"moon-ja-1\", \"quake-it-1\"]}\n");
    CHECK(refused.status == 1);
    CHECK_THAT(refused.err, ContainsSubstring("standard input, line 1") &&
                                ContainsSubstring("cannot be in one story"));
    CHECK(stream_into(store, "{\"must_link\": [\"moon-ja-1\"]}\n").status == 1);
    const auto odd = folder.write("odd.jsonl", "{\"must_link\": [\"a\", \"b\"]}\nnothing\n");
    const RunResult second = run({"cluster", examples(), "--links", odd.string()});
    CHECK(second.status == 1);
    CHECK_THAT(second.err, ContainsSubstring("odd.jsonl, line 2: is no link"));
}
