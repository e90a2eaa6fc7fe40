// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/json.hpp"
#include "support/process.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>

using Catch::Matchers::ContainsSubstring;
using fabula::test::examples;
using fabula::test::read_bytes;
using fabula::test::run;
using fabula::test::run_command;
using fabula::test::RunResult;
using fabula::test::TempFolder;
namespace fs = std::filesystem;

namespace {

std::size_t lines_in(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

} // namespace

TEST_CASE("cluster --html writes a page, and nothing else unless it is asked for", "[cli]") {
    const TempFolder folder;
    const std::string page = (folder / "stories.html").string();
    const RunResult alone = run({"cluster", examples(), "--html", page, "--html-title", "A & B"});
    CHECK(alone.status == 0);
    CHECK(alone.out == "");
    CHECK(alone.err == "");
    const std::string html = read_bytes(page);
    CHECK_THAT(html.substr(0, 400), ContainsSubstring("<!doctype html>"));
    CHECK_THAT(html, ContainsSubstring("<title>A &amp; B</title>"));

    const RunResult plain = run({"cluster", examples()});
    const RunResult both = run({"cluster", examples(), "--html", page, "--html-title", "A & B",
                                "--format", "jsonl", "--threads", "1"});
    CHECK(both.out == plain.out);
    CHECK(read_bytes(page) == html);

    const RunResult to_output = run({"cluster", examples(), "--html", "-"});
    CHECK_THAT(to_output.out, ContainsSubstring("<title>Stories</title>"));
}

TEST_CASE("cluster --html-bytes holds, and what is left out is said", "[cli]") {
    const TempFolder folder;
    const std::string page = (folder / "stories.html").string();
    const RunResult small = run({"cluster", examples(), "--html", page, "--html-bytes", "200000"});
    CHECK(small.status == 0);
    CHECK(fs::file_size(page) <= 200'000);

    const RunResult too_small =
        run({"cluster", examples(), "--html", page, "--html-bytes", "5000"});
    CHECK(too_small.status == 2);
    CHECK_THAT(too_small.err, ContainsSubstring("--html-bytes") && ContainsSubstring("200000"));
    CHECK(fs::file_size(page) > 100'000); // that of before

    std::ostringstream many;
    for (int i = 0; i < 3000; ++i)
        many << R"({"id":")" << i << R"(","title":"Storm number )" << i << R"( closes a port"})"
             << '\n';
    const std::string file = folder.write("many.jsonl", many.str()).string();
    const RunResult cut = run({"cluster", file, "--html", page, "--html-bytes", "200000"});
    CHECK(cut.status == 0);
    CHECK(fs::file_size(page) <= 200'000);
    CHECK_THAT(cut.err, ContainsSubstring("--html-bytes gives it more room"));
}

TEST_CASE("cluster --html: what cannot be done is told before any work", "[cli]") {
    const TempFolder folder;
    const RunResult same = run({"cluster", examples(), "--html", "x.html", "--output", "x.html"});
    CHECK(same.status == 2);
    CHECK_THAT(same.err, ContainsSubstring("x.html"));
    const RunResult nowhere =
        run({"cluster", examples(), "--html", (folder / "no/such/page.html").string()});
    CHECK(nowhere.status == 1);
    CHECK_THAT(nowhere.err, ContainsSubstring("page.html"));
    const RunResult reasons = run({"cluster", examples(), "--format", "csv", "--explain"});
    CHECK(reasons.status == 2);
    CHECK_THAT(reasons.err, ContainsSubstring("--explain"));
}

TEST_CASE("cluster --format csv has a row an article, --format graphml a node", "[cli]") {
    const RunResult csv = run({"cluster", examples(), "--format", "csv"});
    CHECK(csv.status == 0);
    CHECK(lines_in(csv.out) == 76);
    CHECK_THAT(csv.out, ContainsSubstring(",fisheries-tr-1,"));
    const RunResult graph = run({"cluster", examples(), "--format", "graphml"});
    CHECK(graph.status == 0);
    std::size_t nodes = 0;
    std::size_t edges = 0;
    for (std::size_t at = graph.out.find("<node "); at != std::string::npos;
         at = graph.out.find("<node ", at + 1))
        ++nodes;
    for (std::size_t at = graph.out.find("<edge "); at != std::string::npos;
         at = graph.out.find("<edge ", at + 1))
        ++edges;
    CHECK(nodes == 75);
    CHECK(edges > 60);
}

TEST_CASE("cluster --format graphml is read by networkx", "[cli]") {
    const std::string python = "/usr/bin/python3";
    if (!fs::exists(python) || run_command({python, "-c", "import networkx"}).status != 0)
        SKIP("networkx is not installed (Debian: python3-networkx)");
    const TempFolder folder;
    const std::string file = (folder / "stories.graphml").string();
    REQUIRE(run({"cluster", examples(), "--format", "graphml", "--output", file}).status == 0);
    const RunResult read = run_command(
        {python, "-c",
         "import networkx, sys\n"
         "g = networkx.read_graphml(sys.argv[1])\n"
         "assert len(g) == 75, len(g)\n"
         "assert all(isinstance(d['weight'], float) and 0 <= d['weight'] <= 1 for *_, d in "
         "g.edges(data=True))\n"
         "within = [(u, v) for u, v, d in g.edges(data=True) if d['same_story']]\n"
         "assert all(g.nodes[u]['story'] == g.nodes[v]['story'] for u, v in within)\n"
         "stories = {d['story'] for _, d in g.nodes(data=True)}\n"
         "parts = networkx.number_connected_components(networkx.Graph(g.edge_subgraph(within)))\n"
         "alone = len(g) - len({n for e in within for n in e})\n"
         "assert parts + alone == len(stories), (parts, alone, len(stories))\n",
         file});
    CHECK(read.err == "");
    CHECK(read.status == 0);
}

TEST_CASE("cluster --format table has no colours in a pipe", "[cli]") {
    const RunResult table = run({"cluster", examples(), "--format", "table"});
    CHECK(table.out.find('\x1B') == std::string::npos);
}

TEST_CASE("cluster --format table has colours on a terminal, unless NO_COLOR is set", "[cli]") {
    if (!fs::exists("/usr/bin/script"))
        SKIP("script, which makes terminals, is not installed");
    const auto on_terminal = [](const std::string& set) {
        return run_command({"/usr/bin/script", "-qec",
                            set + " '" + fabula::test::program().string() + "' cluster '" +
                                examples() + "' --format table --quiet",
                            "/dev/null"})
            .out;
    };
    CHECK_THAT(on_terminal("TERM=xterm NO_COLOR= "), ContainsSubstring("\x1B[1m"));
    CHECK(on_terminal("TERM=xterm NO_COLOR=1 ").find("\x1B[1m") == std::string::npos);
    CHECK(on_terminal("TERM=dumb NO_COLOR= ").find("\x1B[1m") == std::string::npos);
}

TEST_CASE("evaluate --html writes a page beside the figures", "[cli]") {
    const TempFolder folder;
    const std::string page = (folder / "quality.html").string();
    const RunResult plain = run({"evaluate", examples()});
    const RunResult with_page = run({"evaluate", examples(), "--html", page});
    CHECK(with_page.status == 0);
    CHECK(with_page.out == plain.out);
    const std::string html = read_bytes(page);
    const std::string open = "id=\"evaluation\">";
    const std::size_t begin = html.find(open) + open.size();
    const auto figures =
        nlohmann::json::parse(html.substr(begin, html.find("</script>", begin) - begin));
    REQUIRE(figures["sweep"].size() == 9);
    CHECK(figures["sweep"][4]["min_probability"] == 0.5);
    CHECK_THAT(plain.out,
               ContainsSubstring(std::to_string(figures["sweep"][4]["stories"].get<int>())));
    CHECK(figures["by_pair"].size() == 10);
    CHECK(figures["missed"].size() > 3);
    CHECK(html.find("id=\"s0\"") != std::string::npos);
}
