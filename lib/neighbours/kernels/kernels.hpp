// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stddef.h> // NOLINT(modernize-deprecated-headers): see below
#include <stdint.h> // NOLINT(modernize-deprecated-headers)

/// The inner loops of the neighbour search, and what they are given. Written with intrinsics: the
/// byte products that they live on, Highway has from 1.0.6 on, and Debian 12 has 1.0.3.
///
/// Sources of these loops are compiled for instruction sets beyond the baseline. They include this
/// header and the compiler's intrinsics, and no other: an inline function that they shared with
/// ordinary sources could be linked in the copy that needs AVX.
namespace fabula::detail {

/// A block of rows ("tiles") against a block of columns ("panels"), both rows of int8 numbers:
/// which pairs may reach their thresholds?
///
/// Tiles: [tile][group of dimensions][row of the tile][4 bytes], signed; with a group of 2 its two
/// numbers come twice. Panels: [panel][group][column of the panel][group numbers], unsigned, 128
/// more than the number. Both are padded with zeros to whole tiles, panels and groups.
///
/// With p = the product of a row and a column, p / 2 rounded down must be greater than
///     max(row_common + column_common, min(row_nearest + column_slack, row_slack + column_nearest))
/// where every sum stops at the ends of int16. |p| <= 32767 is on the caller.
struct PairBlock {
    const uint8_t* panels;
    const int8_t* tiles;
    uint32_t rows;    ///< at most 65536, without padding
    uint32_t columns; ///< likewise
    uint32_t groups;
    const int32_t* row_start; ///< −128 × the sum of the row's numbers
    const int16_t* row_common;
    const int16_t* row_nearest;
    const int16_t* row_slack;
    const int16_t* column_common; ///< those of rows and columns are padded as the numbers are
    const int16_t* column_nearest;
    const int16_t* column_slack;
};

/// The loops for one instruction set. All sets give the same bits.
struct Kernels {
    uint32_t tile_rows;
    uint32_t panel_columns;
    uint32_t group; ///< dimensions that are multiplied at a time: 2 or 4
    /// Writes row << 16 | column of each pair that passes, in no particular order, to `hits`, which
    /// has room for all; returns their number.
    uint32_t (*filter)(const PairBlock& block, uint32_t* hits);
    /// Writes the products, row by row, each row padded to whole panels; rows padded to whole
    /// tiles.
    void (*multiply)(const PairBlock& block, int16_t* products);
    /// `fabula::detail::dot` (neighbours/join/dot.hpp), bit by bit, of a and of b scaled as
    /// `unit_rows` scales it: each value × `scale` in double, rounded to float.
    float (*dot)(const float* a, const float* b, double scale, size_t size);
};

/// Defined in one source each.
extern const Kernels baseline_kernels;
extern const Kernels v3_kernels;
extern const Kernels v4_kernels;
extern const Kernels v4_vnni_kernels;

} // namespace fabula::detail
