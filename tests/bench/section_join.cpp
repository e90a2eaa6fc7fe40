// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"
#include "lines.hpp"
#include "sections.hpp"
#include "table.hpp"
#include "vectors.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <map>

namespace bench {
namespace {

using nlohmann::json;

struct Contender {
    std::string name;
    std::vector<std::string> words;
    std::map<std::string, std::string> environment;
    Samples wall;
    Samples cpu;
    double peak{};
    json last;
};

std::string described(const std::string& peer) {
    static const std::map<std::string, std::string> names{
        {"eigen", "bare Eigen blocks, native"},
        {"faiss-flat", "faiss IndexFlatIP, range search"},
        {"faiss-ivf", "faiss IndexIVFFlat, range search"},
        {"hnsw", "hnswlib, build and 50 nearest, native"}};
    const auto found = names.find(peer);
    return found == names.end() ? peer : found->second;
}

/// Asks with a few rows, since versions without one fail.
bool has_index() {
    const TemporaryFolder folder;
    try {
        (void)run({{own_path(), "task", "vectors", "10", "1", folder.file("v")}, {}, "", ""});
        write_pairs(folder.file("p"), {});
        (void)run(
            {{own_path(), "task", "join-index", folder.file("v"), "0.5", "1", folder.file("p")},
             {},
             "",
             ""});
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

void join_of(const Common& common, std::size_t rows, double min_cosine) {
    const TemporaryFolder folder;
    const std::string vectors = folder.file("vectors");
    const std::string truth = folder.file("pairs");
    const std::string threads = std::to_string(common.threads);
    const std::string least = fixed(min_cosine, 3);
    (void)run({{own_path(), "task", "vectors", std::to_string(rows), "1", vectors}, {}, "", ""});
    std::vector<Contender> contenders;
    const auto enter = [&](const std::string& name, std::vector<std::string> words) {
        words.insert(words.end(), {vectors, least, threads, truth});
        contenders.push_back(
            {name, std::move(words), {{"OPENBLAS_NUM_THREADS", threads}}, {}, {}, 0, {}});
    };
    enter("fabula, exact", {own_path(), "task", "join"});
    // What is left on a processor that is as old as the architecture.
    enter("fabula, exact, FABULA_KERNEL=baseline", {own_path(), "task", "join"});
    contenders.back().environment["FABULA_KERNEL"] = "baseline";
    if (has_index())
        enter("fabula, index", {own_path(), "task", "join-index"});
    const std::string peers = run({{common.peers}, {}, "", ""}).out;
    for (const std::string_view peer : split(peers, '\n'))
        if (!peer.empty())
            enter(described(std::string(peer)), {common.peers, std::string(peer)});
    for (std::size_t i = 0; i < common.repeats; ++i)
        for (Contender& contender : contenders) {
            const Spent spent = run({contender.words, contender.environment, "", ""});
            contender.last = json::parse(spent.out);
            contender.wall.add(contender.last["wall"].get<double>());
            contender.cpu.add(contender.last["cpu"].get<double>());
            contender.peak = std::max(contender.peak, spent.peak_mib);
        }
    Table table({std::to_string(rows) + " × 128, cosine ≥ " + number(min_cosine) + ", " + threads +
                     " threads",
                 "recall", "pairs", "seconds", "of these for an index", "CPU s",
                 "times as long as fabula", "peak MiB"});
    for (const Contender& contender : contenders)
        table.add({contender.name, fixed(contender.last["recall"].get<double>(), 4),
                   std::to_string(contender.last["pairs"].get<std::size_t>()),
                   number(contender.wall.median()),
                   number(contender.last["build_wall"].get<double>()),
                   number(contender.cpu.median()), ratio(contender.wall, contenders[0].wall),
                   number(contender.peak)});
    std::cout << table.markdown() << std::endl;
}

} // namespace

void bench_join(const Common& common, const JoinOptions& options) {
    for (const std::size_t rows : options.sizes)
        join_of(common, rows, options.min_cosine);
}

} // namespace bench
