// SPDX-License-Identifier: Apache-2.0
#include "neighbours/ivf/cell_centres.hpp"

#include "base/parallel.hpp"
#include "neighbours/join/int8_rows.hpp"
#include "neighbours/kernels/dispatch.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

namespace fabula::detail {
namespace {

constexpr std::size_t rows_per_task = 256;

/// The places of the `count` highest scores, ties to the lower place: the highest first, the others
/// in no certain order.
class Highest {
public:
    void of(std::span<const std::int16_t> scores, std::span<std::uint16_t> to) {
        const std::size_t count = to.size();
        take_maxima(scores);
        // As many groups as are asked for have a score of at least this.
        std::int16_t threshold = std::numeric_limits<std::int16_t>::min();
        if (maxima_.size() >= count) {
            by_height_ = maxima_;
            const auto last = by_height_.begin() + static_cast<std::ptrdiff_t>(count - 1);
            std::nth_element(by_height_.begin(), last, by_height_.end(), std::greater<>());
            threshold = *last;
        }
        keys_.clear();
        for (std::size_t at = 0; at < maxima_.size(); ++at) {
            if (maxima_[at] < threshold)
                continue;
            const std::size_t end = std::min(scores.size(), (at + 1) * group);
            for (std::size_t i = at * group; i < end; ++i)
                if (scores[i] >= threshold)
                    keys_.push_back(static_cast<std::uint32_t>(32767 - scores[i]) << 16U |
                                    static_cast<std::uint32_t>(i));
        }
        const auto last = keys_.begin() + static_cast<std::ptrdiff_t>(count - 1);
        std::nth_element(keys_.begin(), last, keys_.end());
        std::iter_swap(keys_.begin(), std::min_element(keys_.begin(), last + 1));
        for (std::size_t i = 0; i < count; ++i)
            to[i] = static_cast<std::uint16_t>(keys_[i] & 0xFFFFU);
    }

private:
    static constexpr std::size_t group = 32;

    void take_maxima(std::span<const std::int16_t> scores) {
        maxima_.resize((scores.size() + group - 1) / group);
        for (std::size_t at = 0; at < maxima_.size(); ++at) {
            const auto some =
                scores.subspan(at * group, std::min(group, scores.size() - at * group));
            std::array<std::int16_t, group / 4> highest;
            highest.fill(std::numeric_limits<std::int16_t>::min());
            if (some.size() == group) {
                for (std::size_t i = 0; i < group; i += highest.size())
                    for (std::size_t lane = 0; lane < highest.size(); ++lane)
                        highest[lane] = std::max(highest[lane], some[i + lane]);
            } else {
                highest[0] = *std::max_element(some.begin(), some.end());
            }
            maxima_[at] = *std::max_element(highest.begin(), highest.end());
        }
    }

    std::vector<std::int16_t> maxima_, by_height_; ///< of groups of scores
    std::vector<std::uint32_t> keys_;
};

struct Workspace {
    std::vector<std::int8_t> numbers;
    Int8Tiles tiles;
    std::vector<std::int16_t> scores;
    Highest highest;
};

} // namespace

CellCentres::CellCentres(std::span<const std::int8_t> numbers, std::size_t padded)
    : cells_(numbers.size() / padded), padded_(padded) {
    pack_panels(numbers, padded, kernels(), panels_);
}

void CellCentres::nearest(std::size_t rows,
                          const std::function<std::span<const std::int8_t>(std::size_t)>& numbers,
                          std::size_t count, std::span<std::uint16_t> to, unsigned threads) const {
    const Kernels& loops = kernels();
    const std::size_t stride = panels_.size() / padded_;
    tbb::enumerable_thread_specific<Workspace> workspaces;
    for_each_range(rows, rows_per_task, threads, [&](ItemRange range) {
        Workspace& workspace = workspaces.local();
        workspace.numbers.clear();
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const auto row = numbers(i);
            workspace.numbers.insert(workspace.numbers.end(), row.begin(), row.end());
        }
        workspace.tiles.pack(workspace.numbers, padded_, loops);
        workspace.scores.resize(workspace.tiles.start.size() * stride);
        PairBlock block{};
        block.panels = panels_.data();
        block.tiles = workspace.tiles.bytes.data();
        block.rows = static_cast<std::uint32_t>(range.end - range.begin);
        block.columns = static_cast<std::uint32_t>(cells_);
        block.groups = static_cast<std::uint32_t>(padded_ / loops.group);
        block.row_start = workspace.tiles.start.data();
        loops.multiply(block, workspace.scores.data());
        for (std::size_t i = range.begin; i < range.end; ++i)
            workspace.highest.of(std::span<const std::int16_t>(workspace.scores)
                                     .subspan((i - range.begin) * stride, cells_),
                                 to.subspan(i * count, count));
    });
}

} // namespace fabula::detail
