// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/fasttext_tool.hpp"
#include "support/files.hpp"
#include "support/process.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::test::fasttext_tool;
using fabula::test::FasttextFiles;
using fabula::test::run;
using fabula::test::RunResult;
using fabula::test::TempFolder;
using Json = nlohmann::json;

namespace {

using Arguments = std::vector<std::string>;

constexpr const char* articles =
    "{\"id\":\"a\",\"language\":\"nb\",\"text\":\"Kommunen stengte havna i dag.\"}\n"
    "{\"id\":\"b\",\"language\":\"en\",\"text\":\"The council closed the harbour today.\"}\n";

} // namespace

TEST_CASE("model build packs what the stock fastText program makes", "[cli]") {
    if (fasttext_tool().empty())
        SKIP(fabula::test::no_fasttext_tool);
    const FasttextFiles files;
    const std::string input = files.write("articles.jsonl", articles);
    const std::string pack = files.path("out.fabula");
    const std::string vectors = files.path("out.npy");
    const std::vector<Arguments> sources = {
        {files.path("nb.bin")},
        {files.path("all.ftz")},
        {"nb=" + files.path("some.ftz")},
        {"en=" + files.path("en.bin"), "nb=" + files.path("nb.bin")},
        {"en=" + files.path("en.vec"), "nb=" + files.path("nb.vec")}};
    for (const Arguments& given : sources) {
        Arguments arguments = {"model", "build", "--json", "-o", pack};
        arguments.insert(arguments.end(), given.begin(), given.end());
        INFO(given.back());
        const RunResult built = run(arguments);
        INFO(built.err);
        REQUIRE(built.status == 0);
        CHECK(built.err.empty());
        const Json report = Json::parse(built.out);
        CHECK(report["bytes"] == std::filesystem::file_size(pack));
        CHECK(report["dimension"] == 16);
        CHECK(report["languages"].size() == given.size());
        CHECK(report["words"]["rows"] > 15);
        CHECK(report["words"]["mean_cosine"] >= 0.99);

        const RunResult info = run({"model", "info", "--json", "--model", pack});
        REQUIRE(info.status == 0);
        const Json card = Json::parse(info.out);
        CHECK(card["quantisation"] == "int8");
        CHECK(card["bytes"] == report["bytes"]);
        CHECK(card["languages"] == report["languages"]);

        const RunResult embedded = run({"embed", input, "--output", vectors, "--model", pack});
        INFO(embedded.err);
        CHECK(embedded.status == 0);
        CHECK(std::filesystem::file_size(vectors) >= 2 * 16 * sizeof(float));
        if (given.size() == 2) // every language is known and so are the words
            CHECK(embedded.err.empty());
    }
}

TEST_CASE("model build says what it has done, and why it cannot", "[cli]") {
    const TempFolder folder;
    const std::string source =
        folder.write("m.vec", "3 4\nferja 1 2 3 4\nhavna 2 4 6 8.5\nbyen -1 -2 -3 -4\n").string();
    const std::string pack = (folder.path() / "m.fabula").string();
    const RunResult built =
        run({"model", "build", "nb=" + source, "-o", pack, "--dimension", "2", "--vocabulary", "2",
             "--quantise", "none", "--name", "Harbour", "--version", "7", "--licence",
             "CC-BY-SA-3.0", "--attribution", "The harbour master"});
    INFO(built.err);
    REQUIRE(built.status == 0);
    CHECK_THAT(built.out, ContainsSubstring("Dimension   2 of 4, which hold 100.0 %"));
    CHECK_THAT(built.out, ContainsSubstring("Words       2; cosine with the source: mean 1.00000"));
    CHECK_THAT(built.out, ContainsSubstring("Subwords    0\n"));
    CHECK_THAT(built.out, ContainsSubstring("Languages   1: nb"));
    const Json card = Json::parse(run({"model", "info", "--json", "--model", pack}).out);
    CHECK(card["name"] == "Harbour");
    CHECK(card["version"] == "7");
    CHECK(card["licence"] == "CC-BY-SA-3.0");
    CHECK(card["attribution"] == "The harbour master");
    CHECK(card["quantisation"] == "float32");
    CHECK(card["dimension"] == 2);

    const RunResult large = run({"model", "build", source, "-o", pack, "--dimension", "5"});
    CHECK(large.status == 2);
    CHECK_THAT(large.err, ContainsSubstring("has 4 values"));
    const std::string cut = folder.write("cut.vec", "3 4\nferja 1 2 3 4\nhavna 2 4\n").string();
    const RunResult damaged = run({"model", "build", cut, "-o", pack});
    CHECK(damaged.status == 1);
    CHECK_THAT(damaged.err, ContainsSubstring(cut));
    CHECK_THAT(damaged.err, ContainsSubstring("line 3"));
    CHECK(run({"model", "build", (folder.path() / "none.bin").string(), "-o", pack}).status == 1);
    // The failures have left the good file alone.
    CHECK(run({"model", "info", "--model", pack}).status == 0);
}
