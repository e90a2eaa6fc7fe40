// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"
#include "sections.hpp"
#include "table.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace bench {
namespace {

using nlohmann::json;

struct Contender {
    std::string name;
    std::vector<std::string> words; ///< the threshold is to follow
    double threshold{};
    Samples wall;
    Samples cpu;
    double peak{};
    json last;
};

/// Ours is fast enough to be run for each value.
double best_midpoint(const std::string& vectors, const std::string& threads) {
    double best = 0;
    double at = 0.5;
    for (int percent = 20; percent <= 80; percent += 2) {
        const double midpoint = percent / 100.0;
        const Spent spent = run(
            {{own_path(), "task", "cluster", vectors, fixed(midpoint, 3), threads}, {}, "", ""});
        const double f1 = json::parse(spent.out)["f1"].get<double>();
        if (f1 > best) {
            best = f1;
            at = midpoint;
        }
    }
    return at;
}

} // namespace

void bench_cluster(const Common& common, const std::string& news, std::size_t rows) {
    const TemporaryFolder folder;
    const std::string vectors = folder.file("vectors");
    const std::string threads = std::to_string(common.threads);
    if (news.empty())
        (void)run(
            {{own_path(), "task", "vectors", std::to_string(rows), "1", vectors}, {}, "", ""});
    else
        (void)run({{own_path(), "task", "embed", news, "cold", vectors}, {}, "", ""});

    std::vector<Contender> contenders;
    contenders.push_back({"fabula, similarity_graph and cluster_graph",
                          {own_path(), "task", "cluster", vectors},
                          best_midpoint(vectors, threads),
                          {},
                          {},
                          0,
                          {}});
    const std::string script = common.scripts + "/cluster_peers.py";
    for (const std::string peer : {"agglomerative", "dbscan"}) {
        try {
            const Spent scan =
                run({{common.python, script, peer, vectors, "scan", threads}, {}, "", ""});
            contenders.push_back({"scikit-learn, " + peer,
                                  {common.python, script, peer, vectors},
                                  json::parse(scan.out)["threshold"].get<double>(),
                                  {},
                                  {},
                                  0,
                                  {}});
        } catch (const std::exception&) {
            std::cerr << "no " << peer << " of scikit-learn (Debian: python3-sklearn)\n";
        }
    }
    for (std::size_t i = 0; i < common.repeats; ++i)
        for (Contender& contender : contenders) {
            std::vector<std::string> words = contender.words;
            words.push_back(fixed(contender.threshold, 3));
            words.push_back(threads);
            const Spent spent = run(
                {words, {{"OPENBLAS_NUM_THREADS", threads}, {"OMP_NUM_THREADS", threads}}, "", ""});
            contender.last = json::parse(spent.out);
            contender.wall.add(contender.last["wall"].get<double>());
            contender.cpu.add(contender.last["cpu"].get<double>());
            contender.peak = std::max(contender.peak, spent.peak_mib);
        }
    Table table({"the same vectors", "best threshold", "BCubed F1", "P", "R", "seconds", "CPU s",
                 "times as long as fabula", "peak MiB"});
    for (const Contender& contender : contenders)
        table.add({contender.name, fixed(contender.threshold, 2),
                   fixed(contender.last["f1"].get<double>(), 3),
                   fixed(contender.last["precision"].get<double>(), 3),
                   fixed(contender.last["recall"].get<double>(), 3),
                   number(contender.wall.median()), number(contender.cpu.median()),
                   ratio(contender.wall, contenders[0].wall), number(contender.peak)});
    std::cout << table.markdown() << std::endl;
}

} // namespace bench
