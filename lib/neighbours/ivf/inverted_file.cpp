// SPDX-License-Identifier: Apache-2.0
#include "neighbours/ivf/inverted_file.hpp"

#include "base/parallel.hpp"
#include "neighbours/join/int8_rows.hpp"
#include "neighbours/kernels/dispatch.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace fabula::detail {
namespace {

constexpr std::size_t rows_per_task = 256;
constexpr std::size_t sample_per_cell = 32;
constexpr std::size_t most_lists = 16384;
constexpr int iterations = 6;

/// Begins of parts, from how many there are in each.
void to_begins(std::vector<std::size_t>& counts) {
    std::exclusive_scan(counts.begin(), counts.end(), counts.begin(), std::size_t{0});
}

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

} // namespace

IndexOptions IndexOptions::for_rows(std::size_t rows) {
    IndexOptions options;
    options.cells = std::clamp<std::size_t>(
        static_cast<std::size_t>(4 * std::sqrt(static_cast<double>(rows))), 1, most_lists);
    options.probes = std::min<std::size_t>(options.cells, 32);
    return options;
}

InvertedFile::InvertedFile(const JoinRows& rows, const IndexOptions& options, unsigned threads)
    : rows_(rows), options_(options) {
    options_.cells =
        std::clamp<std::size_t>(options_.cells, 1, std::max<std::size_t>(1, rows.size()));
    options_.probes = std::clamp<std::size_t>(options_.probes, 1, options_.cells);
    quantize(threads);
    const std::vector<std::int8_t> centres = find_centres(threads);
    std::vector<std::uint32_t> all(rows.size());
    std::iota(all.begin(), all.end(), 0U);
    probes_.resize(rows.size() * options_.probes);
    score(all, centres, threads, [&](std::size_t i, std::span<const std::int16_t> scores) {
        thread_local Highest highest;
        highest.of(scores, std::span(probes_).subspan(i * options_.probes, options_.probes));
    });
    sort_into_lists();
}

bool InvertedFile::seeks(std::size_t position, std::size_t cell) const {
    const auto first = probes_.begin() + static_cast<std::ptrdiff_t>(position * options_.probes);
    const auto last = first + static_cast<std::ptrdiff_t>(options_.probes);
    return std::find(first, last, static_cast<std::uint16_t>(cell)) != last;
}

void InvertedFile::quantize(unsigned threads) {
    const std::size_t padded = rows_.padded();
    numbers_.resize(rows_.size() * padded);
    slack_.resize(rows_.size());
    for_each_range(rows_.size(), rows_per_task, threads, [&](ItemRange range) {
        for (std::size_t i = range.begin; i < range.end; ++i)
            slack_[i] = rows_.quantize(i, std::span(numbers_).subspan(i * padded, padded));
    });
}

template <class Each>
void InvertedFile::score(std::span<const std::uint32_t> positions,
                         std::span<const std::int8_t> centres, unsigned threads,
                         const Each& each) const {
    struct Workspace {
        std::vector<std::int8_t> numbers;
        Int8Tiles tiles;
        std::vector<std::int16_t> scores;
    };
    const Kernels& loops = kernels();
    const std::size_t padded = rows_.padded();
    std::vector<std::uint8_t> panels;
    pack_panels(centres, padded, loops, panels);
    const std::size_t stride = panels.size() / padded;
    tbb::enumerable_thread_specific<Workspace> workspaces;
    for_each_range(positions.size(), rows_per_task, threads, [&](ItemRange range) {
        Workspace& workspace = workspaces.local();
        const std::size_t count = range.end - range.begin;
        workspace.numbers.clear();
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const auto row = numbers(positions[i]);
            workspace.numbers.insert(workspace.numbers.end(), row.begin(), row.end());
        }
        workspace.tiles.pack(workspace.numbers, padded, loops);
        workspace.scores.resize(workspace.tiles.start.size() * stride);
        PairBlock block{};
        block.panels = panels.data();
        block.tiles = workspace.tiles.bytes.data();
        block.rows = static_cast<std::uint32_t>(count);
        block.columns = static_cast<std::uint32_t>(options_.cells);
        block.groups = static_cast<std::uint32_t>(padded / loops.group);
        block.row_start = workspace.tiles.start.data();
        loops.multiply(block, workspace.scores.data());
        for (std::size_t i = 0; i < count; ++i)
            each(range.begin + i, std::span<const std::int16_t>(workspace.scores)
                                      .subspan(i * stride, options_.cells));
    });
}

