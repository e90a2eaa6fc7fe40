// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/json.hpp"
#include "support/process.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using Catch::Matchers::ContainsSubstring;
using fabula::test::read_bytes;
using fabula::test::run;
using fabula::test::RunResult;
using fabula::test::TempFolder;
using Json = nlohmann::json;

namespace {

std::string data(const std::string& name) {
    return (fabula::test::source_dir() / "examples/data" / name).string();
}

std::vector<Json> json_lines(const RunResult& result) {
    REQUIRE(result.status == 0);
    return fabula::test::json_lines(result.out);
}

} // namespace

TEST_CASE("compare tells that two files are one story, and why", "[cli]") {
    const RunResult result = run({"compare", data("first.txt"), data("second.txt")});
    CHECK(result.status == 0);
    CHECK(std::regex_search(result.out, std::regex("Same story: (9[0-9]|100)\\.[0-9] % likely")));
    CHECK_THAT(result.out, ContainsSubstring("Relation:   translation"));
    CHECK_THAT(result.out, ContainsSubstring("language nb"));
    CHECK_THAT(result.out, ContainsSubstring("Landego"));
    CHECK_THAT(result.out, ContainsSubstring("how close the two are in meaning"));
}

TEST_CASE("compare shows the two articles side by side, no wider than the page", "[cli]") {
    const RunResult result =
        run({"compare", "moon-ja-1", "moon-en-1", "--in", data("articles.jsonl")});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, ContainsSubstring("moon-ja-1, language ja"));
    CHECK_THAT(result.out, ContainsSubstring(" | moon-en-1, language en"));
    CHECK_THAT(result.out, ContainsSubstring("source minatoshimbun.example"));
    CHECK_THAT(result.out, ContainsSubstring("published 2026-03-20 14:30 UTC"));
    CHECK_THAT(result.out, ContainsSubstring("Order:      the first was published"));
    CHECK_THAT(result.out, ContainsSubstring("Passages that say the same"));
    CHECK_THAT(result.out, ContainsSubstring("together (log-odds)"));
    CHECK_THAT(result.out, ContainsSubstring("|+++"));
    std::istringstream lines{result.out};
    std::string line;
    std::size_t beside = 0;
    while (std::getline(lines, line)) {
        INFO(line);
        // Letters of Japanese and full-width signs take three bytes and two columns here, all
        // others one column; the rule between the columns stands at the same column throughout.
        const auto width = [](std::string_view text) {
            std::size_t columns = 0;
            for (const char c : text) {
                const auto byte = static_cast<unsigned char>(c);
                columns += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xE3U ? 2 : 1;
            }
            return columns;
        };
        CHECK(width(line) <= 100);
        if (const std::size_t rule = line.find(" |"); rule != std::string::npos) {
            const std::size_t at = width(std::string_view{line}.substr(0, rule));
            beside += at == 48 || at == 52; // of the head and of the passages
        }
    }
    CHECK(beside >= 8);
}

TEST_CASE("compare tells which article is older, as data too", "[cli]") {
    const Json there = json_lines(run({"compare", "moon-ja-1", "moon-en-1", "--in",
                                       data("articles.jsonl"), "--json"}))
                           .at(0);
    const Json back = json_lines(run({"compare", "moon-en-1", "moon-ja-1", "--in",
                                      data("articles.jsonl"), "--json"}))
                          .at(0);
    CHECK(there["direction"] == "first_is_earlier");
    CHECK(back["direction"] == "second_is_earlier");
    CHECK(there["first"]["published"] == "2026-03-20T14:30:00Z");
    CHECK(there["first"]["source"] == "minatoshimbun.example");
    CHECK(there["explanation"]["passages"][0]["first_bytes"].size() == 2);
    const RunResult undated = run({"compare", data("first.txt"), data("second.txt")});
    CHECK_THAT(undated.out, ContainsSubstring("Order:      not known, for lack of dates"));
}

TEST_CASE("compare is symmetric", "[cli]") {
    const Json there =
        json_lines(run({"compare", data("first.txt"), data("second.txt"), "--json"})).at(0);
    const Json back =
        json_lines(run({"compare", data("second.txt"), data("first.txt"), "--json"})).at(0);
    CHECK(there["probability"] == back["probability"]);
    CHECK(there["relation"] == back["relation"]);
    CHECK(there["first"] == back["second"]);
    CHECK(there["explanation"]["shared_terms"].size() ==
          back["explanation"]["shared_terms"].size());
}

