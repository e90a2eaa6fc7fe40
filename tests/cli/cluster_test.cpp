// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/sanitizer.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::test::read_bytes;
using fabula::test::run;
using fabula::test::RunResult;
using fabula::test::TempFolder;
using Json = nlohmann::ordered_json;

namespace {

const std::string& example_file() {
    static const std::string file =
        (fabula::test::source_dir() / "examples/data/articles.jsonl").string();
    return file;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    std::string line;
    while (std::getline(in, line))
        lines.push_back(line);
    return lines;
}

std::vector<Json> stories_of(const RunResult& result) {
    REQUIRE(result.status == 0);
    std::vector<Json> stories;
    for (const std::string& line : lines_of(result.out))
        stories.push_back(Json::parse(line));
    return stories;
}

std::vector<std::string> keys_of(const Json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items())
        keys.push_back(key);
    return keys;
}

/// A story without what the order of the input decides: which article comes first.
Json unordered(Json story) {
    Json& articles = story["articles"];
    std::sort(articles.begin(), articles.end(),
              [](const Json& a, const Json& b) { return a["id"] < b["id"]; });
    return story;
}

std::set<std::string> unordered(const std::vector<Json>& stories) {
    std::set<std::string> result;
    for (const Json& story : stories)
        result.insert(unordered(story).dump());
    return result;
}

} // namespace

TEST_CASE("Each article is in exactly one story, largest story first", "[cli]") {
    const std::vector<std::string> articles = lines_of(read_bytes(example_file()));
    const std::vector<Json> stories = stories_of(run({"cluster", example_file()}));
    REQUIRE_FALSE(stories.empty());

    std::vector<std::string> input_ids;
    for (const std::string& line : articles)
        input_ids.push_back(Json::parse(line)["id"]);
    const auto position = [&](const std::string& id) {
        return std::find(input_ids.begin(), input_ids.end(), id) - input_ids.begin();
    };
    std::set<std::string> seen;
    std::pair<std::size_t, std::ptrdiff_t> before{input_ids.size(), -1};
    for (const Json& story : stories) {
        CHECK(keys_of(story) == std::vector<std::string>{"id", "title", "language", "titles",
                                                         "languages", "size", "sources",
                                                         "representative", "articles", "key_terms",
                                                         "first_published", "last_published",
                                                         "earliest", "follows", "cohesion"});

        const std::size_t size = story["size"];
        CHECK(story["articles"].size() == size);
        bool has_representative = false;
        std::ptrdiff_t last = -1;
        for (const Json& article : story["articles"]) {
            CHECK(keys_of(article) == std::vector<std::string>{"id", "language", "relation",
                                                               "probability", "strongest"});
            CHECK(article["strongest"].is_null() == (size == 1));
            const std::string id = article["id"];
            CHECK(seen.insert(id).second);
            CHECK(position(id) > last); // members in the order of the input
            last = position(id);
            has_representative = has_representative || id == story["representative"];
            CHECK(article["probability"] >= 0.0);
            CHECK(article["probability"] <= 1.0);
        }
        CHECK(has_representative);
        // Largest first, ties by the first article.
        const std::ptrdiff_t first = position(story["articles"][0]["id"]);
        CHECK((size < before.first || (size == before.first && first > before.second)));
        before = {size, first};
    }
    CHECK(seen.size() == articles.size());
}

TEST_CASE("Translations, rewrites and duplicates among the examples are found", "[cli]") {
    const std::vector<Json> stories = stories_of(run({"cluster", example_file()}));
    std::set<std::string> relations;
    std::size_t with_several_languages = 0;
    for (const Json& story : stories) {
        with_several_languages += story["languages"].size() > 1 ? 1 : 0;
        for (const Json& article : story["articles"])
            relations.insert(article["relation"]);
    }
    CHECK(with_several_languages >= 8);
    CHECK(relations.count("translation") == 1);
    CHECK(relations.count("duplicate") == 1);
    CHECK(relations.count("unrelated") == 0);
}

TEST_CASE("One thread and two give the same bytes", "[cli]") {
    const RunResult one = run({"cluster", example_file(), "--threads", "1"});
    const RunResult two = run({"cluster", example_file(), "--threads", "2"});
    const RunResult again = run({"cluster", example_file(), "--threads", "2"});
    CHECK(one.status == 0);
    CHECK(one.out == two.out);
    CHECK(two.out == again.out);
}

TEST_CASE("The order of the input does not change the stories", "[cli]") {
    std::vector<std::string> lines = lines_of(read_bytes(example_file()));
    const std::set<std::string> expected = unordered(stories_of(run({"cluster", example_file()})));
    std::mt19937 random{7};
    for (int round = 0; round < 3; ++round) {
        std::shuffle(lines.begin(), lines.end(), random);
        fabula::test::RunOptions options;
        for (const std::string& line : lines)
            options.input += line + '\n';
        CHECK(unordered(stories_of(run({"cluster", "-"}, options))) == expected);
    }
}

