// SPDX-License-Identifier: Apache-2.0
#include "neighbours/exact/growing_rows.hpp"

#include "base/parallel.hpp"
#include "neighbours/join/join_rows.hpp"
#include "neighbours/join/unit_rows.hpp"
#include "neighbours/kernels/dispatch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace fabula::detail {
namespace {

constexpr std::size_t block_rows = 1024;
constexpr std::size_t queries_at_once = 256;
constexpr std::size_t sample_rows = 1024; ///< that the scale of int8 is chosen for
constexpr std::int16_t unreachable = std::numeric_limits<std::int16_t>::max();

Int8Scale scale_for(const EmbeddingMatrix& rows) {
    std::vector<float> sample;
    const std::size_t count = std::min(rows.rows, sample_rows);
    for (std::size_t i = 0; i < count; ++i) {
        const std::span<const float> row = rows.row(i * rows.rows / count);
        sample.insert(sample.end(), row.begin(), row.end());
    }
    return Int8Scale::best_for(sample, rows.dimension);
}

} // namespace

GrowingRows::Thresholds::Thresholds(std::size_t size)
    : common(size, unreachable), nearest(size, unreachable), slack(size, unreachable) {}

GrowingRows::GrowingRows(EmbeddingMatrix rows, std::span<const float> thresholds, float min_cosine)
    : kernels_(&kernels()), min_cosine_(min_cosine), scale_of_int8_(scale_for(rows)),
      int8_(scale_of_int8_.scale, rows.dimension), padded_(Int8Scale::padded(rows.dimension)),
      rows_(std::move(rows)) {
    check_sizes(rows_, 0);
    check_row_thresholds(rows_.rows, thresholds);
    thresholds_.assign(thresholds.begin(), thresholds.end());
    thresholds_.resize(rows_.rows, lowest_row_threshold);
    hidden_.resize(rows_.rows);
    for (std::uint32_t row = 0; row < rows_.rows; ++row)
        pack(row);
}

void GrowingRows::reserve(std::size_t rows) {
    rows_.values.reserve(rows * rows_.dimension);
    scale_.reserve(rows);
    slack_.reserve(rows);
    thresholds_.reserve(rows);
    hidden_.reserve(rows);
}

void GrowingRows::add(std::span<const float> values, float threshold) {
    rows_.values.insert(rows_.values.end(), values.begin(), values.end());
    ++rows_.rows;
    thresholds_.push_back(threshold);
    hidden_.push_back(0);
    pack(static_cast<std::uint32_t>(rows_.rows - 1));
}

void GrowingRows::pack(std::uint32_t row) {
    const std::span<const float> values = rows_.row(row);
    const double scale = unit_scale(values);
    if (std::isnan(scale))
        throw_not_finite(rows_, row);
    std::vector<float> unit(values.size());
    std::transform(values.begin(), values.end(), unit.begin(),
                   [&](float value) { return unit_value(value, scale); });
    std::vector<std::int8_t> numbers(padded_);
    scale_.push_back(scale);
    slack_.push_back(scale_of_int8_.quantize(unit, numbers));
    if (row % block_rows == 0)
        blocks_.push_back({std::vector<std::uint8_t>(block_rows * padded_, empty_panel_byte),
                           Thresholds(block_rows)});
    pack_panel_row(numbers, row % block_rows, *kernels_, blocks_.back().panels);
    set_thresholds(row);
}

void GrowingRows::set_thresholds(std::uint32_t row) {
    Thresholds& of_block = blocks_[row / block_rows].thresholds;
    const std::size_t at = row % block_rows;
    const bool is_found = hidden_[row] == 0 && scale_[row] != 0;
    of_block.common[at] = is_found ? int8_.common(thresholds_[row], slack_[row]) : unreachable;
    of_block.nearest[at] = is_found ? int8_.nearest(slack_[row], min_cosine_) : unreachable;
    of_block.slack[at] = is_found ? int8_.slack(slack_[row]) : unreachable;
}

void GrowingRows::hide(std::uint32_t row) {
    hidden_[row] = 1;
    set_thresholds(row);
}

void GrowingRows::show(std::uint32_t row, float threshold) {
    hidden_[row] = 0;
    thresholds_[row] = threshold;
    set_thresholds(row);
}

