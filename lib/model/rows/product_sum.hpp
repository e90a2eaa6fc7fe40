// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/rows/row_matrix.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// A sum of many product-coded rows of two matrices, put off until all of them are known: a few
/// values at a time, so that their centroids stay in the first cache and the sum in
/// registers. The rows are fetched while others are still being looked for.
///
/// The result is, to the last bit, that of `RowMatrix::add` and `RowMatrix::add_all` called in the
/// same order.
class ProductSum {
public:
    /// Whether two matrices can be summed like this.
    [[nodiscard]] static bool fits(const RowMatrix& words, const RowMatrix& subwords) noexcept;

    /// Both must outlive the sum.
    ProductSum(const RowMatrix& words, const RowMatrix& subwords);

    /// As `words.add(row, weight, out)`.
    bool add_word(std::size_t row, float weight);

    /// As `subwords.add_all(rows, weight, out)`.
    bool add_subwords(std::span<const std::uint32_t> rows, float weight);

    /// Whether a row of `words` is not zero.
    [[nodiscard]] bool is_word(std::size_t row) const noexcept {
        return words_.codes(row)[words_.groups()] != 0;
    }

    void prefetch_word(std::size_t row) const noexcept { words_.prefetch(row); }
    void prefetch_subword(std::size_t row) const noexcept { subwords_.prefetch(row); }

    /// Rows waiting: more than some hundreds do not stay in the first cache.
    [[nodiscard]] std::size_t rows() const noexcept { return scales_.size(); }

    /// Adds all of it to out[0, columns) and forgets it.
    void add_to(float* out);

private:
    /// Rows that are added to the result one by one, or to each other first.
    struct Run {
        std::size_t end;
        bool subwords;
    };

    template <std::size_t WordGroup, std::size_t SubwordGroup>
    void add_blocks(float* out) const;
    template <std::size_t WordGroup>
    void add_blocks_of(float* out) const;

    const RowMatrix& words_;
    const RowMatrix& subwords_;
    void add_row(const RowMatrix& matrix, const unsigned char* codes, float weight);

    /// Copied: the sum reads them block by block, and in the model they lie far apart.
    std::vector<unsigned char> codes_; ///< the first `codes_size_` are in use
    std::size_t codes_size_{};
    std::vector<float> scales_; ///< one a row
    std::vector<Run> runs_;
};

} // namespace fabula::detail
