// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/kernels/kernels.hpp"

/// The loops as templates over the operations of one instruction set. Everything here is local to
/// the source that includes it.
///
/// `Set` has: V, a vector of sums, one a lane, of int16 that wrap around or of int32; lanes;
/// vectors, of which side by side make a panel; rows of a tile; group. load_panel(bytes) gives a
/// Panel, broadcast(4 bytes) a Row; add_product(sum, Panel, Row); start(value) a sum in each
/// lane; half(V); keep(V), which says that a sum stays in its register: GCC 12 else copies it at
/// each turn; thresholds: load(int16 × lanes), same(int16), plus (stops at the ends), least,
/// most, greater (lanes of all ones), either (bits), any; bits(V[vectors]), one a lane from bit 0
/// on; store(int16 × lanes, V).
namespace fabula::detail {
namespace {

constexpr uint32_t rounded_up(uint32_t size, uint32_t step) {
    return (size + step - 1) / step * step;
}

template <class Set>
[[gnu::always_inline]] inline void multiply_tile(const uint8_t* panel, const int8_t* tile,
                                                 uint32_t groups, const int32_t* start,
                                                 typename Set::V (&sums)[Set::rows][Set::vectors]) {
    for (unsigned r = 0; r < Set::rows; ++r)
        for (unsigned v = 0; v < Set::vectors; ++v)
            sums[r][v] = Set::start(start[r]);
    constexpr size_t vector_bytes = size_t{Set::lanes} * Set::group;
    do { // there is a group
        typename Set::Panel columns[Set::vectors];
        for (unsigned v = 0; v < Set::vectors; ++v)
            columns[v] = Set::load_panel(panel + v * vector_bytes);
        for (unsigned r = 0; r < Set::rows; ++r) {
            const auto row = Set::broadcast(tile + size_t{4} * r);
            for (unsigned v = 0; v < Set::vectors; ++v) {
                sums[r][v] = Set::add_product(sums[r][v], columns[v], row);
                Set::keep(sums[r][v]);
            }
        }
        panel += vector_bytes * Set::vectors;
        tile += size_t{4} * Set::rows;
    } while (--groups != 0);
}

/// Calls with_tile(row, column, sums) for each tile and panel.
template <class Set, class WithTile>
[[gnu::always_inline]] inline void for_each_tile(const PairBlock& block, WithTile with_tile) {
    constexpr uint32_t width = Set::lanes * Set::vectors;
    const size_t panel_bytes = size_t{block.groups} * Set::group * width;
    const size_t tile_bytes = size_t{block.groups} * 4 * Set::rows;
    const uint8_t* panel = block.panels;
    // A panel stays in the first cache, the tiles in the second.
    for (uint32_t column = 0; column < block.columns; column += width, panel += panel_bytes) {
        const int8_t* tile = block.tiles;
        for (uint32_t row = 0; row < block.rows; row += Set::rows, tile += tile_bytes) {
            typename Set::V sums[Set::rows][Set::vectors];
            multiply_tile<Set>(panel, tile, block.groups, block.row_start + row, sums);
            with_tile(row, column, sums);
        }
    }
}

template <class Set>
uint32_t filter_block(const PairBlock& block, uint32_t* hits) {
    using V = typename Set::V;
    uint32_t count = 0;
    for_each_tile<Set>(
        block, [&](uint32_t row, uint32_t column,
                   V(&sums)[Set::rows][Set::vectors]) __attribute__((always_inline)) {
            V any = Set::start(0);
            V found[Set::rows][Set::vectors];
            for (unsigned v = 0; v < Set::vectors; ++v) {
                const uint32_t at = column + v * Set::lanes;
                const V common = Set::load(block.column_common + at);
                const V nearest = Set::load(block.column_nearest + at);
                const V slack = Set::load(block.column_slack + at);
                for (unsigned r = 0; r < Set::rows; ++r) {
                    const V threshold = Set::most(
                        Set::plus(Set::same(block.row_common[row + r]), common),
                        Set::least(Set::plus(Set::same(block.row_nearest[row + r]), slack),
                                   Set::plus(Set::same(block.row_slack[row + r]), nearest)));
                    found[r][v] = Set::greater(Set::half(sums[r][v]), threshold);
                    any = Set::either(any, found[r][v]);
                }
            }
            if (!Set::any(any))
                return;
            for (unsigned r = 0; r < Set::rows && row + r < block.rows; ++r) {
                uint64_t bits = Set::bits(found[r]);
                for (; bits != 0; bits &= bits - 1) {
                    const uint32_t hit = column + static_cast<uint32_t>(__builtin_ctzll(bits));
                    if (hit < block.columns)
                        hits[count++] = (row + r) << 16U | hit;
                }
            }
        });
    return count;
}

template <class Set>
void multiply_block(const PairBlock& block, int16_t* products) {
    using V = typename Set::V;
    const size_t stride = rounded_up(block.columns, Set::lanes * Set::vectors);
    for_each_tile<Set>(
        block, [&](uint32_t row, uint32_t column,
                   V(&sums)[Set::rows][Set::vectors]) __attribute__((always_inline)) {
            for (unsigned r = 0; r < Set::rows; ++r)
                for (unsigned v = 0; v < Set::vectors; ++v)
                    Set::store(products + (row + r) * stride + column + v * Set::lanes, sums[r][v]);
        });
}

template <class Set>
constexpr Kernels kernels_with(float (*dot)(const float*, const float*, double, size_t)) {
    return {Set::rows,         Set::lanes * Set::vectors, Set::group,
            filter_block<Set>, multiply_block<Set>,       dot};
}

/// Adds the products of the whole sixteens to the sums; b's values each × `scale`, which is not
/// looked at where they are not `scaled`.
template <bool scaled>
inline void add_products(const float* a, const float* b, [[maybe_unused]] double scale, size_t size,
                         float* sum) {
    using Floats = float __attribute__((vector_size(16)));
    using Doubles = double __attribute__((vector_size(32)));
    Floats sums[4] = {};
    for (size_t i = 0; i + 16 <= size; i += 16)
        for (size_t part = 0; part < 4; ++part) {
            Floats first;
            Floats second;
            __builtin_memcpy(&first, a + i + 4 * part, sizeof first);
            __builtin_memcpy(&second, b + i + 4 * part, sizeof second);
            if constexpr (scaled)
                second = __builtin_convertvector(__builtin_convertvector(second, Doubles) * scale,
                                                 Floats);
            sums[part] += first * second;
        }
    __builtin_memcpy(sum, sums, sizeof sums);
}

/// `fabula::detail::dot` with its sixteen running sums in four vectors. A product and a sum round
/// separately: sources are compiled with -ffp-contract=off.
inline float dot_in_order(const float* a, const float* b, double scale, size_t size) {
    constexpr size_t lanes = 16;
    float sum[lanes];
    if (scale == 1) // as most rows are given; the same bits without two conversions
        add_products<false>(a, b, scale, size, sum);
    else
        add_products<true>(a, b, scale, size, sum);
    size_t i = size / lanes * lanes;
    for (size_t lane = 0; i < size; ++i, ++lane)
        sum[lane] += a[i] * static_cast<float>(static_cast<double>(b[i]) * scale);
    for (size_t half = lanes / 2; half > 0; half /= 2)
        for (size_t lane = 0; lane < half; ++lane)
            sum[lane] += sum[lane + half];
    return sum[0];
}

/// The operations in plain C++, for processors without those below, and to test the loops with:
/// `wide` as sums of int32 and groups of four, as VNNI has them, else of int16 and groups of two.
template <bool wide>
struct PlainSet {
    static constexpr unsigned lanes = 8;
    static constexpr unsigned vectors = 2;
    static constexpr unsigned rows = wide ? 3 : 2;
    static constexpr unsigned group = wide ? 4 : 2;
    struct V {
        int32_t lane[lanes];
    };
    using Panel = const uint8_t*;
    using Row = const int8_t*;

