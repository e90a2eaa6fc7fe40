// SPDX-License-Identifier: Apache-2.0
#include "neighbours/ivf/inverted_file.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <cmath>
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
    centres_ = find_centres(threads);
    probes_.resize(rows.size() * options_.probes);
    centres_.nearest(
        rows.size(), [&](std::size_t i) { return numbers(i); }, options_.probes, probes_, threads);
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

CellCentres InvertedFile::find_centres(unsigned threads) const {
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
        CellCentres(centres, padded)
            .nearest(
                sample.size(), [&](std::size_t i) { return numbers(sample[i]); }, 1, nearest,
                threads);
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
    return {centres, padded};
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
