// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"
#include "peers.hpp"

#include <algorithm>
#include <atomic>
#include <hnswlib/hnswlib.h>
#include <mutex>
#include <thread>

namespace bench {
namespace {

/// Calls work(row) for all rows from `begin` on.
template <typename Work>
void for_each_row(std::size_t begin, std::size_t rows, unsigned threads, Work&& work) {
    std::atomic<std::size_t> next{begin};
    const auto run = [&] {
        for (std::size_t row = next++; row < rows; row = next++)
            work(row);
    };
    std::vector<std::jthread> pool;
    for (unsigned i = 1; i < threads; ++i)
        pool.emplace_back(run);
    run();
}

} // namespace

JoinResult join_by_hnswlib(const LabelledVectors& vectors, float min_cosine, unsigned threads) {
    constexpr std::size_t neighbours = 50;
    const double begin = wall_seconds();
    hnswlib::InnerProductSpace space(vectors.dimension);
    hnswlib::HierarchicalNSW<float> index(&space, vectors.rows, 16, 100);
    const auto row_of = [&](std::size_t row) {
        return vectors.values.data() + row * vectors.dimension;
    };
    index.addPoint(row_of(0), 0);
    for_each_row(1, vectors.rows, threads,
                 [&](std::size_t row) { index.addPoint(row_of(row), row); });
    JoinResult result;
    result.build_wall = wall_seconds() - begin;
    index.setEf(64);
    std::mutex mutex;
    for_each_row(0, vectors.rows, threads, [&](std::size_t row) {
        auto found = index.searchKnn(row_of(row), neighbours);
        std::vector<RowPair> pairs;
        for (; !found.empty(); found.pop()) {
            const auto other = static_cast<std::uint32_t>(found.top().second);
            const auto self = static_cast<std::uint32_t>(row);
            if (other != self && 1 - found.top().first >= min_cosine)
                pairs.push_back({std::min(self, other), std::max(self, other)});
        }
        const std::lock_guard lock(mutex);
        result.pairs.insert(result.pairs.end(), pairs.begin(), pairs.end());
    });
    return result;
}

} // namespace bench
