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
/// bit by bit. Rows stand on shelves, each on one, and a search may look at some shelves alone.
///
/// Memory: dimension × 5 + 36 bytes a row, and on each shelf an eighth of its bytes or one panel.
/// Time of a search: rows × dimension multiply-adds of bytes for each query, of which as many as a
/// tile has are no slower than one; and a product of floats for each neighbour that is found.
/// `const` calls are safe from any thread.
class GrowingRows {
public:
    /// Begins with these rows, of which none is hidden, and their thresholds: none, or one a row,
    /// see `candidate_pairs`. `shelves`: that of each row, below `shelf_count`; empty = the first
    /// one. \throws Error(bad_input) for a value that is not finite
    GrowingRows(EmbeddingMatrix rows, std::span<const float> thresholds, float min_cosine,
                std::span<const std::uint16_t> shelves = {}, std::size_t shelf_count = 1);

    [[nodiscard]] std::size_t size() const { return rows_.rows; }
    [[nodiscard]] std::span<const float> row(std::uint32_t row) const { return rows_.row(row); }
    [[nodiscard]] float threshold(std::uint32_t row) const { return thresholds_[row]; }

    void reserve(std::size_t rows);
    /// Adds a row, which gets the next number. \throws Error(bad_input) as above
    void add(std::span<const float> values, float threshold, std::uint16_t shelf = 0);
    /// A hidden row is found by no search.
    void hide(std::uint32_t row);
    /// Shows a row that was hidden, with this threshold from now on.
    void show(std::uint32_t row, float threshold);

    /// What is looked for.
    class Queries {
    public:
        [[nodiscard]] std::size_t size() const { return thresholds_.size(); }
        /// The numbers of one, padded, as those of rows are.
        [[nodiscard]] std::span<const std::int8_t> numbers(std::size_t query) const {
            return std::span(numbers_).subspan(query * padded_, padded_);
        }

    private:
        friend class GrowingRows;
        std::size_t padded_{};
        std::vector<float> thresholds_;
        std::vector<float> units_; ///< count × dimension
        std::vector<char> is_zero_;
        std::vector<std::int8_t> numbers_;
        std::vector<float> slack_;
    };
    /// `values` is count × dimension, and there is one threshold for each.
    [[nodiscard]] Queries queries(std::span<const float> values,
                                  std::span<const float> thresholds) const;

    /// For each query the rows that it is a candidate pair with, ascending. A query may be a row,
    /// which finds itself. `shelves`: those that each query looks at, as many for each; empty =
    /// all. `threads` = 0: one a core.
    [[nodiscard]] std::vector<std::vector<RowNeighbour>>
    search(const Queries& queries, unsigned threads,
           std::span<const std::uint16_t> shelves = {}) const;

private:
    /// The thresholds of rows, as `PairBlock` wants them.
    struct Limits {
        std::vector<std::int16_t> common;
        std::vector<std::int16_t> nearest;
        std::vector<std::int16_t> slack;

        void resize(std::size_t size);
    };
    struct Block {
        std::vector<std::uint8_t> panels;
        Limits limits;
    };
    struct Shelf {
        std::vector<Block> blocks;
        std::vector<std::uint32_t> rows; ///< in their places
    };
    struct Place {
        std::uint32_t shelf{};
        std::uint32_t at{};
    };
    /// Some queries, ready to be matched with blocks.
    struct Tiles {
        std::span<const std::uint32_t> queries;
        Int8Tiles packed;
        Limits limits;
    };
    struct Hit {
        std::uint32_t query{};
        RowNeighbour row;
    };
    /// What one task matches.
    struct Part {
        std::uint32_t shelf{};
        std::size_t first_block{};
        std::size_t last_block{};
        std::span<const std::uint32_t> queries;
    };

    void pack(std::uint32_t row, std::uint16_t shelf);
    void set_limits(std::uint32_t row);
    [[nodiscard]] Tiles tiles(const Queries& all, std::span<const std::uint32_t> some) const;
    [[nodiscard]] std::vector<Part>
    parts(std::span<const std::vector<std::uint32_t>> looking) const;
    /// Adds what of a block these queries find.
    void match(const Queries& all, const Tiles& tiles, const Shelf& shelf, std::size_t block,
               std::vector<Hit>& hits) const;

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
    std::vector<Place> places_;
    std::vector<Shelf> shelves_;
};

} // namespace fabula::detail
