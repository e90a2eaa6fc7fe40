// SPDX-License-Identifier: Apache-2.0
//
// Quality, speed and memory of fabula and its peers, interleaved in one run, as tables in Markdown.
// docs/performance.md says how to run it and what the figures mean.
#include "child.hpp"
#include "sections.hpp"
#include "tasks.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>

namespace {

int run(int argc, char** argv) {
    bench::Common common;
    common.shared_data = FABULA_BENCH_SHARED_DATA;
    if (const char* folder = std::getenv("FABULA_SHARED_DATA"))
        common.shared_data = folder;
    common.program = FABULA_BENCH_PROGRAM;
    common.peers = FABULA_BENCH_PEERS;
    common.make_news = FABULA_BENCH_MAKE_NEWS;
    common.scripts = FABULA_BENCH_SCRIPTS;
    common.python = "/usr/bin/python3";

    CLI::App app("Measures fabula against its peers");
    app.require_subcommand(1);
    app.add_option("--repeats", common.repeats, "How often, in turns (default: 5)")
        ->check(CLI::PositiveNumber);
    app.add_option("--threads", common.threads, "Of all that can use them (default: 2)")
        ->check(CLI::PositiveNumber);
    app.add_option("--python", common.python, "One that has scikit-learn");
    const auto title = [] { std::cout << "Processor: " << bench::processor() << "\n\n"; };

    std::string news;
    auto* embed = app.add_subcommand("embed", "Article vectors, against fasttext");
    embed->add_option("--news", news, "JSON Lines (default: the set ntrex)");

    bench::JoinOptions join_options;
    auto* join = app.add_subcommand("join", "All near pairs, against Eigen, faiss and hnswlib");
    join->add_option("--sizes", join_options.sizes, "Rows (default: 20000,100000)")->delimiter(',');
    join->add_option("--news", join_options.news, "JSON Lines, whose article vectors are joined");
    join->add_option("--min-cosine", join_options.min_cosine, "Default: 0.5");

    std::size_t rows = 10000;
    auto* cluster = app.add_subcommand("cluster", "Clusters of vectors, against scikit-learn");
    cluster->add_option("--news", news, "JSON Lines with gold stories (default: invented vectors)");
    cluster->add_option("--rows", rows, "Invented vectors (default: 10000)");

    bench::ScaleOptions scale_options;
    auto* scale = app.add_subcommand("scale", "The whole program, from file to stories");
    scale->add_option("--generate", scale_options.generate, "Sizes (default: 10,1000,10000)")
        ->delimiter(',');
    scale->add_option("--file", scale_options.files, "Further JSON Lines with gold stories");
    scale->add_flag("!--no-real-sets", scale_options.real_sets, "Leave the real sets out");
    scale->add_flag(
        "--no-generated", [&](std::int64_t) { scale_options.generate.clear(); },
        "Leave the invented ones out");
    scale->add_option("--program", scale_options.programs, "Other builds of it, in turns");
    scale->add_option("--window-from", scale_options.window_from,
                      "Articles from which on there is a time window (default: 1000000)");
    scale->add_option("--window", scale_options.window, "Default: 3d");
    scale->add_flag("--no-language", scale_options.no_language, "Invent news without languages");

    auto* determinism = app.add_subcommand("determinism", "The same bytes, whatever the threads");
    determinism->add_option("--news", news, "JSON Lines (default: 3,000 invented articles)");

    CLI11_PARSE(app, argc, argv);
    title();
    if (*embed)
        bench_embed(common, news);
    if (*join)
        bench_join(common, join_options);
    if (*cluster)
        bench_cluster(common, news, rows);
    if (*scale)
        bench_scale(common, scale_options);
    if (*determinism)
        return bench_determinism(common, news) ? 0 : 1;
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        if (argc > 1 && std::string(argv[1]) == "task") {
            bench::run_task({argv + 2, argv + argc});
            return 0;
        }
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "fabula_bench: " << error.what() << "\n";
        return 2;
    }
}
