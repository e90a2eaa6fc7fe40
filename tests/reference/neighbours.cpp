// SPDX-License-Identifier: Apache-2.0
#include "reference/neighbours.hpp"

#include "neighbours/join/dot.hpp"
#include "neighbours/join/join_rows.hpp"
#include "neighbours/join/unit_rows.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::test {
namespace {

using detail::CandidatePair;

/// The rows of a matrix that have a direction, scaled to unit length.
struct UnitRows {
    std::vector<std::uint32_t> row; ///< position → row of the matrix
    std::vector<float> values;      ///< positions × dimension
    std::size_t dimension{};

    [[nodiscard]] std::size_t size() const { return row.size(); }
    [[nodiscard]] const float* at(std::size_t position) const {
        return values.data() + position * dimension;
    }
    [[nodiscard]] float cosine(std::size_t a, std::size_t b) const {
        return std::clamp(detail::dot(at(a), at(b), dimension) + 0.0F, -1.0F, 1.0F);
    }
};

/// In the given order, without zero rows.
UnitRows unit_rows(const EmbeddingMatrix& vectors, std::span<const std::uint32_t> order) {
    UnitRows result;
    result.dimension = vectors.dimension;
    result.row.reserve(order.size());
    result.values.reserve(order.size() * vectors.dimension);
    for (const std::uint32_t row : order) {
        const auto values = vectors.row(row);
        const double scale = detail::unit_scale(values);
        if (std::isnan(scale))
            detail::throw_not_finite(vectors, row);
        if (scale == 0)
            continue;
        result.row.push_back(row);
        for (const float value : values)
            result.values.push_back(detail::unit_value(value, scale));
    }
    return result;
}

struct Neighbour {
    float cosine{};
    std::uint32_t row{};
};

bool nearer(const Neighbour& a, const Neighbour& b) {
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.row < b.row;
}

bool by_rows(const CandidatePair& a, const CandidatePair& b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
}

} // namespace

std::vector<CandidatePair>
candidate_pairs_naive(const EmbeddingMatrix& vectors, float min_cosine, std::size_t max_neighbours,
                      std::chrono::seconds time_window, detail::Times times,
                      std::span<const std::uint32_t> only, std::span<const float> row_thresholds) {
    detail::check_sizes(vectors, times.size());
    detail::check_row_thresholds(vectors.rows, row_thresholds);
    const UnitRows units = unit_rows(vectors, detail::rows_of(vectors.rows, only));
    std::vector<CandidatePair> pairs;
    for (std::size_t i = 0; i < units.size(); ++i)
        for (std::size_t j = i + 1; j < units.size(); ++j) {
            const std::uint32_t a = units.row[i];
            const std::uint32_t b = units.row[j];
            const float cosine = units.cosine(i, j);
            const bool meets =
                times.empty() || detail::within_window(times[a], times[b], time_window);
            const bool admitted =
                cosine >= min_cosine &&
                (row_thresholds.empty() ||
                 cosine >= detail::pair_threshold(row_thresholds[a], row_thresholds[b]));
            if (admitted && meets)
                pairs.push_back({a, b, cosine});
        }
    if (max_neighbours == 0)
        return pairs;

    std::vector<std::vector<Neighbour>> neighbours(vectors.rows);
    for (const CandidatePair& pair : pairs) {
        neighbours[pair.first].push_back({pair.cosine, pair.second});
        neighbours[pair.second].push_back({pair.cosine, pair.first});
    }
    std::vector<CandidatePair> kept;
    for (std::uint32_t row = 0; row < neighbours.size(); ++row) {
        std::sort(neighbours[row].begin(), neighbours[row].end(), nearer);
        for (std::size_t i = 0; i < std::min(max_neighbours, neighbours[row].size()); ++i)
            kept.push_back({std::min(row, neighbours[row][i].row),
                            std::max(row, neighbours[row][i].row), neighbours[row][i].cosine});
    }
    std::sort(kept.begin(), kept.end(), by_rows);
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    return kept;
}

} // namespace fabula::test