GrowingRows::Tiles GrowingRows::tiles(std::span<const float> units,
                                      std::span<const float> thresholds) const {
    const std::size_t count = thresholds.size();
    const std::size_t step = kernels_->tile_rows;
    Tiles out{units, thresholds, {}, Thresholds((count + step - 1) / step * step)};
    std::vector<std::int8_t> numbers(count * padded_);
    for (std::size_t i = 0; i < count; ++i) {
        const std::span<const float> unit = units.subspan(i * rows_.dimension, rows_.dimension);
        const float slack =
            scale_of_int8_.quantize(unit, std::span(numbers).subspan(i * padded_, padded_));
        out.limits.common[i] = int8_.common(thresholds[i], slack);
        out.limits.nearest[i] = int8_.nearest(slack, min_cosine_);
        out.limits.slack[i] = int8_.slack(slack);
    }
    out.packed.pack(numbers, padded_, *kernels_);
    return out;
}

void GrowingRows::match(const Tiles& tiles, std::size_t block,
                        std::vector<std::vector<RowNeighbour>>& found) const {
    const std::size_t first = block * block_rows;
    const std::size_t columns = std::min(block_rows, rows_.rows - first);
    const Block& panels = blocks_[block];
    thread_local std::vector<std::uint32_t> hits;
    hits.resize(std::max(hits.size(), tiles.thresholds.size() * columns));
    PairBlock pairs{};
    pairs.panels = panels.panels.data();
    pairs.tiles = tiles.packed.bytes.data();
    pairs.rows = static_cast<std::uint32_t>(tiles.thresholds.size());
    pairs.columns = static_cast<std::uint32_t>(columns);
    pairs.groups = static_cast<std::uint32_t>(padded_ / kernels_->group);
    pairs.row_start = tiles.packed.start.data();
    pairs.row_common = tiles.limits.common.data();
    pairs.row_nearest = tiles.limits.nearest.data();
    pairs.row_slack = tiles.limits.slack.data();
    pairs.column_common = panels.thresholds.common.data();
    pairs.column_nearest = panels.thresholds.nearest.data();
    pairs.column_slack = panels.thresholds.slack.data();
    const std::uint32_t count = kernels_->filter(pairs, hits.data());
    for (std::uint32_t hit = 0; hit < count; ++hit) {
        const std::size_t query = hits[hit] >> 16U;
        const auto row = static_cast<std::uint32_t>(first + (hits[hit] & 0xFFFFU));
        if (hidden_[row] != 0 || scale_[row] == 0)
            continue;
        const float product = kernels_->dot(tiles.units.data() + query * rows_.dimension,
                                            rows_.row(row).data(), scale_[row], rows_.dimension) +
                              0.0F;
        const float cosine = std::clamp(product, -1.0F, 1.0F);
        if (cosine >=
            std::max(min_cosine_, pair_threshold(tiles.thresholds[query], thresholds_[row])))
            found[query].push_back({row, cosine});
    }
}

std::vector<std::vector<RowNeighbour>> GrowingRows::search(std::span<const float> queries,
                                                           std::span<const float> thresholds,
                                                           unsigned threads) const {
    const std::size_t dimension = rows_.dimension;
    // As `JoinRows` does: the very values of unit vectors, whatever is given.
    std::vector<float> units(queries.size());
    std::vector<char> is_zero(thresholds.size());
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
        const std::span<const float> query = queries.subspan(i * dimension, dimension);
        const double scale = unit_scale(query);
        is_zero[i] = scale > 0 ? 0 : 1;
        for (std::size_t d = 0; d < dimension; ++d)
            units[i * dimension + d] = is_zero[i] != 0 ? 0.0F : unit_value(query[d], scale);
    }
    std::vector<std::vector<RowNeighbour>> out(thresholds.size());
    for (std::size_t begin = 0; begin < thresholds.size(); begin += queries_at_once) {
        const std::size_t count = std::min(queries_at_once, thresholds.size() - begin);
        const Tiles some = tiles(std::span(units).subspan(begin * dimension, count * dimension),
                                 thresholds.subspan(begin, count));
        // Each task has a run of blocks, so that what it finds stays in the order of rows.
        constexpr std::size_t blocks_per_task = 16;
        const std::size_t tasks = (blocks_.size() + blocks_per_task - 1) / blocks_per_task;
        std::vector<std::vector<std::vector<RowNeighbour>>> found(tasks);
        for_each_range(blocks_.size(), blocks_per_task, threads, [&](ItemRange range) {
            auto& of_task = found[range.begin / blocks_per_task];
            of_task.resize(count);
            for (std::size_t block = range.begin; block < range.end; ++block)
                match(some, block, of_task);
        });
        for (std::size_t i = 0; i < count; ++i) {
            std::vector<RowNeighbour>& all = out[begin + i];
            if (is_zero[begin + i] != 0)
                continue;
            for (const auto& of_task : found)
                all.insert(all.end(), of_task[i].begin(), of_task[i].end());
            std::sort(all.begin(), all.end(),
                      [](const RowNeighbour& a, const RowNeighbour& b) { return a.row < b.row; });
        }
    }
    return out;
}

} // namespace fabula::detail
