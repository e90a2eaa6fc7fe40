// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/join/int8_rows.hpp"
#include "neighbours/join/int8_thresholds.hpp"
#include "neighbours/kernels/kernels.hpp"

#include <fabula/embedding.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// A row that a search has found.
struct RowNeighbour {
    std::uint32_t row{};
    float cosine{}; ///< in [-1, 1], never NaN
};

/// Rows that come one by one, to be searched exactly: `candidate_pairs` of a few rows with all
/// others, where the others are packed already. The cosine of a pair is that of `candidate_pairs`,
/// bit by bit.
///
/// Memory: dimension × 5 + 24 bytes a row. Time of a search: rows × dimension multiply-adds of
/// bytes for each query, of which as many as a tile has are no slower than one; and a product of
/// floats for each neighbour that is found. `const` calls are safe from any thread.
class GrowingRows {
public:
    /// Begins with these rows, of which none is hidden, and their thresholds: none, or one a row,
    /// see `candidate_pairs`. \throws Error(bad_input) for a value that is not finite
    GrowingRows(EmbeddingMatrix rows, std::span<const float> thresholds, float min_cosine);

    [[nodiscard]] std::size_t size() const { return rows_.rows; }
    [[nodiscard]] std::span<const float> row(std::uint32_t row) const { return rows_.row(row); }
    [[nodiscard]] float threshold(std::uint32_t row) const { return thresholds_[row]; }

    void reserve(std::size_t rows);
    /// Adds a row, which gets the next number. \throws Error(bad_input) as above
    void add(std::span<const float> values, float threshold);
    /// A hidden row is found by no search.
    void hide(std::uint32_t row);
    /// Shows a row that was hidden, with this threshold from now on.
    void show(std::uint32_t row, float threshold);

    /// For each query the rows that it is a candidate pair with, ascending. A query may be a row,
    /// which finds itself. `queries` is count × dimension, and there is one threshold for each.
    /// `threads` = 0: one a core.
    [[nodiscard]] std::vector<std::vector<RowNeighbour>> search(std::span<const float> queries,
                                                                std::span<const float> thresholds,
                                                                unsigned threads) const;

private:
    /// The thresholds of rows in a block, as `PairBlock` wants them.
    struct Thresholds {
        std::vector<std::int16_t> common;
        std::vector<std::int16_t> nearest;
        std::vector<std::int16_t> slack;

        explicit Thresholds(std::size_t size);
    };
    struct Block {
        std::vector<std::uint8_t> panels;
        Thresholds thresholds;
    };
    /// Some queries, ready to be matched with blocks.
    struct Tiles {
        std::span<const float> units; ///< count × dimension
        std::span<const float> thresholds;
        Int8Tiles packed;
        Thresholds limits;
    };

    void pack(std::uint32_t row);
    void set_thresholds(std::uint32_t row);
    [[nodiscard]] Tiles tiles(std::span<const float> units,
                              std::span<const float> thresholds) const;
    /// What of a block each query finds.
    void match(const Tiles& tiles, std::size_t block,
               std::vector<std::vector<RowNeighbour>>& found) const;

    const Kernels* kernels_;
    float min_cosine_;
    Int8Scale scale_of_int8_;
    Int8Thresholds int8_;
    std::size_t padded_;
    EmbeddingMatrix rows_;
    std::vector<double> scale_; ///< of each row, see `unit_scale`
    std::vector<float> slack_;
    std::vector<float> thresholds_;
    std::vector<char> hidden_;
    std::vector<Block> blocks_;
};

} // namespace fabula::detail
