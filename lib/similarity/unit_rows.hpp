// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/embedding.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// The rows of a matrix that have a direction, scaled to unit length.
struct UnitRows {
    std::vector<std::uint32_t> row; ///< position → row of the matrix
    std::vector<float> values;      ///< positions × dimension
    std::size_t dimension{};

    [[nodiscard]] std::size_t size() const { return row.size(); }
    [[nodiscard]] const float* at(std::size_t position) const {
        return values.data() + position * dimension;
    }
    /// Cosine of two positions: `dot`, kept in [-1, 1].
    [[nodiscard]] float cosine(std::size_t a, std::size_t b) const;
};

/// Takes the rows in the given order and leaves out zero rows.
/// \throws Error(bad_input) for a NaN or an infinity, with its row and column.
[[nodiscard]] UnitRows unit_rows(const EmbeddingMatrix& vectors,
                                 std::span<const std::uint32_t> order);

/// What a row is multiplied by to have unit length; 0 for a zero row, NaN where a value is not
/// finite, and exactly 1 where it has that length up to the rounding of its values: such a row is
/// taken as it is.
[[nodiscard]] double unit_scale(std::span<const float> row);

/// The value of a unit vector: rounded once, so the same wherever it is asked for.
[[nodiscard]] inline float unit_value(float value, double scale) {
    return static_cast<float>(static_cast<double>(value) * scale);
}

/// \throws Error(bad_input) for the row's first NaN or infinity; it must have one.
[[noreturn]] void throw_not_finite(const EmbeddingMatrix& vectors, std::size_t row);

/// \throws Error(bad_input) where `rows × dimension` is not the number of values, or there are too
/// many rows, or `times` is neither 0 nor `rows`.
void check_sizes(const EmbeddingMatrix& vectors, std::size_t times);

} // namespace fabula::detail
