// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Principal components about the origin: the few directions that hold most of the squared length
/// of many vectors. The origin stays where it is, so that cosines keep their meaning.
///
/// All sums run in one fixed order, so the same vectors give the same axes, bit for bit, for any
/// number of threads and on any machine; a linear algebra library would not promise that.
namespace fabula::detail {

/// Sum of x xᵀ over rows x.
class SecondMoments {
public:
    explicit SecondMoments(std::size_t dimension);

    /// `rows`: a whole number of rows of `dimension` values. `threads` as in `for_each_task`.
    void add(std::span<const float> rows, unsigned threads);

    [[nodiscard]] std::size_t dimension() const noexcept { return dimension_; }
    /// dimension × dimension, symmetric.
    [[nodiscard]] std::vector<double> matrix() const;

private:
    std::size_t dimension_;
    std::vector<double> upper_; ///< dimension × dimension; only from the diagonal to the right
};

/// From vectors of `from` values to vectors of `to`.
struct Projection {
    std::size_t from{};
    std::size_t to{};
    std::vector<float> axes; ///< from × to: columns of unit length at right angles, strongest first
    /// Share of the squared length of the rows that the axes hold, 0–1; 1 where all rows are zero.
    double kept{1};

    /// `in` has `from` values, `out` gets `to`.
    void apply(const float* in, float* out) const;
};

/// The `dimension` strongest axes. An axis points to where its largest value is positive.
[[nodiscard]] Projection principal_axes(const SecondMoments& moments, std::size_t dimension);

} // namespace fabula::detail