    static Panel load_panel(const uint8_t* bytes) { return bytes; }
    static Row broadcast(const int8_t* bytes) { return bytes; }
    static V add_product(V sum, Panel panel, Row row) {
        for (unsigned i = 0; i < lanes; ++i)
            for (unsigned k = 0; k < group; ++k)
                sum.lane[i] += panel[i * group + k] * row[k];
        return sum;
    }
    static V start(int32_t value) {
        V result;
        for (int32_t& lane : result.lane)
            lane = value;
        return result;
    }
    static void keep(const V& /*sum*/) {}
    static V same(int16_t value) { return start(value); }
    static V load(const int16_t* values) {
        V result;
        for (unsigned i = 0; i < lanes; ++i)
            result.lane[i] = values[i];
        return result;
    }
    static void store(int16_t* to, V v) {
        for (unsigned i = 0; i < lanes; ++i)
            to[i] = static_cast<int16_t>(v.lane[i]);
    }
    template <class Op>
    static V each(V a, V b, Op op) {
        for (unsigned i = 0; i < lanes; ++i)
            a.lane[i] = op(a.lane[i], b.lane[i]);
        return a;
    }
    static V half(V a) {
        return each(a, a, [](int32_t x, int32_t) { return x >> 1; });
    }
    static V plus(V a, V b) {
        return each(a, b, [](int32_t x, int32_t y) { return x + y; });
    }
    static V least(V a, V b) {
        return each(a, b, [](int32_t x, int32_t y) { return x < y ? x : y; });
    }
    static V most(V a, V b) {
        return each(a, b, [](int32_t x, int32_t y) { return x > y ? x : y; });
    }
    static V greater(V a, V b) {
        return each(a, b, [](int32_t x, int32_t y) { return x > y ? -1 : 0; });
    }
    static V either(V a, V b) {
        return each(a, b, [](int32_t x, int32_t y) { return x | y; });
    }
    static bool any(V a) {
        for (const int32_t lane : a.lane)
            if (lane != 0)
                return true;
        return false;
    }
    static uint64_t bits(const V (&parts)[vectors]) {
        uint64_t result = 0;
        for (unsigned v = 0; v < vectors; ++v)
            for (unsigned i = 0; i < lanes; ++i)
                if (parts[v].lane[i] != 0)
                    result |= uint64_t{1} << (v * lanes + i);
        return result;
    }
};

} // namespace
} // namespace fabula::detail
