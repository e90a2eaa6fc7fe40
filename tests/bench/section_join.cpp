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
        {"eigen", "bare Eigen blocks, normalised"},
        {"faiss-flat", "faiss IndexFlatIP, range search"},
        {"faiss-ivf", "faiss IndexIVFFlat, range search"},
        {"hnsw", "hnswlib, build and 50 nearest, normalised"}};
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

/// How much of the truth even perfect lists of the 50 nearest could have: a row with more true
/// neighbours loses the rest, unless they have it in theirs.
double ceiling_of_lists(const std::string& truth, std::size_t rows) {
    constexpr std::size_t most = 50;
    std::vector<std::size_t> degrees(rows);
    const std::vector<RowPair> pairs = read_pairs(truth);
    for (const RowPair& pair : pairs) {
        ++degrees[pair.first];
        ++degrees[pair.second];
    }
    // The expected part where the neighbours that are kept are any of them.
    double kept = 0;
    const auto share = [&](std::uint32_t row) {
        return std::min(1.0, static_cast<double>(most) / static_cast<double>(degrees[row]));
    };
    for (const RowPair& pair : pairs)
        kept += 1 - (1 - share(pair.first)) * (1 - share(pair.second));
    return pairs.empty() ? 1 : kept / static_cast<double>(pairs.size());
}

void join_of(const Common& common, std::size_t rows, const JoinOptions& options) {
    const TemporaryFolder folder;
    const std::string vectors = folder.file("vectors");
    const std::string truth = folder.file("pairs");
    const std::string threads = std::to_string(common.threads);
    const std::string least = fixed(options.min_cosine, 3);
    if (options.news.empty()) {
        (void)run(
            {{own_path(), "task", "vectors", std::to_string(rows), "1", vectors}, {}, "", ""});
    } else {
        (void)run({{own_path(), "task", "embed", options.news, "cold", vectors}, {}, "", ""});
        rows = read_vectors(vectors).rows;
    }
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
    Table table({std::to_string(rows) + " × 128, cosine ≥ " + number(options.min_cosine) + ", " +
                     threads + " threads",
                 "recall", "pairs", "seconds", "of these for an index", "CPU s",
                 "times as long as fabula", "peak MiB"});
    for (const Contender& contender : contenders)
        table.add({contender.name, fixed(contender.last["recall"].get<double>(), 4),
                   std::to_string(contender.last["pairs"].get<std::size_t>()),
                   number(contender.wall.median()),
                   number(contender.last["build_wall"].get<double>()),
                   number(contender.cpu.median()), ratio(contender.wall, contenders[0].wall),
                   number(contender.peak)});
    std::cout << table.markdown() << "\nLists of 50 can have about "
              << fixed(ceiling_of_lists(truth, rows), 4) << " of the pairs.\n"
              << std::endl;
}

} // namespace

void bench_join(const Common& common, const JoinOptions& options) {
    if (!options.news.empty()) {
        join_of(common, 0, options);
        return;
    }
    for (const std::size_t rows : options.sizes)
        join_of(common, rows, options);
}

} // namespace bench
