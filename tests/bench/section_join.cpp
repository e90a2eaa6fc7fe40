// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"
#include "lines.hpp"
#include "sections.hpp"
#include "table.hpp"

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
    Samples wall;
    Samples cpu;
    double build{};
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

void join_of(const Common& common, std::size_t rows, double min_cosine) {
    const TemporaryFolder folder;
    const std::string vectors = folder.file("vectors");
    const std::string truth = folder.file("pairs");
    const std::string threads = std::to_string(common.threads);
    const std::string least = fixed(min_cosine, 3);
    (void)run({{own_path(), "task", "vectors", std::to_string(rows), "1", vectors}, {}, "", ""});
    std::vector<Contender> contenders;
    contenders.push_back({"fabula, exact",
                          {own_path(), "task", "join", vectors, least, threads, truth},
                          {},
                          {},
                          0,
                          0,
                          {}});
    const std::string peers = run({{common.peers}, {}, "", ""}).out;
    for (const std::string_view peer : split(peers, '\n'))
        if (!peer.empty())
            contenders.push_back({described(std::string(peer)),
                                  {common.peers, std::string(peer), vectors, least, threads, truth},
                                  {},
                                  {},
                                  0,
                                  0,
                                  {}});
    for (std::size_t i = 0; i < common.repeats; ++i)
        for (Contender& contender : contenders) {
            const Spent spent = run({contender.words, {{"OPENBLAS_NUM_THREADS", threads}}, "", ""});
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
