// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/process.hpp"

#include <fabula/version.hpp>

#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::test::run;
using fabula::test::RunResult;
using fabula::test::TempFolder;

namespace {

using Arguments = std::vector<std::string>;

constexpr const char* one_line = "{\"id\":\"a\",\"text\":\"The ferry has left the harbour.\"}\n";

} // namespace

TEST_CASE("Help is everywhere, with an example, on standard output", "[cli]") {
    for (const Arguments& arguments :
         {Arguments{}, Arguments{"cluster"}, Arguments{"stream"}, Arguments{"compare"},
          Arguments{"evaluate"}, Arguments{"embed"}, Arguments{"identify"}, Arguments{"model"},
          Arguments{"model", "info"}, Arguments{"model", "build"}}) {
        Arguments with_help = arguments;
        with_help.emplace_back("--help");
        const RunResult result = run(with_help);
        INFO(result.out);
        CHECK(result.status == 0);
        CHECK_THAT(result.out, ContainsSubstring("Usage: fabula"));
        CHECK_THAT(result.out, ContainsSubstring("Example"));
        CHECK_THAT(result.out, ContainsSubstring("\n  fabula "));
        CHECK(result.err.empty());
    }
}

TEST_CASE("The version is the library's", "[cli]") {
    const RunResult result = run({"--version"});
    CHECK(result.status == 0);
    CHECK(result.out == std::string{"fabula "} + fabula::version() + "\n");
}

TEST_CASE("Bad usage has exit status 2, a sentence, and no output", "[cli]") {
    const TempFolder folder;
    const std::string file = folder.write("a.jsonl", one_line).string();
    for (const Arguments& arguments :
         {Arguments{},
          Arguments{"no-such-command"},
          Arguments{"cluster"},
          Arguments{"cluster", file, "--no-such-option"},
          Arguments{"cluster", file, "--min-probability", "1.5"},
          Arguments{"cluster", file, "--min-probability", "0"},
          Arguments{"cluster", file, "--min-probability", "half"},
          Arguments{"cluster", file, "--min-probability", "nan"},
          Arguments{"cluster", file, "--time-window", "soon"},
          Arguments{"cluster", file, "--time-window", "72"},
          Arguments{"cluster", file, "--time-window", "-3d"},
          Arguments{"cluster", file, "--time-window", "99999999999999999999d"},
          Arguments{"cluster", file, "--threads", "-1"},
          Arguments{"cluster", file, "--threads", "100000"},
          Arguments{"cluster", file, "--format", "xml"},
          Arguments{"stream", file, "--window", "soon"},
          Arguments{"stream", file, "--now", "soon"},
          Arguments{"stream", file, "--settle", "-1"},
          Arguments{"cluster", file, "--method", "magic"},
          Arguments{"compare", "only-one"},
          Arguments{"embed", file},
          Arguments{"evaluate", file, "--sweep=0.5,"},
          Arguments{"evaluate", file, "--sweep=0.5,2"},
          Arguments{"model"},
          Arguments{"model", "build"},
          Arguments{"model", "build", file},
          Arguments{"model", "build", "a.vec", "b.vec", "-o", "m.fabula"},
          Arguments{"model", "build", "en=a.vec", "en=b.vec", "-o", "m.fabula"},
          Arguments{"model", "build", "a.vec", "-o", "m.fabula", "--dimension", "0"},
          Arguments{"model", "build", "a.vec", "-o", "m.fabula", "--vocabulary", "-1"},
          Arguments{"model", "build", "a.vec", "-o", "m.fabula", "--quantise", "int4"}}) {
        const RunResult result = run(arguments);
        INFO((arguments.empty() ? "nothing" : arguments.back()) << "\n" << result.err);
        CHECK(result.status == 2);
        CHECK(result.out.empty());
        CHECK_FALSE(result.err.empty());
    }
}

TEST_CASE("A length of time has a unit", "[cli]") {
    const TempFolder folder;
    const std::string file = folder.write("a.jsonl", one_line).string();
    for (const char* window : {"0", "45s", "90m", "72h", "3d", "2w", "4294967295w"})
        CHECK(run({"cluster", file, "--time-window", window}).status == 0);
}

TEST_CASE("Bad input has exit status 1 and no output", "[cli]") {
    const RunResult result = run({"cluster", "/no/such/file.jsonl"});
    CHECK(result.status == 1);
    CHECK(result.out.empty());
    CHECK_THAT(result.err, ContainsSubstring("/no/such/file.jsonl: there is no such file"));
}

TEST_CASE("All is quiet in a pipe as long as there is nothing odd", "[cli]") {
    const TempFolder folder;
    const std::string file = folder.write("a.jsonl", one_line).string();
    const std::string vectors = (folder.path() / "v.npy").string();
    CHECK(run({"cluster", file}).err.empty());
    CHECK(run({"identify", file}).err.empty());
    CHECK(run({"embed", file, "--output", vectors}).err.empty());
    CHECK(run({"model", "info"}).err.empty());
}

TEST_CASE("With --quiet, only errors are said", "[cli]") {
    const TempFolder folder;
    const std::string file =
        folder.write("a.jsonl", std::string{one_line} + "{\"id\":\"b\",\"text\":\"\"}\n{bad\n")
            .string();
    const RunResult loud = run({"cluster", file, "--skip-bad-lines"});
    CHECK(loud.status == 0);
    CHECK_THAT(loud.err, ContainsSubstring("1 bad line skipped"));
    CHECK_THAT(loud.err,
               ContainsSubstring("1 article could not be compared with others: empty_text"));
    const RunResult quiet = run({"cluster", file, "--skip-bad-lines", "--quiet"});
    CHECK(quiet.status == 0);
    CHECK(quiet.err.empty());
    CHECK(quiet.out == loud.out);
    const RunResult refused = run({"cluster", file, "--quiet"});
    CHECK(refused.status == 1);
    CHECK_THAT(refused.err, ContainsSubstring("a.jsonl:3:2: "));
}

TEST_CASE("A reader that goes away is no error", "[cli]") {
    const TempFolder folder;
    fabula::test::RunOptions options;
    options.reader_is_gone = true;
    const RunResult result = run({"model", "info"}, options);
    CHECK(result.status == 0);
    CHECK(result.err.empty());
}

TEST_CASE("Results that cannot be written are an error", "[cli]") {
    const TempFolder folder;
    const std::string file = folder.write("a.jsonl", one_line).string();
    fabula::test::RunOptions closed;
    closed.output_is_closed = true;
    CHECK(run({"model", "info"}, closed).status == 1);

    const std::string nowhere = (folder.path() / "no" / "out").string();
    const RunResult no_folder = run({"cluster", file, "--output", nowhere});
    CHECK(no_folder.status == 1);
    CHECK_THAT(no_folder.err, ContainsSubstring(nowhere + ": cannot be written"));

    if (!std::filesystem::exists("/dev/full"))
        SKIP("this system has no /dev/full");
    fabula::test::RunOptions full;
    full.output_file = "/dev/full";
    const RunResult result = run({"cluster", file}, full);
    CHECK(result.status == 1);
    CHECK_THAT(result.err, ContainsSubstring("standard output cannot be written: No space left"));
    CHECK(run({"cluster", file, "--output", "/dev/full"}).status == 1);
    CHECK(run({"embed", file, "--output", "/dev/full"}).status == 1);
    CHECK(std::filesystem::is_character_file("/dev/full"));
}
