// SPDX-License-Identifier: Apache-2.0
//
// Whole outputs of the program against files that a person has looked at. They go red legitimately
// when the default model or the way stories are made changes: look at what changed, then write them
// anew with FABULA_UPDATE_GOLDEN=1 in the environment.
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/process.hpp"

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

void check_golden(const std::vector<std::string>& arguments, const std::string& name) {
    if (fabula::test::program().empty()) {
        SKIP("the program was not built");
        return;
    }
    const fabula::test::RunResult result = fabula::test::run(arguments);
    REQUIRE(result.status == 0);
    REQUIRE_FALSE(result.out.empty());
    const auto file = fabula::test::source_dir() / "tests/golden" / name;
    if (std::getenv("FABULA_UPDATE_GOLDEN") != nullptr) {
        std::ofstream{file, std::ios::binary} << result.out;
        WARN("written anew: " << file.string());
        return;
    }
    CHECK(result.out == fabula::test::read_bytes(file));
}

std::string example(const char* name) {
    return (fabula::test::source_dir() / "examples/data" / name).string();
}

} // namespace

TEST_CASE("Golden: stories of the example articles") {
    check_golden({"cluster", example("articles.jsonl")}, "articles.stories.jsonl");
}

TEST_CASE("Golden: the example articles as a table") {
    check_golden({"cluster", "--format", "table", example("articles.jsonl")}, "articles.table.txt");
}

TEST_CASE("Golden: two reports compared") {
    check_golden({"compare", example("first.txt"), example("second.txt")}, "compare.txt");
}

TEST_CASE("Golden: languages of the example articles") {
    check_golden({"identify", example("articles.jsonl")}, "identify.jsonl");
}
