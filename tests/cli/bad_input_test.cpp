// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/process.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <unistd.h>

namespace fs = std::filesystem;
using Catch::Matchers::ContainsSubstring;
using fabula::test::run;
using fabula::test::RunResult;
using fabula::test::TempFolder;

namespace {

RunResult cluster(const std::string& lines, const std::vector<std::string>& options = {}) {
    const TempFolder folder;
    std::vector<std::string> arguments{"cluster", folder.write("in.jsonl", lines).string()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return run(arguments);
}

/// The status of each article in the output; "ok" where none is written.
std::map<std::string, std::string> statuses(const std::string& stories) {
    std::map<std::string, std::string> result;
    std::istringstream lines{stories};
    std::string line;
    while (std::getline(lines, line)) {
        const auto story = nlohmann::json::parse(line);
        for (const auto& article : story["articles"]) {
            const std::string status = article.value("status", "ok");
            const bool is_new = result.emplace(article["id"], status).second;
            CHECK(is_new);
            if (status != "ok") {
                CHECK(story["size"] == 1);
                CHECK(story["status"] == status);
            }
        }
    }
    return result;
}

constexpr const char* sound = "{\"id\":\"sound\",\"text\":\"The ferry has left the harbour.\"}\n";

} // namespace

TEST_CASE("All bad lines are reported at once, each with its place", "[cli]") {
    const RunResult result = cluster(std::string{sound} + "{\"id\":\"b\",\n" +
                                         "{\"id\":\"c\"}\n{\"id\":\"sound\",\"text\":\"x\"}\n"
                                         "{\"id\":\"d\",\"text\":\"x\",\"published\":\"today\"}\n",
                                     {"--strict"});
    CHECK(result.status == 1);
    CHECK(result.out.empty());
    CHECK_THAT(result.err, ContainsSubstring("in.jsonl:2:11: this is not valid JSON"));
    CHECK_THAT(result.err, ContainsSubstring("in.jsonl:3:1: this article has no field \"text\""));
    CHECK_THAT(result.err, ContainsSubstring("in.jsonl:4: the id \"sound\" was already used in "));
    CHECK_THAT(result.err, ContainsSubstring("in.jsonl:5:34: \"published\" is \"today\""));
    CHECK_THAT(result.err, ContainsSubstring("4 bad lines"));
    CHECK_THAT(result.err, ContainsSubstring("--skip-bad-lines"));
}

TEST_CASE("Thousands of bad lines are counted, not listed", "[cli]") {
    std::string lines;
    for (int i = 0; i < 5000; ++i)
        lines += "nonsense\n";
    const RunResult result = cluster(lines);
    CHECK(result.status == 1);
    CHECK_THAT(result.err, ContainsSubstring("in.jsonl:1:2: this is not valid JSON"));
    CHECK_THAT(result.err, ContainsSubstring("(and 4999 more of the kind)"));
    CHECK_THAT(result.err, ContainsSubstring("5000 bad lines"));
    CHECK(result.err.size() < 600);
}

TEST_CASE("Bad lines are skipped and counted on request", "[cli]") {
    const RunResult result = cluster(std::string{sound} + "{\"id\":\"b\",\n" +
                                         "{\"id\":\"e\",\"text\":\"The harbour is closed.\"}\n",
                                     {"--skip-bad-lines"});
    CHECK(result.status == 0);
    CHECK(statuses(result.out) == std::map<std::string, std::string>{{"sound", "ok"}, {"e", "ok"}});
    CHECK_THAT(result.err, ContainsSubstring("skipped "));
    CHECK_THAT(result.err, ContainsSubstring("in.jsonl:2:11"));
    CHECK_THAT(result.err, ContainsSubstring("1 bad line skipped in all"));
}

TEST_CASE("A text that is too long is a bad line, and the limit may be moved", "[cli]") {
    const std::string lines =
        std::string{sound} + R"({"id":"long","text":")" + std::string(5000, 'x') + "\"}\n";
    const RunResult result = cluster(lines, {"--max-text-bytes", "4999"});
    CHECK(result.status == 1);
    CHECK_THAT(result.err, ContainsSubstring("in.jsonl:2:21: the text has 5000 bytes, more than "
                                             "the 4999 of max-text-bytes"));
    CHECK(cluster(lines, {"--max-text-bytes", "5000"}).status == 0);
    CHECK(cluster(lines, {"--max-text-bytes", "0"}).status == 0);
    CHECK(cluster(lines, {"--max-text-bytes", "-1"}).status == 2);
    const RunResult skipped = cluster(lines, {"--max-text-bytes", "4999", "--skip-bad-lines"});
    CHECK(skipped.status == 0);
    CHECK(statuses(skipped.out) == std::map<std::string, std::string>{{"sound", "ok"}});
    CHECK_THAT(skipped.err, ContainsSubstring("1 bad line skipped in all"));

    const TempFolder folder;
    const std::string file = folder.write("in.jsonl", lines).string();
    CHECK(run({"compare", "sound", "long", "--in", file, "--max-text-bytes", "4999"}).status == 1);
    CHECK(run({"compare", "sound", "long", "--in", file}).status == 0);
}

