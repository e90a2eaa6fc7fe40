// SPDX-License-Identifier: Apache-2.0
#include "similarity/exact_join.hpp"

#include "text/parallel.hpp"
#include "similarity/block_match.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <numeric>

namespace fabula::detail {
namespace {

/// Blocks whose pairs are found before earlier ones may go.
constexpr std::size_t stage_blocks = 32;
/// Blocks that one task matches with one: each stays in a core's second cache next to it.
constexpr std::size_t task_blocks = 32;

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
            for (; end < blocks_.size() && oldest_ < end && !in_reach(oldest_, end); ++oldest_)
                blocks_[oldest_].panels = {};
        }
        for (BlockMatch& hand : hands_)
            sink_.take(hand.local);
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

    /// Whether blocks a <= b have any pair in the window. Dated rows are in the order of time.
    [[nodiscard]] bool in_reach(std::size_t a, std::size_t b) const {
        return a == b || begin(a) < rows_.undated() || rows_.in_window(end(a) - 1, begin(b));
    }

    void fill(std::size_t first, std::size_t last) {
        for_each_task(last - first, threads_, [&](std::size_t i) {
            Block& block = blocks_[first + i];
            std::vector<std::uint32_t> positions(end(first + i) - begin(first + i));
            std::iota(positions.begin(), positions.end(),
                      static_cast<std::uint32_t>(begin(first + i)));
            std::vector<float> slack(positions.size());
            block.numbers.resize(positions.size() * rows_.padded());
            const std::span numbers(block.numbers);
            for (std::size_t row = 0; row < positions.size(); ++row)
                slack[row] = rows_.quantize(positions[row],
                                            numbers.subspan(row * rows_.padded(), rows_.padded()));
            block.panels.assign(rows_, positions, slack, numbers);
        });
    }

    void match(std::size_t first, std::size_t last) {
        std::vector<Task> tasks;
        for (std::size_t b = first; b < last; ++b)
            for (std::size_t a = 0; a <= b; ++a) {
                if (!in_reach(a, b))
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
            BlockMatch& hand = hands_.local();
            hand.set_tiles(rows_, tiles.panels.positions, tiles.panels.slack, tiles.numbers);
            for (std::size_t a = task.begin; a < task.end; ++a)
                hand.match(rows_, blocks_[a].panels, 0, end(a) - begin(a), sink_,
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
    tbb::enumerable_thread_specific<BlockMatch> hands_;
};

} // namespace

void join_exactly(const JoinRows& rows, PairSink& sink, unsigned threads) {
    ExactJoin(rows, sink, threads).run();
}

} // namespace fabula::detail
