// SPDX-License-Identifier: Apache-2.0
#include "neighbours/exact/threshold_estimate.hpp"

#include "base/parallel.hpp"
#include "neighbours/join/block_match.hpp"
#include "neighbours/kernels/dispatch.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace fabula::detail {
namespace {

/// The highest products of a row so far: at least the first `rank` of them.
class Highest {
public:
    void clear() {
        products_.clear();
        above_ = lowest;
    }
    /// Others need not be added.
    [[nodiscard]] std::int16_t above() const { return above_; }

    void add(std::int16_t product, std::size_t rank) {
        products_.push_back(product);
        if (products_.size() < 4 * rank)
            return;
        keep(rank);
        above_ = products_.back();
    }

    /// The product of this rank, from 1; none where there are fewer.
    [[nodiscard]] const std::int16_t* at(std::size_t rank) {
        if (products_.size() < rank)
            return nullptr;
        keep(rank);
        return &products_.back();
    }

private:
    void keep(std::size_t rank) {
        std::nth_element(products_.begin(),
                         products_.begin() + static_cast<std::ptrdiff_t>(rank - 1), products_.end(),
                         std::greater<>());
        products_.resize(rank);
    }

    static constexpr std::int16_t lowest = std::numeric_limits<std::int16_t>::min();
    std::vector<std::int16_t> products_;
    std::int16_t above_{lowest};
};

/// Rows of int8, with their positions.
struct Numbers {
    std::vector<std::uint32_t> positions;
    std::vector<std::int8_t> values;

    void assign(const JoinRows& rows, std::size_t begin, std::size_t end, std::size_t stride) {
        positions.clear();
        for (std::size_t i = begin; i < end; i += stride)
            positions.push_back(static_cast<std::uint32_t>(i));
        values.resize(positions.size() * rows.padded());
        for (std::size_t i = 0; i < positions.size(); ++i)
            rows.quantize(positions[i],
                          std::span(values).subspan(i * rows.padded(), rows.padded()));
    }
};

struct SamplePanel {
    std::vector<std::uint32_t> positions;
    std::vector<std::uint8_t> bytes;
};

} // namespace

bool needs_threshold_estimate(const JoinRows& rows) {
    constexpr double few = 16; // × k
    const std::size_t k = rows.limits().max_neighbours;
    return k > 0 && rows.limits().row_thresholds.empty() &&
           rows.mean_in_window() >= few * static_cast<double>(std::max(k, sample_stride));
}

std::vector<float> estimate_thresholds(const JoinRows& rows, unsigned threads) {
    const double expected =
        static_cast<double>(rows.limits().max_neighbours) / static_cast<double>(sample_stride);
    const auto rank = static_cast<std::size_t>(std::ceil(expected + 3.5 * std::sqrt(expected) + 1));
    const Kernels& loops = kernels();

    std::vector<SamplePanel> panels((rows.size() + block_rows * sample_stride - 1) /
                                    (block_rows * sample_stride));
    for_each_task(panels.size(), threads, [&](std::size_t i) {
        Numbers sample;
        const std::size_t begin = i * block_rows * sample_stride;
        sample.assign(rows, begin, std::min(rows.size(), begin + block_rows * sample_stride),
                      sample_stride);
        pack_panels(sample.values, rows.padded(), loops, panels[i].bytes);
        panels[i].positions = std::move(sample.positions);
    });

    std::vector<float> out(rows.size(), rows.limits().min_cosine);
    for_each_range(rows.size(), block_rows, threads, [&](ItemRange range) {
        thread_local Numbers own;
        thread_local Int8Tiles tiles;
        thread_local std::vector<std::int16_t> products;
        thread_local std::vector<Highest> highest(block_rows);
        own.assign(rows, range.begin, range.end, 1);
        tiles.pack(own.values, rows.padded(), loops);
        for (Highest& of_row : highest)
            of_row.clear();
        for (const SamplePanel& panel : panels) {
            if (!rows.may_meet(own.positions, panel.positions))
                continue;
            PairBlock block{};
            block.panels = panel.bytes.data();
            block.tiles = tiles.bytes.data();
            block.rows = static_cast<std::uint32_t>(own.positions.size());
            block.columns = static_cast<std::uint32_t>(panel.positions.size());
            block.groups = static_cast<std::uint32_t>(rows.padded() / loops.group);
            block.row_start = tiles.start.data();
            const std::size_t stride = (panel.positions.size() + loops.panel_columns - 1) /
                                       loops.panel_columns * loops.panel_columns;
            products.resize((own.positions.size() + loops.tile_rows) * stride);
            loops.multiply(block, products.data());
            for (std::size_t row = 0; row < own.positions.size(); ++row) {
                const std::int16_t* const of_row = products.data() + row * stride;
                for (std::size_t column = 0; column < panel.positions.size(); ++column)
                    if (of_row[column] > highest[row].above() &&
                        panel.positions[column] != own.positions[row] &&
                        rows.in_window(own.positions[row], panel.positions[column]))
                        highest[row].add(of_row[column], rank);
            }
        }
        for (std::size_t row = 0; row < own.positions.size(); ++row)
            if (const std::int16_t* const product = highest[row].at(rank))
                out[range.begin + row] = std::max(out[range.begin + row], rows.cosine_of(*product));
    });
    return out;
}

} // namespace fabula::detail