TEST_CASE("compare takes ids, and one file is the duplicate of itself", "[cli]") {
    const Json same = json_lines(run({"compare", "quake-it-1", "quake-it-1", "--in",
                                      data("articles.jsonl"), "--json"}))
                          .at(0);
    CHECK(same["relation"] == "duplicate");
    CHECK(same["probability"] > 0.9);
    const Json other = json_lines(run({"compare", "quake-it-1", "moon-ja-1", "--in",
                                       data("articles.jsonl"), "--json"}))
                           .at(0);
    CHECK(other["relation"] == "unrelated");
    CHECK(other["probability"] < 0.5);
    CHECK(other["second"]["language"] == "ja");
}

TEST_CASE("compare names what it does not find", "[cli]") {
    const RunResult no_id =
        run({"compare", "quake-it-1", "no-such-id", "--in", data("articles.jsonl")});
    CHECK(no_id.status == 1);
    CHECK_THAT(no_id.err, ContainsSubstring("\"no-such-id\""));
    const RunResult no_file = run({"compare", data("first.txt"), "no-such-file.txt"});
    CHECK(no_file.status == 1);
    CHECK_THAT(no_file.err, ContainsSubstring("no-such-file.txt"));
    const RunResult many = run({"compare", data("articles.jsonl"), data("first.txt")});
    CHECK(many.status == 2);
    CHECK_THAT(many.err, ContainsSubstring("--in"));
}

TEST_CASE("compare says why an empty article cannot be compared", "[cli]") {
    const TempFolder folder;
    const std::string empty = folder.write("empty.txt", "").string();
    const RunResult result = run({"compare", data("first.txt"), empty});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, ContainsSubstring("empty_text: there is no word in it"));
    CHECK_THAT(result.out, ContainsSubstring("Relation:   unrelated"));
}

TEST_CASE("evaluate scores the labelled articles", "[cli]") {
    const RunResult table = run({"evaluate", data("articles.jsonl")});
    CHECK(table.status == 0);
    for (const char* name : {"BCubed ", "pairwise", "adjusted Rand index", "V-measure",
                             "cross-language recall", "largest story", "  zh-Hant "})
        CHECK_THAT(table.out, ContainsSubstring(name));

    const Json json = json_lines(run({"evaluate", data("articles.jsonl"), "--json"})).at(0);
    CHECK(json["articles"] == 75);
    CHECK(json["unlabelled"] == 0);
    CHECK(json["gold_stories"] == 22);
    CHECK(json["bcubed"]["f1"] > 0.5);
    std::size_t articles = 0;
    for (const auto& [language, figures] : json["by_language"].items())
        articles += figures["articles"].get<std::size_t>();
    CHECK(articles == 75);
}

TEST_CASE("evaluate tries several probabilities", "[cli]") {
    const std::vector<Json> sweep =
        json_lines(run({"evaluate", data("articles.jsonl"), "--sweep=0.2,0.5,0.99", "--json"}));
    REQUIRE(sweep.size() == 3);
    CHECK(sweep[0]["min_probability"] == 0.2);
    CHECK(sweep[2]["min_probability"] == 0.99);
    CHECK(sweep[0]["stories"] <= sweep[2]["stories"]);
    const Json single = json_lines(run({"evaluate", data("articles.jsonl"), "--json"})).at(0);
    CHECK(single == sweep[1]);
    const RunResult table = run({"evaluate", data("articles.jsonl"), "--sweep"});
    CHECK(table.status == 0);
    CHECK_THAT(table.out, ContainsSubstring("\n0.900 "));
}

TEST_CASE("evaluate clusters articles without a label, but does not score them", "[cli]") {
    const std::string text = "\"text\":\"The ferry has left the harbour.\"";
    fabula::test::RunOptions options;
    options.input = "{\"id\":\"a\"," + text + ",\"story\":1}\n{\"id\":\"b\"," + text +
                    ",\"story\":\"1\"}\n{\"id\":\"c\"," + text + "}\n";
    const RunResult result = run({"evaluate", "-", "--json"}, options);
    const Json json = json_lines(result).at(0);
    CHECK(json["articles"] == 2);
    CHECK(json["unlabelled"] == 1);
    CHECK(json["bcubed"]["f1"] == 1.0);
    CHECK_THAT(result.err, ContainsSubstring("1 article without a field \"story\""));

    options.input = "{\"id\":\"a\"," + text + "}\n";
    const RunResult none = run({"evaluate", "-"}, options);
    CHECK(none.status == 1);
    CHECK_THAT(none.err, ContainsSubstring("no article has a field \"story\""));
}

