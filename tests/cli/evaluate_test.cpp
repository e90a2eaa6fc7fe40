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

/// Evaluates the example by a file of pairs.
RunResult run_pairs(const std::string& pairs, const std::vector<std::string>& flags) {
    const TempFolder folder;
    std::vector<std::string> arguments{"evaluate", articles(), "--pairs",
                                       folder.write("pairs.tsv", pairs).string()};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return run(arguments);
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
    const Json json = evaluated({"--errors", "--min-probability", "0.02", "--method", "average"});
    const Json& joined = json["errors"]["falsely_joined"];
    REQUIRE(joined["cases"] > 0);
    REQUIRE_FALSE(joined["worst"].empty());
    CHECK(joined["worst"].size() <= 20);
    for (const Json& error : joined["worst"])
        CHECK(error["other_story"] != error["story"]);
    const RunResult text = run(
        {"evaluate", articles(), "--errors=1", "--min-probability", "0.02", "--method", "average"});
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

TEST_CASE("evaluate tells how well labelled pairs are met, by hand", "[cli]") {
    // The two quakes are surely one story, the quake and the moon surely two: whatever their
    // probabilities p and q are, p > q. The grades contradict that here and there.
    const std::string pairs = "\xEF\xBB\xBF"
                              "first\tsecond\tgrade\tnote\r\n"
                              "quake-it-1\tquake-it-2\t1\tx\r\n" // of one story: p, p, q
                              "quake-it-2\tquake-it-1\t0.5\t\r\n"
                              "quake-it-1\tmoon-ja-1\t0\t\r\n"
                              "quake-it-1\tmoon-ja-1\t-1\t\r\n" // of two stories: q, q, q, p, p
                              "moon-ja-1\tquake-it-1\t-2\t\r\n"
                              "\r\n"
                              "moon-ja-1\tquake-it-1\t-1e0\t\r\n"
                              "quake-it-1\tquake-it-2\t-1\t\r\n"
                              "quake-it-2\tquake-it-1\t-1\t\r\n"
                              "quake-it-2\tquake-en-1\t-0.5\t\n"; // neither
    const RunResult result =
        run_pairs(pairs, {"--positive", "grade >= 0", "--negative", "grade<=-1", "--json"});
    INFO(result.err);
    REQUIRE(result.status == 0);
    const Json json = Json::parse(result.out);
    CHECK(json["articles"] == 75);
    CHECK(json["min_probability"] == 0.5);
    CHECK(json["pairs"] == 8);
    CHECK(json["same_story_pairs"] == 3);
    CHECK(json["different_story_pairs"] == 5);
    CHECK(json["passed_over_pairs"] == 1);
    CHECK(json["same_cluster"]["precision"] == 0.5); // two of the four that are together
    CHECK(json["same_cluster"]["recall"].get<double>() == Approx(2.0 / 3));
    CHECK(json["same_cluster"]["f1"].get<double>() == Approx(4.0 / 7));
    // Each p wins over three q and ties with two p: 4; q ties with three q: 1.5.
    CHECK(json["auc"].get<double>() == Approx((4 + 4 + 1.5) / 15));

    const RunResult table =
        run_pairs(pairs, {"--positive", "grade>=0", "--negative", "grade<-0.5"});
    CHECK(table.status == 0);
    for (const char* row : {"labelled pairs          8\n", "\n  of one story          3\n",
                            "\n  of different stories  5\n", "\npairs passed over       1\n",
                            "\nin one story            0.5000     0.6667  0.5714\n",
                            "\nAUC of the probability  0.6333\n"})
        CHECK_THAT(table.out, ContainsSubstring(row));
    // Without --negative all others are of different stories.
    const Json all = Json::parse(run_pairs(pairs, {"--positive", "grade>=0", "--json"}).out);
    CHECK(all["different_story_pairs"] == 6);
    CHECK(all["passed_over_pairs"] == 0);
}

TEST_CASE("evaluate takes the only label of pairs as it is", "[cli]") {
    const RunResult result = run_pairs("id1\tid2\tsame\n"
                                       "quake-it-1\tquake-it-2\t1\n"
                                       "quake-it-1\tmoon-ja-1\t0\n"
                                       "quake-it-1\tmoon-ko-1\t2\n",
                                       {"--json"});
    INFO(result.err);
    REQUIRE(result.status == 0);
    const Json json = Json::parse(result.out);
    CHECK(json["same_story_pairs"] == 1);
    CHECK(json["different_story_pairs"] == 2);
    CHECK(json["same_cluster"]["f1"] == 1);
    CHECK(json["auc"] == 1);
}

TEST_CASE("evaluate gives near-duplicates a probability of their own", "[cli]") {
    const TempFolder folder;
    const std::string text = "The ferry Amalthea has left the port of Heimsoy with 89 passengers "
                             "on board, two days after a fire in its engine room, says its owner.";
    const std::string other = "A new dengue vaccine protects four in five people with one dose, a "
                              "trial with 12,000 volunteers in Brazil and India has shown.";
    const std::string file =
        folder
            .write("three.jsonl", "{\"id\":\"a\",\"text\":\"" + text +
                                      "\"}\n{\"id\":\"b\",\"text\":\"" + text +
                                      "\"}\n{\"id\":\"c\",\"text\":\"" + other + "\"}\n")
            .string();
    const std::string pairs =
        folder.write("pairs.tsv", "id1\tid2\tsame\na\tb\t1\na\tc\t0\nb\tc\t0\n").string();
    const RunResult result = run({"evaluate", file, "--pairs", pairs, "--json"});
    INFO(result.err);
    REQUIRE(result.status == 0);
    CHECK(Json::parse(result.out)["auc"] == 1);
    CHECK(Json::parse(result.out)["same_cluster"]["recall"] == 1);
}

TEST_CASE("evaluate refuses pairs that it cannot use", "[cli]") {
    struct Case {
        std::string pairs;
        std::vector<std::string> flags;
        int status;
        std::vector<std::string> says;
    };
    const std::string title = "id1\tid2\tsame\n";
    const std::string good = "quake-it-1\tquake-it-2\t1\nquake-it-1\tmoon-ja-1\t0\n";
    const std::string two_labels = "id1\tid2\tsame\tgrade\nquake-it-1\tquake-it-2\t1\t2\n";
    const std::vector<Case> cases{
        {title + good + "quake-it-1\tnobody\t1\nno\tone\t0\nmoon-ja-1\tnone\t0\n",
         {},
         1,
         {"pairs.tsv:4: \"nobody\" is the id of no article", "2 other lines", "leave out"}},
        {title + good, {"--positive", "grade=1"}, 2, {"--positive: ", "\"grade\"", "\"same\""}},
        {two_labels,
         {"--positive", "same=1", "--negative", "id1=1"},
         2,
         {"--negative: ", "\"grade\""}},
        {two_labels, {}, 2, {"\"same\", \"grade\"", "--positive 'same>=1'"}},
        {title + good + "moon-ja-1\tmoon-ko-1\tyes\n", {}, 1, {":4: \"yes\"", "not a number"}},
        {title + good + "moon-ja-1\tmoon-ko-1\t\n", {}, 1, {":4: \"\"", "not a number"}},
        {title + good + "moon-ja-1\tmoon-ko-1\tnan\n", {}, 1, {":4: \"nan\""}},
        {title + good + "moon-ja-1\tmoon-ko-1\n", {}, 1, {":4: ", "2 columns", "title line has 3"}},
        {title + good + "moon-ja-1\tmoon-ko-1\t1\t1\n", {}, 1, {":4: ", "4 columns"}},
        {"id1\tid2\nquake-it-1\tquake-it-2\n", {}, 1, {":1: ", "2 columns", "three"}},
        {"id1 id2 same\n", {}, 1, {":1: ", "1 column,", "tabs"}},
        {"", {}, 1, {":1: there is no title line"}},
        {title, {}, 1, {"no pair is of one story", "0 pairs"}},
        {title + good, {"--positive", "same>1"}, 1, {"no pair is of one story", "2 pairs are"}},
        {title + good, {"--negative", "same<0"}, 1, {"no pair is of different", "1 is neither"}},
        {title + good, {"--negative", "same>=0"}, 1, {":2: ", "both --positive and --negative"}},
        {title + "moon-ja-1\tmoon-ja-1\t1\n" + good, {}, 1, {":2: ", "\"moon-ja-1\"", "itself"}},
    };
    for (const Case& one : cases) {
        const RunResult result = run_pairs(one.pairs, one.flags);
        INFO(one.pairs << result.err);
        CHECK(result.status == one.status);
        CHECK(result.out.empty());
        for (const std::string& part : one.says)
            CHECK_THAT(result.err, ContainsSubstring(part));
    }
    for (const char* condition :
         {"", "same", "same=", "=1", "same=one", "same!=1", "same=>1", "same=1x", "same=inf"}) {
        const RunResult result = run_pairs(title + good, {"--positive", condition});
        INFO(condition << "\n" << result.err);
        CHECK(result.status == 2);
        CHECK_THAT(result.err, ContainsSubstring("--positive '" + std::string{condition} + "'"));
        CHECK_THAT(result.err, ContainsSubstring("'grade>=0'"));
    }
    for (const char* flag : {"--sweep", "--errors", "--by-language-pair", "--calibration"}) {
        const RunResult result = run_pairs(title + good, {flag});
        CHECK(result.status == 2);
        CHECK_THAT(result.err, ContainsSubstring(flag));
        CHECK_THAT(result.err, ContainsSubstring("\"story\""));
    }
    CHECK(run({"evaluate", articles(), "--positive", "same=1"}).status == 2);
    CHECK(run({"evaluate", articles(), "--negative", "same=0"}).status == 2);
    const RunResult missing = run({"evaluate", articles(), "--pairs", "/nowhere/pairs.tsv"});
    CHECK(missing.status == 1);
    CHECK_THAT(missing.err, ContainsSubstring("/nowhere/pairs.tsv: there is no such file"));
}

TEST_CASE("evaluate clusters by the method asked for", "[cli]") {
    // Connected components are never smaller than the stories of average linkage.
    const Json average = evaluated({"--method", "average"});
    CHECK(evaluated({}) == evaluated({"--method", "branches"}));
    CHECK(evaluated({}) != average);
    const Json components = evaluated({"--method", "components"});
    CHECK(components["stories"] < average["stories"]);
    for (const char* method : {"refined", "branches"})
        CHECK(evaluated({"--method", method})["articles"] == 75);
    CHECK(run({"evaluate", articles(), "--method", "best"}).status == 2);
}
