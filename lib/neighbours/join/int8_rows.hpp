// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/kernels/kernels.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// Unit vectors as rows of int8, and how far their products are from those of the vectors.
///
/// Let q be the numbers of the vector x, x' = q / scale and e = x − x'. For two vectors of length 1
///     x·y − x'·y' = e_x·y + x·e_y − e_x·e_y,
/// so by Cauchy and Schwarz |x·y − x'·y'| <= |e_x| + |e_y| + |e_x| |e_y| <= slack(x) + slack(y)
/// with slack = |e| + |e|² / 2, a bound that holds for every pair and is a sum of one term a row.
/// The lengths |e| are measured, not estimated, so that no rule of rounding has to be trusted.
///
/// Rules for the numbers, which the kernels rely on: each within ±127; two neighbours that are
/// multiplied together, |q| + |q'| <= 128; the sum of squares at most 32767, so that the product of
/// any two rows is in int16. Whatever breaks a rule is moved towards zero, and |e| tells.
struct Int8Scale {
    double scale{180};

    /// Fills `numbers`, padded with zeros; returns slack, rounded up, in [0, 1.51].
    float quantize(std::span<const float> unit, std::span<std::int8_t> numbers) const;

    /// Numbers of a row with its padding, for every kernel.
    static std::size_t padded(std::size_t dimension) { return (dimension + 3) / 4 * 4; }

    /// The scale with the least mean slack for these unit vectors, rows × dimension.
    static Int8Scale best_for(std::span<const float> units, std::size_t dimension);
};

/// Rows as the tiles of a `PairBlock`; `numbers` is rows × `padded` numbers. Keeps its memory.
struct Int8Tiles {
    std::vector<std::int8_t> bytes;
    std::vector<std::int32_t> start;

    void pack(std::span<const std::int8_t> numbers, std::size_t padded, const Kernels& kernels);
};

/// Rows as the columns of a `PairBlock`, likewise.
void pack_panels(std::span<const std::int8_t> numbers, std::size_t padded, const Kernels& kernels,
                 std::vector<std::uint8_t>& bytes);

/// A byte of a panel where no number is, or 0.
inline constexpr std::uint8_t empty_panel_byte = 128;

/// Puts the padded numbers of one row into its place in panels that have room for it.
void pack_panel_row(std::span<const std::int8_t> numbers, std::size_t row, const Kernels& kernels,
                    std::span<std::uint8_t> bytes);

} // namespace fabula::detail
