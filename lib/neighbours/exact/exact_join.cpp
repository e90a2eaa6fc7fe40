// SPDX-License-Identifier: Apache-2.0
#include "neighbours/exact/exact_join.hpp"

#include "base/parallel.hpp"
#include "neighbours/exact/threshold_estimate.hpp"
#include "neighbours/join/block_match.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace fabula::detail {
namespace {

/// Blocks whose pairs are found before earlier ones may go.
constexpr std::size_t stage_blocks = 32;
/// Blocks that one task matches with one: each stays in a core's second cache next to it.
constexpr std::size_t task_blocks = 32;

std::vector<std::uint32_t> from_to(std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> positions(end - begin);
    std::iota(positions.begin(), positions.end(), static_cast<std::uint32_t>(begin));
    return positions;
}

/// Some rows as int8.
struct Numbers {
    std::vector<std::uint32_t> positions;
    std::vector<float> slack;
    std::vector<std::int8_t> values;

    Numbers(const JoinRows& rows, std::vector<std::uint32_t> of)
        : positions(std::move(of)), slack(positions.size()),
          values(positions.size() * rows.padded()) {
        for (std::size_t row = 0; row < positions.size(); ++row)
            slack[row] = rows.quantize(
                positions[row], std::span(values).subspan(row * rows.padded(), rows.padded()));
    }
};

class ExactJoin {
public:
    ExactJoin(const JoinRows& rows, PairSink& sink, unsigned threads)
        : rows_(rows), sink_(sink), threads_(threads),
          blocks_((rows.size() + block_rows - 1) / block_rows),
          oldest_((rows.undated() + block_rows - 1) / block_rows) {}

    void run() {
        for (std::size_t begin = 0; begin < blocks_.size(); begin += stage_blocks) {
            const std::size_t end = std::min(blocks_.size(), begin + stage_blocks);
            fill(begin, end);
            match(begin, end);
            for (; end < blocks_.size() && oldest_ < end && !may_meet(oldest_, end); ++oldest_)
                blocks_[oldest_].panels = {};
        }
        for (BlockMatch& workspace : workspaces_)
            sink_.take(workspace.local);
    }

private:
    struct Block {
        PanelSide panels;
        std::vector<std::int8_t> numbers; ///< while the block is of the stage
    };
    struct Task {
        std::size_t block, begin, end;
    };

    [[nodiscard]] static std::size_t begin(std::size_t block) { return block * block_rows; }
    [[nodiscard]] std::size_t end(std::size_t block) const {
        return std::min((block + 1) * block_rows, rows_.size());
    }

    /// Whether blocks a <= b have any pair in the window.
    [[nodiscard]] bool may_meet(std::size_t a, std::size_t b) const {
        return rows_.may_meet(begin(a), end(a) - 1, begin(b), end(b) - 1);
    }

    void fill(std::size_t first, std::size_t last) {
        for_each_task(last - first, threads_, [&](std::size_t i) {
            Block& block = blocks_[first + i];
            Numbers numbers(rows_, from_to(begin(first + i), end(first + i)));
            block.panels.assign(rows_, numbers.positions, numbers.slack, numbers.values);
            block.numbers = std::move(numbers.values);
        });
    }

    void match(std::size_t first, std::size_t last) {
        std::vector<Task> tasks;
        for (std::size_t b = first; b < last; ++b)
            for (std::size_t a = 0; a <= b; ++a) {
                if (!may_meet(a, b))
                    continue;
                if (!tasks.empty() && tasks.back().block == b && tasks.back().end == a &&
                    a - tasks.back().begin < task_blocks)
                    ++tasks.back().end;
                else
                    tasks.push_back({b, a, a + 1});
            }
        for_each_task(tasks.size(), threads_, [&](std::size_t i) {
            const Task& task = tasks[i];
            const Block& tiles = blocks_[task.block];
            BlockMatch& workspace = workspaces_.local();
            workspace.set_tiles(rows_, tiles.panels.positions, tiles.panels.slack, tiles.numbers);
            for (std::size_t a = task.begin; a < task.end; ++a)
                workspace.match(rows_, blocks_[a].panels, 0, end(a) - begin(a), sink_,
                                [&](std::size_t x, std::size_t y) {
                                    return (a != task.block || y < x) && rows_.in_window(x, y);
                                });
        });
        for (std::size_t b = first; b < last; ++b)
            std::vector<std::int8_t>().swap(blocks_[b].numbers);
    }

    const JoinRows& rows_;
    PairSink& sink_;
    unsigned threads_;
    std::vector<Block> blocks_;
    std::size_t oldest_; ///< the first block of dated rows alone that is not yet out of reach
    tbb::enumerable_thread_specific<BlockMatch> workspaces_;
};

} // namespace

namespace {

/// All pairs of these rows, which ascend, with any.
void join_some(const JoinRows& rows, std::span<const std::uint32_t> positions, PairSink& sink,
               unsigned threads) {
    std::vector<Numbers> tiles;
    for (std::size_t i = 0; i < positions.size(); i += block_rows) {
        const auto some = positions.subspan(i, std::min(block_rows, positions.size() - i));
        tiles.emplace_back(rows, std::vector<std::uint32_t>(some.begin(), some.end()));
    }
    tbb::enumerable_thread_specific<BlockMatch> workspaces;
    for_each_range(rows.size(), block_rows, threads, [&](ItemRange range) {
        const Numbers block(rows, from_to(range.begin, range.end));
        PanelSide panels;
        panels.assign(rows, block.positions, block.slack, block.values);
        BlockMatch& workspace = workspaces.local();
        for (const Numbers& some : tiles) {
            if (!rows.may_meet(some.positions, block.positions))
                continue;
            workspace.set_tiles(rows, some.positions, some.slack, some.values);
            workspace.match(
                rows, panels, 0, block.positions.size(), sink, [&](std::size_t x, std::size_t y) {
                    // A pair of two such rows is met twice.
                    return x != y && rows.in_window(x, y) &&
                           (x < y || !std::binary_search(positions.begin(), positions.end(), y));
                });
        }
    });
    for (BlockMatch& workspace : workspaces)
        sink.take(workspace.local);
}

} // namespace

void join_exactly(const JoinRows& rows, PairSink& sink, unsigned threads) {
    const bool looks_first = needs_threshold_estimate(rows);
    if (looks_first)
        sink.begin_at(estimate_thresholds(rows, threads));
    ExactJoin(rows, sink, threads).run();
    if (!looks_first)
        return;
    if (const std::vector<std::uint32_t> rest = sink.short_rows(threads); !rest.empty()) {
        sink.begin_again(rest);
        join_some(rows, rest, sink, threads);
    }
}

} // namespace fabula::detail
