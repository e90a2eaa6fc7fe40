// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"
#include "peers.hpp"

#include <algorithm>
#include <cmath>
#include <faiss/IndexFlat.h>
#include <faiss/IndexIVFFlat.h>
#include <faiss/impl/AuxIndexStructures.h>
#include <omp.h>

namespace bench {
namespace {

/// Asks for each row's neighbours, some rows at a time: the answers of all would not fit anywhere.
void search(const faiss::Index& index, const LabelledVectors& vectors, float min_cosine,
            std::vector<RowPair>& pairs) {
    constexpr std::size_t step = 8192;
    for (std::size_t begin = 0; begin < vectors.rows; begin += step) {
        const std::size_t count = std::min(step, vectors.rows - begin);
        faiss::RangeSearchResult found(count);
        index.range_search(static_cast<faiss::Index::idx_t>(count),
                           vectors.values.data() + begin * vectors.dimension, min_cosine, &found);
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t k = found.lims[i]; k < found.lims[i + 1]; ++k)
                if (static_cast<std::size_t>(found.labels[k]) > begin + i)
                    pairs.push_back({static_cast<std::uint32_t>(begin + i),
                                     static_cast<std::uint32_t>(found.labels[k])});
    }
}

} // namespace

JoinResult join_by_faiss_flat(const LabelledVectors& vectors, float min_cosine, unsigned threads) {
    omp_set_num_threads(static_cast<int>(threads));
    faiss::IndexFlatIP index(static_cast<faiss::Index::idx_t>(vectors.dimension));
    index.add(static_cast<faiss::Index::idx_t>(vectors.rows), vectors.values.data());
    JoinResult result;
    search(index, vectors, min_cosine, result.pairs);
    return result;
}

JoinResult join_by_faiss_ivf(const LabelledVectors& vectors, float min_cosine, unsigned threads) {
    omp_set_num_threads(static_cast<int>(threads));
    const double begin = wall_seconds();
    const auto lists = static_cast<std::size_t>(std::sqrt(static_cast<double>(vectors.rows)));
    faiss::IndexFlatIP coarse(static_cast<faiss::Index::idx_t>(vectors.dimension));
    faiss::IndexIVFFlat index(&coarse, vectors.dimension, lists, faiss::METRIC_INNER_PRODUCT);
    index.nprobe = std::max<std::size_t>(8, lists / 8);
    const auto rows = static_cast<faiss::Index::idx_t>(vectors.rows);
    index.train(rows, vectors.values.data());
    index.add(rows, vectors.values.data());
    JoinResult result;
    result.build_wall = wall_seconds() - begin;
    search(index, vectors, min_cosine, result.pairs);
    return result;
}

} // namespace bench