TEST_CASE("The gold label plays no part", "[cli]") {
    fabula::test::RunOptions options;
    for (const std::string& line : lines_of(read_bytes(example_file()))) {
        Json article = Json::parse(line);
        article.erase("story");
        options.input += article.dump() + '\n';
    }
    CHECK(run({"cluster", "-"}, options).out == run({"cluster", example_file()}).out);
}

TEST_CASE("Stories go to a file on request", "[cli]") {
    const TempFolder folder;
    const std::string out = (folder.path() / "stories.jsonl").string();
    const RunResult result = run({"cluster", example_file(), "--output", out});
    CHECK(result.status == 0);
    CHECK(result.out.empty());
    CHECK(read_bytes(out) == run({"cluster", example_file()}).out);
}

TEST_CASE("The table is for eyes", "[cli]") {
    const RunResult result = run({"cluster", example_file(), "--format", "table"});
    CHECK(result.status == 0);
    for (const std::string& line : lines_of(read_bytes(example_file())))
        CHECK_THAT(result.out, ContainsSubstring(Json::parse(line)["id"].get<std::string>()));
    CHECK_THAT(result.out, ContainsSubstring("representative"));
    CHECK(result.out.find("{\"") == std::string::npos);
}

TEST_CASE("A higher probability gives more stories", "[cli]") {
    const auto count = [](const char* probability) {
        return stories_of(run({"cluster", example_file(), "--min-probability", probability}))
            .size();
    };
    const std::size_t loose = count("0.05");
    const std::size_t strict = count("0.999");
    CHECK(loose < strict);
    CHECK(strict <= 75);
    CHECK_FALSE(stories_of(run({"cluster", example_file(), "--method", "components"})).empty());
    CHECK_FALSE(stories_of(run({"cluster", example_file(), "--method", "average"})).empty());
}

TEST_CASE("A time window keeps distant copies apart", "[cli]") {
    const std::string text =
        R"("text":"The ferry Heimsøy caught fire off Bodø, and all passengers were brought ashore.")";
    fabula::test::RunOptions options;
    options.input = "{\"id\":\"a\"," + text + ",\"published\":\"2026-03-01\"}\n" +
                    "{\"id\":\"b\"," + text + ",\"published\":\"2026-03-09\"}\n";
    CHECK(stories_of(run({"cluster", "-"}, options)).size() == 1);
    CHECK(stories_of(run({"cluster", "-", "--time-window", "9d"}, options)).size() == 1);
    const std::vector<Json> apart =
        stories_of(run({"cluster", "-", "--time-window", "72h"}, options));
    REQUIRE(apart.size() == 2);
    CHECK(apart[0]["first_published"] == "2026-03-01T00:00:00Z");
}

TEST_CASE("A scratch folder changes nothing, and nothing is left in it", "[cli]") {
    const TempFolder folder;
    const RunResult in_memory = run({"cluster", example_file()});
    const RunResult result = run({"cluster", example_file(), "--scratch", folder.path().string()});
    CHECK(result.status == 0);
    CHECK(result.out == in_memory.out);
    CHECK(std::filesystem::is_empty(folder.path()));

    const std::string missing = (folder.path() / "missing").string();
    const RunResult refused = run({"cluster", example_file(), "--scratch", missing});
    CHECK(refused.status == 1);
    CHECK(refused.out.empty());
    CHECK_THAT(refused.err, ContainsSubstring(missing));
}

TEST_CASE("A folder of text files is clustered", "[cli]") {
    const TempFolder folder;
    const auto data = fabula::test::source_dir() / "examples/data";
    folder.write("one.txt", read_bytes(data / "first.txt"));
    folder.write("two.txt", read_bytes(data / "second.txt"));
    folder.write("other.txt", "Football\nThe cup final in Zwolle ended with a goal in extra time.");
    const std::vector<Json> stories = stories_of(run({"cluster", folder.path().string()}));
    REQUIRE(stories.size() == 2);
    CHECK(stories[0]["size"] == 2);
    CHECK(stories[0]["articles"][0]["id"] == "one");
    CHECK(stories[0]["articles"][1]["id"] == "two");
    CHECK(stories[1]["title"] == "Football");
}

TEST_CASE("No two articles of one story is no fault", "[cli]") {
    fabula::test::RunOptions options;
    options.input = "{\"id\":\"a\",\"text\":\"The ferry has left the harbour.\"}\n";
    const std::vector<Json> stories = stories_of(run({"cluster", "-"}, options));
    REQUIRE(stories.size() == 1);
    CHECK(stories[0]["size"] == 1);
    CHECK(stories[0]["first_published"].is_null());
}

