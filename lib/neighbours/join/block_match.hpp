// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/join/int8_rows.hpp"
#include "neighbours/join/join_rows.hpp"
#include "neighbours/join/top_k_collector.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace fabula::detail {

/// Positions and the thresholds of their rows, padded for the kernels with what no product passes.
struct BlockSide {
    std::vector<std::uint32_t> positions;
    std::vector<float> slack;
    std::vector<std::int16_t> common;
    std::vector<std::int16_t> nearest;
    std::vector<std::int16_t> slack_threshold;

    void assign(const JoinRows& rows, std::span<const std::uint32_t> of,
                std::span<const float> their_slack, std::size_t step);
    /// The thresholds of the thresholds at this time, as `nearest`.
    void look_up_thresholds(const JoinRows& rows, const PairSink& sink,
                            std::vector<std::int16_t>& to) const;
};

/// Rows whose panels are kept, to be matched with many tiles.
struct PanelSide : BlockSide {
    std::vector<std::uint8_t> bytes;

    void assign(const JoinRows& rows, std::span<const std::uint32_t> of,
                std::span<const float> their_slack, std::span<const std::int8_t> numbers);
};

/// One thread's workspace: some rows as tiles, to be matched with panels one after the other.
class BlockMatch {
public:
    void set_tiles(const JoinRows& rows, std::span<const std::uint32_t> of,
                   std::span<const float> their_slack, std::span<const std::int8_t> numbers);

    /// Hands every pair that is wanted, of a tile's row i and a panel's row j, to the sink, where
    /// wants(i, j) on positions. `begin` and `end`: the columns to look at.
    template <class Wants>
    void match(const JoinRows& rows, const PanelSide& panels, std::size_t begin, std::size_t end,
               PairSink& sink, const Wants& wants) {
        const std::size_t count = find(rows, panels, begin, end, sink);
        const auto column_of = [&](std::size_t hit) {
            return panels.positions[first_column_ + (hits_[hit] & 0xFFFFU)];
        };
        for (std::size_t hit = 0; hit < count; ++hit) {
            // Rows that are hit lie all over the matrix.
            if (const std::size_t later = hit + hits_ahead; later < count) {
                rows.prefetch(column_of(later));
                if (hits_[later] >> 16U != hits_[later - 1] >> 16U)
                    rows.prefetch(tiles_.positions[hits_[later] >> 16U]);
            }
            const std::size_t row = hits_[hit] >> 16U;
            const std::size_t i = tiles_.positions[row];
            const std::size_t j = column_of(hit);
            if (!wants(i, j))
                continue;
            const float cosine = this->cosine(rows, row, j);
            if (rows.admits(i, j, cosine))
                sink.add(local, i, j, cosine);
        }
        if (sink.limited())
            sink.flush(local);
    }

    PairSink::Local local;

private:
    static constexpr std::size_t hits_ahead = 8; ///< whose rows are fetched

    std::size_t find(const JoinRows& rows, const PanelSide& panels, std::size_t begin,
                     std::size_t end, const PairSink& sink);
    float cosine(const JoinRows& rows, std::size_t tile_row, std::size_t j);

    BlockSide tiles_;
    Int8Tiles packed_;
    std::vector<float> units_; ///< of the tiles' rows, filled when first asked for
    std::vector<char> has_unit_;
    std::vector<std::uint32_t> hits_;
    std::vector<std::int16_t> column_nearest_;
    std::size_t first_column_{};
};

} // namespace fabula::detail
