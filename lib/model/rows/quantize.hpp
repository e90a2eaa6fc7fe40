// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/rows/row_matrix.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// How rows are to be stored. The bytes that come out do not depend on `threads`.
struct RowOptions {
    RowEncoding encoding{RowEncoding::product};
    /// Product codes: values that share one byte; 2, 4 or 8, and a divisor of the dimension. Larger
    /// = a smaller file and coarser rows.
    std::size_t group{4};
    /// Product codes: rows that k-means looks at, in even steps over the matrix; 0 = all.
    std::size_t sample{65536};
    /// Product codes: rounds of k-means. Little is gained after 20.
    unsigned iterations{20};
    std::uint64_t seed{1};
    unsigned threads{0}; ///< 0 = one a core
};

/// Splits a direction into groups of values and replaces each group by the nearest of 256 centroids
/// (Jégou, Douze, Schmid 2011: product quantisation).
class ProductQuantizer {
public:
    /// Lloyd's k-means on the directions of `rows` (rows × dimension, row-major; zero rows are left
    /// out). `weights` is empty or has one weight ≥ 0 a row, by which a row pulls its centroids.
    /// \throws Error(bad_option) on sizes that do not fit or values that are not finite
    [[nodiscard]] static ProductQuantizer train(std::span<const float> rows, std::size_t dimension,
                                                const RowOptions& options,
                                                std::span<const float> weights = {});

    [[nodiscard]] std::size_t dimension() const noexcept { return dimension_; }
    [[nodiscard]] std::size_t group() const noexcept { return group_; }

    /// dimension/group × 256 × group floats, as the file stores them.
    [[nodiscard]] const std::vector<float>& codebook() const noexcept { return codebook_; }

    /// Writes dimension/group codes for a direction of `dimension` values.
    void encode(const float* direction, std::uint8_t* codes) const;

private:
    ProductQuantizer(std::size_t dimension, std::size_t group);
    void index_centroids(std::size_t g);

    std::size_t dimension_{};
    std::size_t group_{};
    std::vector<float> codebook_;
    std::vector<float> columns_; ///< the codebook with each group transposed: group × 256
    std::vector<float> halves_;  ///< half the squared length of each centroid
};

/// A matrix in its stored form, see `pack_format.hpp`.
struct EncodedRows {
    RowOptions options;
    std::size_t rows{};
    std::size_t columns{};
    NormScale norms;
    std::vector<std::byte> payload;
    std::vector<float> codebook; ///< product codes only
    /// Mean cosine of the stored rows with the given ones, zero rows left out; weighted where
    /// weights were given. 1 where there are no rows.
    double mean_cosine{1};

    [[nodiscard]] RowMatrix view() const;
};

/// Brings rows (rows × dimension, row-major) into their stored form. Product codes come with a norm
/// that makes the error of the row least, not with the norm of the row.
/// \throws Error(bad_option) on sizes that do not fit or values that are not finite
[[nodiscard]] EncodedRows encode_rows(std::span<const float> rows, std::size_t dimension,
                                      const RowOptions& options,
                                      std::span<const float> weights = {});

} // namespace fabula::detail
