// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/process.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::test::read_bytes;
using fabula::test::run;
using fabula::test::run_command;
using fabula::test::RunResult;
using fabula::test::TempFolder;
namespace fs = std::filesystem;

namespace {

struct Documents {
    TempFolder folder;
    Documents() { REQUIRE(run({"document", folder.path().string()}).status == 0); }
};

std::string program_of(const std::string& name) {
    for (const char* place : {"/usr/bin/", "/bin/", "/usr/local/bin/"})
        if (fs::exists(place + name))
            return place + name;
    return {};
}

/// Long options in the --help of a subcommand.
std::set<std::string> options_in(const std::string& help) {
    std::set<std::string> options;
    for (std::size_t at = help.find("  --"); at != std::string::npos;
         at = help.find("  --", at + 4)) {
        const std::size_t end = help.find_first_of(" ,\n[=", at + 4);
        options.insert(help.substr(at + 2, end - at - 2));
    }
    return options;
}

} // namespace

TEST_CASE("man pages: one for each subcommand, with all that --help has", "[cli]") {
    const Documents made;
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{},
                                               {"cluster"},
                                               {"stream"},
                                               {"compare"},
                                               {"evaluate"},
                                               {"embed"},
                                               {"identify"},
                                               {"model"},
                                               {"model", "info"},
                                               {"model", "build"}}) {
        std::string name = "fabula";
        for (const std::string& word : words)
            name += "-" + word;
        INFO(name);
        std::string page = read_bytes(made.folder / (name + ".1"));
        for (std::size_t at = page.find("\\-"); at != std::string::npos; at = page.find("\\-"))
            page.erase(at, 1);
        std::vector<std::string> arguments = words;
        arguments.emplace_back("--help");
        const auto options = options_in(run(arguments).out);
        CHECK(options.empty() == (name == "fabula-model")); // which has subcommands alone
        for (const std::string& option : options)
            CHECK_THAT(page, ContainsSubstring("\\fB" + option + "\\fR"));
        CHECK_THAT(page, ContainsSubstring(".SH EXIT STATUS"));
    }
}

TEST_CASE("man pages: mandoc and man find nothing to mend", "[cli]") {
    const std::string mandoc = program_of("mandoc");
    const std::string man = program_of("man");
    if (mandoc.empty() && man.empty())
        SKIP("neither mandoc nor man is installed");
    const Documents made;
    for (const auto& entry : fs::directory_iterator(made.folder.path())) {
        if (entry.path().extension() != ".1")
            continue;
        INFO(entry.path().filename());
        if (!mandoc.empty()) {
            const RunResult lint =
                run_command({mandoc, "-Tlint", "-Wwarning", entry.path().string()});
            CHECK(lint.out == "");
            CHECK(lint.status == 0);
        }
        if (!man.empty()) {
            const RunResult shown =
                run_command({man, "--warnings", "-l", entry.path().string()}, {});
            CHECK(shown.err == "");
            CHECK_THAT(shown.out, ContainsSubstring("SYNOPSIS"));
        }
    }
}

TEST_CASE("completions: bash offers subcommands, options and the values of options", "[cli]") {
    const std::string bash = program_of("bash");
    if (bash.empty())
        SKIP("bash is not installed");
    const Documents made;
    const auto offered = [&](const std::string& line) {
        const RunResult shown =
            run_command({bash, "--norc", "-c",
                         "source \"$0\"; COMP_WORDS=($1); [[ $1 == *' ' ]] && COMP_WORDS+=(''); "
                         "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _fabula; echo \"${COMPREPLY[@]}\"",
                         (made.folder / "fabula.bash").string(), line});
        CHECK(shown.err == "");
        return " " + shown.out.substr(0, shown.out.size() - 1) + " ";
    };
    CHECK_THAT(offered("fabula "), ContainsSubstring(" cluster ") && ContainsSubstring(" model "));
    CHECK(offered("fabula clu") == " cluster ");
    CHECK_THAT(offered("fabula cluster a.jsonl --ht"),
               ContainsSubstring(" --html ") && ContainsSubstring(" --html-bytes "));
    CHECK(offered("fabula cluster --format g") == " graphml ");
    CHECK_THAT(offered("fabula model "), ContainsSubstring(" info "));
    CHECK(offered("fabula model build --quantise in") == "  ");
    CHECK_THAT(offered("fabula model info --j"), ContainsSubstring(" --json "));
    CHECK(offered("fabula compare --html") == "  ");
    CHECK(offered("fabula cluster --html sto") == "  "); // a file, which bash itself completes
}

TEST_CASE("completions: zsh and fish read theirs", "[cli]") {
    const std::string zsh = program_of("zsh");
    const std::string fish = program_of("fish");
    if (zsh.empty() && fish.empty())
        SKIP("neither zsh nor fish is installed");
    const Documents made;
    if (!fish.empty()) {
        const auto offered = [&](const std::string& line) {
            const RunResult shown =
                run_command({fish, "--no-config", "-c", "source $argv[1]; complete -C $argv[2]",
                             (made.folder / "fabula.fish").string(), line});
            CHECK(shown.err == "");
            return "\n" + shown.out;
        };
        CHECK_THAT(offered("fabula clu"), ContainsSubstring("\ncluster\t"));
        CHECK_THAT(offered("fabula cluster --html"), ContainsSubstring("\n--html-bytes\t"));
        CHECK_THAT(offered("fabula cluster --format g"), ContainsSubstring("\ngraphml"));
        CHECK_THAT(offered("fabula model "), ContainsSubstring("\ninfo\t"));
    }
    if (!zsh.empty()) {
        const RunResult read = run_command({zsh, "-f", "-n", (made.folder / "_fabula").string()});
        CHECK(read.err == "");
        CHECK(read.status == 0);
    }
}
