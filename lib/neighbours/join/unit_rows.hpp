// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/embedding.hpp>

#include <cstddef>
#include <span>

namespace fabula::detail {

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