std::vector<std::int8_t> InvertedFile::find_centres(unsigned threads) const {
    const std::size_t cells = options_.cells;
    const std::size_t dimension = rows_.dimension();
    const std::size_t padded = rows_.padded();
    std::vector<std::uint32_t> sample(std::min(rows_.size(), cells * sample_per_cell));
    for (std::size_t i = 0; i < sample.size(); ++i)
        sample[i] = static_cast<std::uint32_t>(i * rows_.size() / sample.size());

    std::vector<std::int8_t> centres(cells * padded);
    for (std::size_t cell = 0; cell < cells && !sample.empty(); ++cell) {
        const auto row = numbers(sample[cell * sample.size() / cells]);
        std::copy(row.begin(), row.end(),
                  centres.begin() + static_cast<std::ptrdiff_t>(cell * padded));
    }
    std::vector<std::uint16_t> nearest(sample.size());
    for (int iteration = 0; iteration < iterations; ++iteration) {
        score(sample, centres, threads, [&](std::size_t i, std::span<const std::int16_t> scores) {
            thread_local Highest highest;
            highest.of(scores, std::span(nearest).subspan(i, 1));
        });
        std::vector<std::size_t> begin(cells + 1);
        for (const std::uint16_t cell : nearest)
            ++begin[cell];
        to_begins(begin);
        std::vector<std::uint32_t> by_list(sample.size());
        {
            std::vector<std::size_t> next(begin);
            for (std::size_t i = 0; i < sample.size(); ++i)
                by_list[next[nearest[i]]++] = sample[i];
        }
        for_each_task(cells, threads, [&](std::size_t cell) {
            std::vector<double> sums(dimension);
            std::vector<float> row(dimension);
            for (std::size_t i = begin[cell]; i < begin[cell + 1]; ++i) {
                rows_.unit(by_list[i], row.data());
                for (std::size_t column = 0; column < dimension; ++column)
                    sums[column] += static_cast<double>(row[column]);
            }
            double squares = 0;
            for (const double sum : sums)
                squares += sum * sum;
            if (squares == 0)
                return; // no member: the centre stays
            for (std::size_t column = 0; column < dimension; ++column)
                row[column] = static_cast<float>(sums[column] / std::sqrt(squares));
            rows_.quantize_unit(row, std::span(centres).subspan(cell * padded, padded));
        });
    }
    return centres;
}

void InvertedFile::sort_into_lists() {
    member_begin_.assign(options_.cells + 1, 0);
    query_begin_.assign(options_.cells + 1, 0);
    for (std::size_t i = 0; i < rows_.size(); ++i)
        ++member_begin_[cell_of(i)];
    for (const std::uint16_t cell : probes_)
        ++query_begin_[cell];
    to_begins(member_begin_);
    to_begins(query_begin_);
    members_.resize(rows_.size());
    queries_.resize(probes_.size());
    Offsets next_member(member_begin_);
    Offsets next_query(query_begin_);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        members_[next_member[cell_of(i)]++] = static_cast<std::uint32_t>(i);
        for (std::size_t probe = 0; probe < options_.probes; ++probe)
            queries_[next_query[probes_[i * options_.probes + probe]]++] =
                static_cast<std::uint32_t>(i);
    }
}

} // namespace fabula::detail
