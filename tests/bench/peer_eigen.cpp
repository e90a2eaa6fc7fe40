// SPDX-License-Identifier: Apache-2.0
#include "peers.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace bench {

JoinResult join_by_eigen(const LabelledVectors& vectors, float min_cosine, unsigned threads) {
    using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    constexpr std::size_t block = 512;
    const Eigen::Map<const Matrix> rows(vectors.values.data(),
                                        static_cast<Eigen::Index>(vectors.rows),
                                        static_cast<Eigen::Index>(vectors.dimension));
    const std::size_t blocks = (vectors.rows + block - 1) / block;
    const auto part = [&](std::size_t i) {
        return rows.middleRows(
            static_cast<Eigen::Index>(i * block),
            static_cast<Eigen::Index>(std::min(block, vectors.rows - i * block)));
    };
    JoinResult result;
    std::mutex mutex;
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        Matrix products;
        std::vector<RowPair> found;
        for (std::size_t a = next++; a < blocks; a = next++)
            for (std::size_t b = a; b < blocks; ++b) {
                products.noalias() = part(a) * part(b).transpose();
                const auto columns = static_cast<std::size_t>(products.cols());
                for (std::size_t i = 0; i < static_cast<std::size_t>(products.rows()); ++i) {
                    const float* const row = products.data() + i * columns;
                    // Few rows have a pair, and the greatest value is quickly found.
                    float greatest = -1;
                    for (std::size_t j = 0; j < columns; ++j)
                        greatest = row[j] > greatest ? row[j] : greatest;
                    if (greatest < min_cosine)
                        continue;
                    for (std::size_t j = 0; j < columns; ++j)
                        if (row[j] >= min_cosine && a * block + i < b * block + j)
                            found.push_back({static_cast<std::uint32_t>(a * block + i),
                                             static_cast<std::uint32_t>(b * block + j)});
                }
            }
        const std::lock_guard lock(mutex);
        result.pairs.insert(result.pairs.end(), found.begin(), found.end());
    };
    std::vector<std::jthread> pool;
    for (unsigned i = 1; i < threads; ++i)
        pool.emplace_back(work);
    work();
    pool.clear();
    return result;
}

} // namespace bench
