// SPDX-License-Identifier: Apache-2.0
//
// The peers of the neighbour join, each as one task in a process of its own:
//
//     fabula_bench_peers eigen|faiss-flat|faiss-ivf|hnsw VECTORS MIN_COSINE THREADS TRUTH
//
// It is compiled for the processor at hand (-march=normalised), which is why it is no part of a
// program that has fabula in it: the linker keeps one copy of inline functions. Prints one line of
// JSON.
#include "peers.hpp"

#include "child.hpp"
#include "vectors.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <map>
#include <string>

int main(int argc, char** argv) {
    const std::map<std::string, bench::Join> joins{
        {"eigen", bench::join_by_eigen},
#ifdef FABULA_BENCH_FAISS
        {"faiss-flat", bench::join_by_faiss_flat},
        {"faiss-ivf", bench::join_by_faiss_ivf},
#endif
#ifdef FABULA_BENCH_HNSWLIB
        {"hnsw", bench::join_by_hnswlib},
#endif
    };
    const auto join = argc == 6 ? joins.find(argv[1]) : joins.end();
    if (join == joins.end()) {
        for (const auto& [name, function] : joins)
            std::printf("%s\n", name.c_str());
        return argc == 1 ? 0 : 2;
    }
    try {
        const bench::LabelledVectors vectors = bench::read_vectors(argv[2]);
        const double wall = bench::wall_seconds();
        const double cpu = bench::cpu_seconds();
        bench::JoinResult result =
            join->second(vectors, std::stof(argv[3]), static_cast<unsigned>(std::stoul(argv[4])));
        const double wall_spent = bench::wall_seconds() - wall;
        const double cpu_spent = bench::cpu_seconds() - cpu;
        std::sort(result.pairs.begin(), result.pairs.end());
        result.pairs.erase(std::unique(result.pairs.begin(), result.pairs.end()),
                           result.pairs.end());
        const double recall = bench::recall(result.pairs, bench::read_pairs(argv[5]));
        std::printf("{\"wall\": %.6f, \"cpu\": %.6f, \"build_wall\": %.6f, \"pairs\": %zu, "
                    "\"recall\": %.6f}\n",
                    wall_spent, cpu_spent, result.build_wall, result.pairs.size(), recall);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "fabula_bench_peers: %s\n", error.what());
        return 2;
    }
}