TEST_CASE("embed writes unit rows in the order of the input", "[cli]") {
    const TempFolder folder;
    const std::string articles =
        folder
            .write("in.jsonl", "{\"id\":\"a\",\"text\":\"The ferry has left the harbour.\"}\n"
                               "{\"id\":\"b\",\"text\":\"\"}\n"
                               "{\"id\":\"c\\nd\",\"text\":\"Ferja har forlatt havna.\"}\n")
            .string();
    const std::string vectors = (folder.path() / "v.npy").string();
    const std::string ids = (folder.path() / "ids.txt").string();
    const RunResult result = run({"embed", articles, "--output", vectors, "--ids", ids});
    CHECK(result.status == 0);
    CHECK(result.out.empty());
    CHECK_THAT(result.err,
               ContainsSubstring("1 article could not be compared with others: empty_text"));
    CHECK(read_bytes(ids) == "a\nb\nc d\n");

    const std::string bytes = read_bytes(vectors);
    const Json info = json_lines(run({"model", "info", "--json"})).at(0);
    const std::size_t dimension = info["dimension"];
    REQUIRE(bytes.size() == 128 + 3 * dimension * sizeof(float));
    CHECK_THAT(bytes.substr(0, 128),
               ContainsSubstring("'shape': (3, " + std::to_string(dimension) + ")"));
    for (std::size_t row = 0; row < 3; ++row) {
        double square = 0;
        for (std::size_t i = 0; i < dimension; ++i) {
            float value = 0;
            std::memcpy(&value, bytes.data() + 128 + (row * dimension + i) * sizeof value,
                        sizeof value);
            square += static_cast<double>(value) * static_cast<double>(value);
        }
        CHECK(std::sqrt(square) == Approx(row == 1 ? 0.0 : 1.0).margin(1e-5));
    }
    CHECK(run({"embed", articles, "--output", vectors, "--ids", "--threads", "1"}).status == 0);
    CHECK(read_bytes(folder.path() / "v.ids.txt") == read_bytes(ids));
    CHECK(read_bytes(vectors) == bytes);
}

TEST_CASE("identify tells the language, whatever the field says", "[cli]") {
    fabula::test::RunOptions options;
    const std::string german =
        "Der Hafen wurde in der Nacht wegen des Sturms geschlossen. Mehr als "
        "hundert Schiffe warten vor der Küste auf besseres Wetter.";
    options.input = "{\"id\":\"de\",\"text\":\"" + german + "\",\"language\":\"fr\"}\n" +
                    "{\"id\":\"ja\",\"title\":\"港は嵐のため夜間に閉鎖された\",\"text\":\"\"}\n" +
                    "{\"id\":\"none\",\"text\":\"12345 &%\"}\n";
    const std::vector<Json> lines = json_lines(run({"identify", "-"}, options));
    REQUIRE(lines.size() == 3);
    CHECK(lines[0]["id"] == "de");
    CHECK(lines[0]["language"] == "de");
    CHECK(lines[0]["reliable"] == true);
    CHECK(lines[1]["language"] == "ja");
    CHECK(lines[2]["language"] == "und");
    CHECK(lines[2]["probability"] == 0.0);
    CHECK(lines[2]["reliable"] == false);
}

TEST_CASE("model info shows the card, for eyes and for programs", "[cli]") {
    const RunResult table = run({"model", "info"});
    CHECK(table.status == 0);
    CHECK_THAT(table.out, ContainsSubstring("Licence       CC-BY-SA-4.0"));
    CHECK_THAT(table.out, ContainsSubstring("Languages     "));
    const Json info = json_lines(run({"model", "info", "--json"})).at(0);
    CHECK(info["languages"].size() >= 50);
    CHECK(info["bytes"] == fs::file_size(info["path"].get<std::string>()));
    CHECK(info["bytes"] <= 64 * 1024 * 1024);
    CHECK(info["checksum"].get<std::string>().size() == 16);
}
