// SPDX-License-Identifier: Apache-2.0
#include "similarity/join_rows.hpp"
#include "similarity/neighbours.hpp"
#include "similarity/unit_rows.hpp"

#include <algorithm>

namespace fabula::detail {
namespace {

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

std::vector<CandidatePair> candidate_pairs_naive(const EmbeddingMatrix& vectors, float min_cosine,
                                                 std::size_t max_neighbours,
                                                 std::chrono::seconds time_window, Times times,
                                                 std::span<const std::uint32_t> only,
                                                 std::span<const float> row_floors) {
    check_sizes(vectors, times.size());
    check_row_floors(vectors.rows, row_floors);
    const UnitRows units = unit_rows(vectors, rows_of(vectors.rows, only));
    std::vector<CandidatePair> pairs;
    for (std::size_t i = 0; i < units.size(); ++i)
        for (std::size_t j = i + 1; j < units.size(); ++j) {
            const std::uint32_t a = units.row[i];
            const std::uint32_t b = units.row[j];
            const float cosine = units.cosine(i, j);
            const bool meets =
                times.empty() || within_window(times[a], times[b], time_window);
            const bool admitted =
                cosine >= min_cosine &&
                (row_floors.empty() || cosine >= pair_floor(row_floors[a], row_floors[b]));
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

} // namespace fabula::detail
