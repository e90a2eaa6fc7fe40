// SPDX-License-Identifier: Apache-2.0
#include "neighbours/join/block_match.hpp"

#include "neighbours/kernels/dispatch.hpp"

#include <algorithm>
#include <limits>

namespace fabula::detail {
namespace {

constexpr std::int16_t unreachable = std::numeric_limits<std::int16_t>::max();

std::size_t rounded_up(std::size_t size, std::size_t step) {
    return (size + step - 1) / step * step;
}

} // namespace

void BlockSide::assign(const JoinRows& rows, std::span<const std::uint32_t> of,
                       std::span<const float> their_slack, std::size_t step) {
    const std::size_t padded = rounded_up(of.size(), step);
    positions.assign(of.begin(), of.end());
    slack.assign(their_slack.begin(), their_slack.end());
    common.assign(padded, unreachable);
    slack_threshold.assign(padded, unreachable);
    nearest.assign(padded, unreachable);
    for (std::size_t i = 0; i < of.size(); ++i) {
        common[i] = rows.common_threshold(of[i], slack[i]);
        slack_threshold[i] = rows.slack_threshold(slack[i]);
        nearest[i] = rows.nearest_threshold(slack[i], rows.limits().min_cosine);
    }
}

void BlockSide::look_up_thresholds(const JoinRows& rows, const PairSink& sink,
                                   std::vector<std::int16_t>& to) const {
    to.assign(nearest.size(), unreachable);
    for (std::size_t i = 0; i < positions.size(); ++i)
        to[i] = rows.nearest_threshold(slack[i], sink.threshold(positions[i]));
}

void PanelSide::assign(const JoinRows& rows, std::span<const std::uint32_t> of,
                       std::span<const float> their_slack, std::span<const std::int8_t> numbers) {
    BlockSide::assign(rows, of, their_slack, kernels().panel_columns);
    pack_panels(numbers, rows.padded(), kernels(), bytes);
}

void BlockMatch::set_tiles(const JoinRows& rows, std::span<const std::uint32_t> of,
                           std::span<const float> their_slack,
                           std::span<const std::int8_t> numbers) {
    tiles_.assign(rows, of, their_slack, kernels().tile_rows);
    packed_.pack(numbers, rows.padded(), kernels());
    units_.resize(std::max(units_.size(), of.size() * rows.dimension()));
    has_unit_.assign(of.size(), 0);
}

std::size_t BlockMatch::find(const JoinRows& rows, const PanelSide& panels, std::size_t begin,
                             std::size_t end, const PairSink& sink) {
    const Kernels& loops = kernels();
    first_column_ = begin / loops.panel_columns * loops.panel_columns;
    const std::size_t columns = end - first_column_;
    hits_.resize(std::max(hits_.size(), tiles_.positions.size() * columns));
    if (sink.limited()) {
        tiles_.look_up_thresholds(rows, sink, tiles_.nearest);
        panels.look_up_thresholds(rows, sink, column_nearest_);
    }
    PairBlock block{};
    block.panels = panels.bytes.data() + first_column_ * rows.padded();
    block.tiles = packed_.bytes.data();
    block.rows = static_cast<std::uint32_t>(tiles_.positions.size());
    block.columns = static_cast<std::uint32_t>(columns);
    block.groups = static_cast<std::uint32_t>(rows.padded() / loops.group);
    block.row_start = packed_.start.data();
    block.row_common = tiles_.common.data();
    block.row_nearest = tiles_.nearest.data();
    block.row_slack = tiles_.slack_threshold.data();
    block.column_common = panels.common.data() + first_column_;
    block.column_nearest =
        (sink.limited() ? column_nearest_ : panels.nearest).data() + first_column_;
    block.column_slack = panels.slack_threshold.data() + first_column_;
    return loops.filter(block, hits_.data());
}

float BlockMatch::cosine(const JoinRows& rows, std::size_t tile_row, std::size_t j) {
    float* const unit = units_.data() + tile_row * rows.dimension();
    if (has_unit_[tile_row] == 0) {
        rows.unit(tiles_.positions[tile_row], unit);
        has_unit_[tile_row] = 1;
    }
    return rows.cosine(unit, j);
}

} // namespace fabula::detail
