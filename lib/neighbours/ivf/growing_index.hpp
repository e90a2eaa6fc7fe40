// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/exact/growing_rows.hpp"
#include "neighbours/ivf/cell_centres.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// `GrowingRows` for many: rows beyond some number are sorted into cells by the nearest of centres,
/// as `InvertedFile` does, and a search looks into the cells whose centres are nearest. What it
/// finds is exact; what it misses is far from the query, for most. The centres stay those of the
/// rows that it began with: begin anew when what comes has become something else.
class GrowingIndex {
public:
    /// See `GrowingRows`. `exact_below`: with no more rows than that to begin with, a search looks
    /// at all. `threads` = 0: one a core; what it finds does not depend on them.
    /// \throws Error(bad_input) for a value that is not finite
    GrowingIndex(EmbeddingMatrix rows, std::span<const float> thresholds, float min_cosine,
                 std::size_t exact_below, unsigned threads);

    [[nodiscard]] bool is_exact() const { return centres_.cells() == 0; }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] std::span<const float> row(std::uint32_t row) const { return rows_.row(row); }
    [[nodiscard]] float threshold(std::uint32_t row) const { return rows_.threshold(row); }

    void reserve(std::size_t rows) { rows_.reserve(rows); }
    void add(std::span<const float> values, float threshold);
    void hide(std::uint32_t row) { rows_.hide(row); }
    void show(std::uint32_t row, float threshold) { rows_.show(row, threshold); }

    /// See `GrowingRows::search`.
    [[nodiscard]] std::vector<std::vector<RowNeighbour>> search(std::span<const float> queries,
                                                                std::span<const float> thresholds,
                                                                unsigned threads) const;

private:
    /// The nearest cells of each query.
    [[nodiscard]] std::vector<std::uint16_t> cells(const GrowingRows::Queries& queries,
                                                   std::size_t count, unsigned threads) const;

    CellCentres centres_; ///< none where it is exact
    std::size_t probes_{};
    GrowingRows rows_;
};

} // namespace fabula::detail
