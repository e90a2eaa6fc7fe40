// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/process.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::test::run;
using fabula::test::RunResult;
using fabula::test::TempFolder;
using Json = nlohmann::json;

namespace {

std::string articles() {
    return (fabula::test::source_dir() / "examples/data/articles.jsonl").string();
}

/// The JSON of one value, with these flags.
Json evaluated(std::vector<std::string> flags) {
    std::vector<std::string> arguments{"evaluate", articles(), "--json"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    const RunResult result = run(arguments);
    INFO(result.err);
    REQUIRE(result.status == 0);
    return Json::parse(result.out);
}

} // namespace

TEST_CASE("evaluate tells the figures of each pair of languages", "[cli]") {
    const Json json = evaluated({"--by-language-pair"});
    std::size_t gold = 0;
    std::size_t predicted = 0;
    std::size_t correct = 0;
    for (const Json& row : json["by_language_pair"]) {
        CHECK(row["first"] <= row["second"]);
        gold += row["gold_pairs"].get<std::size_t>();
        predicted += row["predicted_pairs"].get<std::size_t>();
        correct += row["correct_pairs"].get<std::size_t>();
    }
    CHECK(gold == 134); // of the example's 22 stories
    CHECK(json["pairwise"]["recall"].get<double>() ==
          Approx(static_cast<double>(correct) / static_cast<double>(gold)));
    CHECK(json["pairwise"]["precision"].get<double>() ==
          Approx(static_cast<double>(correct) / static_cast<double>(predicted)));

    const RunResult table = run({"evaluate", articles(), "--by-language-pair"});
    CHECK(table.status == 0);
    CHECK_THAT(table.out, ContainsSubstring("\npairwise by languages "));
    CHECK_THAT(table.out, ContainsSubstring("\n  and "));
    CHECK_FALSE(evaluated({}).contains("by_language_pair"));
}

TEST_CASE("evaluate tells whether probabilities come true", "[cli]") {
    const Json json = evaluated({"--calibration"})["calibration"];
    CHECK(json["same_story_pairs"] == 134);
    CHECK(json["scored_same_story_pairs"] <= 134);
    for (const char* weighting : {"by_pair", "by_story"}) {
        const Json& calibration = json[weighting];
        CHECK(calibration["expected_calibration_error"] > 0);
        CHECK(calibration["expected_calibration_error"] < 0.5);
        REQUIRE(calibration["bins"].size() == 10);
        std::size_t pairs = 0;
        for (const Json& bin : calibration["bins"])
            pairs += bin["pairs"].get<std::size_t>();
        CHECK(pairs == json["scored_pairs"]);
    }
    const RunResult table = run({"evaluate", articles(), "--calibration"});
    CHECK(table.status == 0);
    CHECK_THAT(table.out, ContainsSubstring("expected calibration error"));
    CHECK_THAT(table.out, ContainsSubstring("\n  0.9 to 1.0 "));
}

TEST_CASE("evaluate shows what was not put together, and why", "[cli]") {
    // So high that little stays together.
    const Json json = evaluated({"--errors=3", "--min-probability", "0.9"});
    const Json& missed = json["errors"]["missed"];
    CHECK(missed["cases"] > 3);
    REQUIRE(missed["worst"].size() == 3);
    std::vector<std::string> stories;
    for (const Json& error : missed["worst"]) {
        stories.push_back(error["story"]);
        CHECK(error["other_story"] == error["story"]);
        CHECK(error["articles"] > 0);
        CHECK(error["others"] > 0);
        CHECK(error["headlines"].size() == 2);
        const Json& comparison = error["comparison"];
        CHECK(comparison["first"]["id"] != comparison["second"]["id"]);
        CHECK(comparison["probability"].is_number());
        CHECK_FALSE(comparison["relation"].get<std::string>().empty());
        CHECK_FALSE(comparison["explanation"]["contributions"].empty());
    }
    std::sort(stories.begin(), stories.end());
    CHECK(std::unique(stories.begin(), stories.end()) == stories.end());

    const RunResult text = run({"evaluate", articles(), "--errors", "--min-probability", "0.99"});
    CHECK(text.status == 0);
    CHECK_THAT(text.out, ContainsSubstring("\nArticles of one story that were not put together: "));
    CHECK_THAT(text.out, ContainsSubstring("20 shown, the least likely first"));
    CHECK_THAT(text.out, ContainsSubstring("\n20. story \""));
    CHECK_THAT(text.out, !ContainsSubstring("\n21. story \""));
    CHECK_THAT(text.out, ContainsSubstring("\n    verdict   "));
    CHECK_THAT(text.out, ContainsSubstring("\n    shared    "));
    CHECK_THAT(text.out, ContainsSubstring("how close the two are in meaning ("));
}

TEST_CASE("evaluate shows what was put together, and should not have been", "[cli]") {
    const Json json = evaluated({"--errors", "--min-probability", "0.02"});
    const Json& joined = json["errors"]["falsely_joined"];
    REQUIRE(joined["cases"] > 0);
    REQUIRE_FALSE(joined["worst"].empty());
    CHECK(joined["worst"].size() <= 20);
    for (const Json& error : joined["worst"])
        CHECK(error["other_story"] != error["story"]);
    const RunResult text = run({"evaluate", articles(), "--errors=1", "--min-probability", "0.02"});
    CHECK(text.status == 0);
    CHECK_THAT(text.out,
               ContainsSubstring("\nArticles of different stories that were put together: "));
    CHECK_THAT(text.out, ContainsSubstring(" of others, such as \""));
}

TEST_CASE("evaluate has no errors to show where all is right", "[cli]") {
    const TempFolder folder;
    const std::string file =
        folder
            .write("two.jsonl",
                   "{\"id\":\"a\",\"text\":\"The ferry Amalthea has left port.\",\"story\":\"1\"}\n"
                   "{\"id\":\"b\",\"text\":\"The Amalthea, a ferry, left port.\",\"story\":\"1\"}\n"
                   "{\"id\":\"c\",\"text\":\"The Amalthea has left port.\"}\n")
            .string();
    const RunResult result =
        run({"evaluate", file, "--errors", "--calibration", "--by-language-pair"});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, ContainsSubstring("not put together: 0 cases\n"));
    CHECK_THAT(result.out, ContainsSubstring("were put together: 0 cases\n"));
    CHECK_THAT(result.out, ContainsSubstring("  en en                 1.0000     1.0000  1.0000"));
    // The third article has no label: no pair of it counts.
    CHECK_THAT(result.out, ContainsSubstring("of one story            1 of 1\n"));
}

TEST_CASE("evaluate refuses wrong flags before it works", "[cli]") {
    for (const std::vector<std::string>& flags :
         std::vector<std::vector<std::string>>{{"--errors=0"},
                                               {"--errors=-1"},
                                               {"--errors=many"},
                                               {"--errors=5,6"},
                                               {"--errors=10001"},
                                               {"--errors=99999999999999999999"},
                                               {"--errors=false"},
                                               {"--sweep", "--errors"},
                                               {"--sweep=0.5", "--by-language-pair"},
                                               {"--calibration", "--sweep"},
                                               {"--calibration=ten"},
                                               {"--by-language-pair=en"}}) {
        std::vector<std::string> arguments{"evaluate", articles()};
        arguments.insert(arguments.end(), flags.begin(), flags.end());
        const RunResult result = run(arguments);
        INFO(flags.front() << "\n" << result.err);
        CHECK(result.status == 2);
        CHECK(result.out.empty());
        CHECK_FALSE(result.err.empty());
    }
    CHECK_THAT(run({"evaluate", articles(), "--errors=0"}).err, ContainsSubstring("--errors=5"));
    CHECK_THAT(run({"evaluate", articles(), "--sweep", "--errors"}).err,
               ContainsSubstring("--min-probability"));
}
