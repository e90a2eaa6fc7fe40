// SPDX-License-Identifier: Apache-2.0
#include "neighbours/join/join_rows.hpp"

#include "base/parallel.hpp"
#include "neighbours/join/unit_rows.hpp"
#include "neighbours/kernels/dispatch.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

namespace fabula::detail {
namespace {

constexpr std::size_t rows_per_task = 4096;
/// Rows that the scale of int8 is chosen for.
constexpr std::size_t sample_rows = 1024;

/// Rows without a time first, then by time: near times meet in near blocks.
void sort_by_time(std::vector<std::uint32_t>& order, Times times) {
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return times[a] < times[b]; });
}

} // namespace

float pair_threshold(float a, float b) {
    return (std::clamp(a, lowest_row_threshold, highest_row_threshold) +
            std::clamp(b, lowest_row_threshold, highest_row_threshold)) /
           2;
}

std::vector<std::uint32_t> rows_of(std::size_t rows, std::span<const std::uint32_t> only) {
    std::vector<std::uint32_t> order(only.begin(), only.end());
    if (only.empty()) {
        order.resize(rows);
        std::iota(order.begin(), order.end(), 0U);
    }
    return order;
}

void check_row_thresholds(std::size_t rows, std::span<const float> row_thresholds) {
    if (row_thresholds.empty())
        return;
    if (row_thresholds.size() != rows)
        throw Error(Errc::bad_input, std::to_string(row_thresholds.size()) +
                                         " row thresholds were given for " + std::to_string(rows) +
                                         " rows; give one a row, or none");
    const auto nan = std::find_if(row_thresholds.begin(), row_thresholds.end(),
                                  [](float v) { return std::isnan(v); });
    if (nan != row_thresholds.end())
        throw Error(Errc::bad_input, "the threshold of row " +
                                         std::to_string(nan - row_thresholds.begin()) +
                                         " is not a number; a row without a threshold has -1");
}

JoinRows::JoinRows(const EmbeddingMatrix& vectors, const JoinLimits& limits, Times times,
                   std::span<const std::uint32_t> only, unsigned threads)
    : vectors_(vectors), limits_(limits), row_(rows_of(vectors.rows, only)) {
    const bool windowed = limits.time_window.count() > 0 && !times.empty();
    if (windowed)
        sort_by_time(row_, times);

    scale_.resize(row_.size());
    for_each_range(row_.size(), rows_per_task, threads, [&](ItemRange range) {
        for (std::size_t i = range.begin; i < range.end; ++i)
            scale_[i] = unit_scale(vectors.row(row_[i]));
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < row_.size(); ++i) {
        if (std::isnan(scale_[i]))
            throw_not_finite(vectors, row_[i]);
        if (scale_[i] != 0) {
            row_[kept] = row_[i];
            scale_[kept++] = scale_[i];
        }
    }
    row_.resize(kept);
    scale_.resize(kept);

    undated_ = kept;
    if (windowed) {
        undated_ = 0;
        times_.reserve(kept);
        for (const std::uint32_t row : row_) {
            times_.push_back(times[row].value_or(std::chrono::sys_seconds{}));
            undated_ += times[row] ? 0 : 1;
        }
    }

    std::vector<float> sample;
    for (std::size_t i = 0; i < std::min(kept, sample_rows); ++i) {
        sample.resize((i + 1) * dimension());
        unit(i * kept / std::min(kept, sample_rows), sample.data() + i * dimension());
    }
    int8_ = Int8Scale::best_for(sample, dimension());
    int8_thresholds_ = Int8Thresholds(int8_.scale, dimension());
}

std::vector<std::uint32_t> JoinRows::positions() const {
    std::vector<std::uint32_t> out(matrix_rows());
    for (std::size_t position = 0; position < size(); ++position)
        out[row_[position]] = static_cast<std::uint32_t>(position);
    return out;
}

void JoinRows::unit(std::size_t position, float* to) const {
    const float* const from = values(position);
    const double scale = scale_[position];
    for (std::size_t i = 0; i < dimension(); ++i)
        to[i] = unit_value(from[i], scale);
}

float JoinRows::cosine(const float* unit, std::size_t other) const {
    // The clamp also turns -0 and rounding past 1 into what callers expect of a cosine.
    return std::clamp(kernels().dot(unit, values(other), scale(other), dimension()) + 0.0F, -1.0F,
                      1.0F);
}

float JoinRows::quantize(std::size_t position, std::span<std::int8_t> numbers) const {
    thread_local std::vector<float> row;
    row.resize(dimension());
    unit(position, row.data());
    return int8_.quantize(row, numbers);
}

double JoinRows::mean_in_window() const {
    const std::size_t n = size();
    if (n == 0)
        return 0;
    double pairs = static_cast<double>(undated_) * static_cast<double>(n);
    std::size_t begin = undated_;
    std::size_t end = undated_;
    for (std::size_t i = undated_; i < n; ++i) {
        while (!in_window(begin, i))
            ++begin;
        while (end < n && in_window(i, end))
            ++end;
        pairs += static_cast<double>(undated_ + (end - begin));
    }
    return pairs / static_cast<double>(n);
}

std::int16_t JoinRows::common_threshold(std::size_t position, float slack) const {
    if (limits_.row_thresholds.empty())
        return std::numeric_limits<std::int16_t>::min();
    return int8_thresholds_.common(limits_.row_thresholds[row_[position]], slack);
}

std::int16_t JoinRows::slack_threshold(float slack) const {
    return int8_thresholds_.slack(slack);
}

std::int16_t JoinRows::nearest_threshold(float slack, float least) const {
    return int8_thresholds_.nearest(slack, least);
}

} // namespace fabula::detail