TEST_CASE("Odd articles are handled, with a status", "[cli]") {
    std::string million;
    for (int i = 0; i < 1'000'000; ++i)
        million += i % 2 == 0 ? "harbour " : "ferry ";
    const std::string lines = std::string{sound} + "{\"id\":\"empty\",\"text\":\"\"}\n" +
                              "{\"id\":\"blank\",\"text\":\" \\n \\t \"}\n" +
                              "{\"id\":\"word\",\"text\":\"harbour\"}\n" +
                              "{\"id\":\"emoji\",\"text\":\"😀😀🎉 👍🏽\"}\n" +
                              "{\"id\":\"nul\",\"text\":\"The ferry\\u0000 has left.\"}\n" +
                              "{\"id\":\"broken\",\"text\":\"The ferry \xFF\xC3 has left.\"}\n" +
                              "{\"id\":\"surrogate\",\"text\":\"The ferry \\ud83d has left.\"}\n" +
                              "{\"id\":\"digits\",\"text\":\"1 2 3\"}\n" +
                              "{\"id\":\"million\",\"text\":\"" + million + "\"}\n";
    const RunResult result = cluster(lines);
    CHECK(result.status == 0);
    const auto found = statuses(result.out);
    CHECK(found.size() == 10);
    CHECK(found.at("empty") == "empty_text");
    CHECK(found.at("blank") == "empty_text");
    CHECK(found.at("emoji") == "empty_text");
    for (const char* id : {"sound", "word", "nul", "broken", "surrogate", "million"}) {
        INFO(id);
        CHECK(found.at(id) != "empty_text");
    }
    CHECK_THAT(result.err, ContainsSubstring("could not be compared"));
    CHECK_THAT(result.err, ContainsSubstring("2 articles had broken characters"));
}

TEST_CASE("Empty input is said plainly", "[cli]") {
    for (const char* lines : {"", "\n\n"}) {
        const RunResult result = cluster(lines);
        CHECK(result.status == 1);
        CHECK(result.out.empty());
        CHECK_THAT(result.err, ContainsSubstring("there are no articles in "));
        CHECK_THAT(result.err, ContainsSubstring("in.jsonl"));
    }
    const TempFolder folder;
    const RunResult result = run({"cluster", folder.path().string()});
    CHECK(result.status == 1);
    CHECK_THAT(result.err, ContainsSubstring("there are no articles in " + folder.path().string()));
    const RunResult standard_input = run({"cluster", "-"});
    CHECK(standard_input.status == 1);
    CHECK_THAT(standard_input.err, ContainsSubstring("there are no articles in standard input"));
}

TEST_CASE("A failure leaves an older output file as it was", "[cli]") {
    const TempFolder folder;
    const fs::path out = folder.write("stories.jsonl", "old");
    const std::string bad = folder.write("bad.jsonl", "{").string();
    CHECK(run({"cluster", bad, "--output", out.string()}).status == 1);
    CHECK(fabula::test::read_bytes(out) == "old");
}

TEST_CASE("Folders and files that may not be read are named", "[cli]") {
    if (::geteuid() == 0)
        SKIP("root may read everything");
    const TempFolder folder;
    const fs::path locked = folder.path() / "locked";
    fs::create_directory(locked);
    fs::permissions(locked, fs::perms::none);
    const RunResult result = run({"cluster", locked.string()});
    fs::permissions(locked, fs::perms::owner_all);
    CHECK(result.status == 1);
    CHECK_THAT(result.err, ContainsSubstring(locked.string() + ": the folder cannot be read"));
}

TEST_CASE("A damaged model is refused by name", "[cli]") {
    const TempFolder folder;
    const std::string articles = folder.write("in.jsonl", sound).string();
    const std::string whole =
        fabula::test::read_bytes(fabula::test::model_dir() / "default.fabula");
    REQUIRE(whole.size() > 100'000);
    std::string altered = whole;
    altered[altered.size() / 2] = static_cast<char>(altered[altered.size() / 2] ^ 0x40);
    const std::map<std::string, std::string> damaged{
        {"truncated.fabula", whole.substr(0, 50'000)},
        {"short.fabula", whole.substr(0, whole.size() - 1)},
        {"altered.fabula", altered},
        {"empty.fabula", ""},
        {"text.fabula", "this is no model"}};
    for (const auto& [name, bytes] : damaged) {
        const std::string model = folder.write(name, bytes).string();
        const RunResult result = run({"cluster", articles, "--model", model});
        INFO(name << ": " << result.err);
        CHECK(result.status == 1);
        CHECK(result.out.empty());
        CHECK_THAT(result.err, ContainsSubstring(name));
    }
    const RunResult missing = run({"model", "info", "--model", "/no/such/model.fabula"});
    CHECK(missing.status == 1);
    CHECK_THAT(missing.err, ContainsSubstring("/no/such/model.fabula"));
}
