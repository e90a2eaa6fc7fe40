// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time_window.hpp"
#include "neighbours/join/int8_rows.hpp"
#include "neighbours/join/int8_thresholds.hpp"

#include <fabula/embedding.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace fabula::detail {

/// What makes two rows a candidate pair.
struct JoinLimits {
    float min_cosine{};
    std::size_t max_neighbours{}; ///< 0 = no limit
    std::chrono::seconds time_window{};
    std::span<const float> row_thresholds; ///< empty, or one a row of the matrix
    /// Pairs are numbered by 32 bits, here and in what is made of them.
    std::size_t most_pairs{std::numeric_limits<std::uint32_t>::max()};
};

/// Row thresholds stay within these, so that thresholds fit the kernels' integers.
constexpr float lowest_row_threshold = -1;
constexpr float highest_row_threshold = 2;

/// The least cosine of a pair of rows with these thresholds, the same for either order.
[[nodiscard]] float pair_threshold(float a, float b);

/// The rows of `only`, or all.
[[nodiscard]] std::vector<std::uint32_t> rows_of(std::size_t rows,
                                                 std::span<const std::uint32_t> only);

/// \throws Error(bad_input) where row thresholds are neither none nor one a row, or one is NaN.
void check_row_thresholds(std::size_t rows, std::span<const float> row_thresholds);

/// The rows that take part in a join, by position: where there is a time window, rows without a
/// time first, then in the order of time; else as they come. No vector is copied: unit vectors are
/// made from the matrix where they are needed. 12 bytes a row, 8 more with a window.
class JoinRows {
public:
    /// The matrix, times and thresholds must outlive this.
    /// \throws Error(bad_input) for a value that is not finite.
    JoinRows(const EmbeddingMatrix& vectors, const JoinLimits& limits, Times times,
             std::span<const std::uint32_t> only, unsigned threads);

    [[nodiscard]] std::size_t size() const { return row_.size(); }
    [[nodiscard]] std::size_t dimension() const { return vectors_.dimension; }
    [[nodiscard]] std::size_t padded() const { return Int8Scale::padded(dimension()); }
    [[nodiscard]] std::size_t matrix_rows() const { return vectors_.rows; }
    [[nodiscard]] std::uint32_t row(std::size_t position) const { return row_[position]; }
    /// The position of each row of the matrix; what stands for a row without one means nothing.
    [[nodiscard]] std::vector<std::uint32_t> positions() const;
    [[nodiscard]] const JoinLimits& limits() const { return limits_; }

    [[nodiscard]] const float* values(std::size_t position) const {
        return vectors_.row(row_[position]).data();
    }
    void prefetch(std::size_t position) const {
        constexpr std::size_t line = 64 / sizeof(float);
        const float* const row = values(position);
        for (std::size_t i = 0; i < dimension(); i += line)
            __builtin_prefetch(row + i);
    }
    [[nodiscard]] double scale(std::size_t position) const { return scale_[position]; }
    void unit(std::size_t position, float* to) const;
    /// Of a row's `unit` and another row.
    [[nodiscard]] float cosine(const float* unit, std::size_t other) const;
    /// Returns slack; `numbers` has room for `padded()`.
    float quantize(std::size_t position, std::span<std::int8_t> numbers) const;

    float quantize_unit(std::span<const float> unit, std::span<std::int8_t> numbers) const {
        return int8_.quantize(unit, numbers);
    }

    /// Of two rows with this product of their numbers, up to their slack.
    [[nodiscard]] float cosine_of(std::int16_t product) const {
        return int8_thresholds_.cosine_of(product);
    }

    /// Positions before it have no time, and are within the window of all; all where there is no
    /// window.
    [[nodiscard]] std::size_t undated() const { return undated_; }
    [[nodiscard]] bool in_window(std::size_t i, std::size_t j) const {
        return i < undated_ || j < undated_ ||
               within_window(times_[i], times_[j], limits_.time_window);
    }
    /// Whether two runs of positions, [first, last] each, may have a pair in the window. Dated rows
    /// are in the order of time: nearest are the end of one run and the beginning of the other.
    [[nodiscard]] bool may_meet(std::size_t first, std::size_t last, std::size_t other_first,
                                std::size_t other_last) const {
        return (first <= other_last && other_first <= last) || first < undated_ ||
               other_first < undated_ ||
               (last < other_first ? in_window(last, other_first) : in_window(other_last, first));
    }
    /// The same of positions that ascend.
    [[nodiscard]] bool may_meet(std::span<const std::uint32_t> some,
                                std::span<const std::uint32_t> others) const {
        return may_meet(some.front(), some.back(), others.front(), others.back());
    }
    /// How many rows are within the window of a row, on average, itself among them.
    [[nodiscard]] double mean_in_window() const;

    /// Whether the pair's thresholds admit this cosine.
    [[nodiscard]] bool admits(std::size_t i, std::size_t j, float cosine) const {
        return cosine >= limits_.min_cosine &&
               (limits_.row_thresholds.empty() ||
                cosine >= pair_threshold(limits_.row_thresholds[row_[i]],
                                         limits_.row_thresholds[row_[j]]));
    }

    /// The thresholds of `PairBlock` for a row with this slack. `nearest` is for a row that wants
    /// no cosine below `least` for itself.
    [[nodiscard]] std::int16_t common_threshold(std::size_t position, float slack) const;
    [[nodiscard]] std::int16_t slack_threshold(float slack) const;
    [[nodiscard]] std::int16_t nearest_threshold(float slack, float least) const;

private:
    const EmbeddingMatrix& vectors_;
    JoinLimits limits_;
    std::vector<std::uint32_t> row_;
    std::vector<double> scale_;
    std::vector<std::chrono::sys_seconds> times_; ///< one a position where there is a window
    std::size_t undated_{};
    Int8Scale int8_;
    Int8Thresholds int8_thresholds_;
};

} // namespace fabula::detail
