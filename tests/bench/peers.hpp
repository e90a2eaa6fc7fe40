// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vectors.hpp"

#include <vector>

namespace bench {

struct JoinResult {
    std::vector<RowPair> pairs; ///< in any order, perhaps twice
    double build_wall{};        ///< seconds of it that made an index
};

/// All pairs of rows whose cosine is at least a threshold, on some threads.
using Join = JoinResult (*)(const LabelledVectors& vectors, float min_cosine, unsigned threads);

/// Bare blocks of Eigen's matrix product, each pair of blocks once, and a look at each value: about
/// as fast as an exact join can be that does nothing else.
JoinResult join_by_eigen(const LabelledVectors& vectors, float min_cosine, unsigned threads);

/// faiss has no join: each row is a query, and each pair comes twice.
JoinResult join_by_faiss_flat(const LabelledVectors& vectors, float min_cosine, unsigned threads);
/// About √rows lists, an eighth of them looked at (8 at the least).
JoinResult join_by_faiss_ivf(const LabelledVectors& vectors, float min_cosine, unsigned threads);

/// M = 16, 100 candidates while building and 64 at the search of each row's 50 nearest.
JoinResult join_by_hnswlib(const LabelledVectors& vectors, float min_cosine, unsigned threads);

} // namespace bench