TEST_CASE("cluster --explain says of each article why it is in its story", "[cli]") {
    const std::vector<Json> stories = stories_of(run({"cluster", example_file(), "--explain"}));
    std::size_t explained = 0;
    for (const Json& story : stories)
        for (const Json& article : story["articles"]) {
            INFO(article["id"]);
            REQUIRE(article.contains("because") == !article["strongest"].is_null());
            if (article["strongest"].is_null())
                continue;
            ++explained;
            const Json& because = article["because"];
            CHECK(keys_of(because) == std::vector<std::string>{"id", "probability", "relation",
                                                               "direction", "shared_terms",
                                                               "shared_numbers", "shared_dates",
                                                               "differences", "contributions"});
            CHECK(because["id"] == article["strongest"]["id"]);
            CHECK(because["id"] != article["id"]);
            CHECK(because["shared_terms"].size() <= 5);
            CHECK(because["contributions"].size() <= 3);
            CHECK_FALSE(because["contributions"].empty());
        }
    CHECK(explained > 40);

    // The same run is explained, whatever its options.
    for (const Json& story :
         stories_of(run({"cluster", example_file(), "--explain", "--time-window", "36h"})))
        for (const Json& article : story["articles"])
            if (!article["strongest"].is_null()) {
                INFO(article["id"]);
                CHECK(article["because"]["probability"] == article["strongest"]["probability"]);
            }

    const RunResult table = run({"cluster", example_file(), "--explain", "--format", "table"});
    CHECK(table.status == 0);
    CHECK_THAT(table.out, ContainsSubstring("because it is "));
    CHECK_THAT(table.out, ContainsSubstring("one story with quake-it-"));
    CHECK_THAT(table.out, ContainsSubstring("both have "));
    const RunResult plain = run({"cluster", example_file(), "--format", "table"});
    CHECK(plain.out.find("because it is ") == std::string::npos);
}

TEST_CASE("The machine's locale changes nothing", "[cli]") {
    // ICU reads LC_ALL itself, whether the system has that locale or not.
    fabula::test::RunOptions options;
    for (const char* const tag : {"la", "xx", "oc", "mul"})
        options.input +=
            std::string(R"({"language":")") + tag +
            R"(","text":"Am Montag und Dienstag traf man sich im Dezember und im Januar. )" +
            R"(On Monday and Tuesday they met in December and in January."})" + "\n";
    const auto run_in = [&](const std::string& locale) {
        return fabula::test::run_command({"/usr/bin/env", "LC_ALL=" + locale, "LANG=" + locale,
                                          fabula::test::program().string(), "cluster", "-"},
                                         options);
    };
    const RunResult plain = run_in("C");
    REQUIRE_FALSE(stories_of(plain).empty());
    CHECK(plain.out.find("Montag") != std::string::npos);
    for (const char* const locale : {"de_DE.UTF-8", "en_US.UTF-8", "ru_RU.UTF-8", "tr_TR.UTF-8"}) {
        CAPTURE(locale);
        CHECK(run_in(locale).out == plain.out);
    }
}

TEST_CASE("Vectors of another encoder take the place of the model's", "[cli]") {
    const TempFolder folder;
    const std::string vectors = (folder.path() / "v.npy").string();
    REQUIRE(run({"embed", example_file(), "--output", vectors}).status == 0);
    const RunResult own = run({"cluster", example_file(), "--vectors", vectors, "--explain"});
    std::set<std::set<std::string>> with_vectors;
    std::set<std::set<std::string>> without;
    const auto members = [](const std::vector<Json>& stories) {
        std::set<std::set<std::string>> out;
        for (const Json& story : stories) {
            std::set<std::string> ids;
            for (const Json& article : story["articles"])
                ids.insert(article["id"].get<std::string>());
            out.insert(ids);
        }
        return out;
    };
    // The languages' calibration is of the model's vectors alone: few stories may differ.
    with_vectors = members(stories_of(own));
    without = members(stories_of(run({"cluster", example_file()})));
    std::size_t same = 0;
    for (const auto& story : without)
        same += with_vectors.count(story);
    CHECK(2 * same > without.size());
    CHECK(run({"evaluate", example_file(), "--vectors", vectors}).status == 0);

    const std::string two = folder
                                .write("two.jsonl", R"({"id":"a","text":"One ship left."}
{"id":"b","text":"Two ships left."}
)")
                                .string();
    const RunResult wrong = run({"cluster", two, "--vectors", vectors});
    CHECK(wrong.status == 1);
    CHECK(wrong.out.empty());
    CHECK_THAT(wrong.err, ContainsSubstring("but there are 2 articles"));
    const RunResult none = run({"cluster", two, "--vectors", two});
    CHECK(none.status == 1);
    CHECK_THAT(none.err, ContainsSubstring("two.jsonl") && ContainsSubstring("no NumPy array"));
}

TEST_CASE("A huge article takes little more memory than its bytes", "[cli]") {
    if (fabula::test::sanitized)
        SKIP("a sanitizer takes memory of its own");
    constexpr std::size_t size = 48'000'000;
    std::string line = R"({"language":"en","text":")";
    for (std::size_t i = 0; line.size() < size; ++i)
        line += "The " + std::to_string(i % 9973) + "th ship left. ";
    line += "\"}\n";
    const TempFolder folder;
    const std::string file = folder.write("huge.jsonl", line).string();
    REQUIRE(stories_of(run({"cluster", file, "--threads", "1", "--max-text-bytes", "0"})).size() ==
            1);
    rusage used{};
    REQUIRE(::getrusage(RUSAGE_CHILDREN, &used) == 0);
    CHECK(used.ru_maxrss < 700'000); // KiB; it took 28 times its bytes
}
