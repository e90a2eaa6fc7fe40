// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

namespace fabula::detail {

/// Dot product of two float vectors, summed in one fixed order: sixteen running sums, then a tree.
///
/// Why not Eigen: a matrix product sums in an order that depends on the shape of its block, on
/// where in the block the pair lies and on the instruction set, so the last bits of a cosine would
/// change with the order of the input or with the machine. This order is part of the program's
/// text; the compiler may not change it (no -ffast-math, no contraction), and sixteen sums are
/// enough for it to use vector registers. Symmetric: `dot(a, b, n) == dot(b, a, n)`, bit by bit.
[[nodiscard]] inline float dot(const float* a, const float* b, std::size_t size) noexcept {
    constexpr std::size_t lanes = 16;
    std::array<float, lanes> sums{};
    std::size_t i = 0;
    for (; i + lanes <= size; i += lanes)
        for (std::size_t lane = 0; lane < lanes; ++lane)
            sums[lane] += a[i + lane] * b[i + lane];
    for (std::size_t lane = 0; i < size; ++i, ++lane)
        sums[lane] += a[i] * b[i];
    for (std::size_t half = lanes / 2; half > 0; half /= 2)
        for (std::size_t lane = 0; lane < half; ++lane)
            sums[lane] += sums[lane + half];
    return sums[0];
}

} // namespace fabula::detail
