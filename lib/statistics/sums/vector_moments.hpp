// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/embedding.hpp>

#include <Eigen/Core>

#include <cstdint>
#include <span>

namespace fabula::detail {

/// Sum and second moments of unit vectors, each by its document weight, as exact integers (see
/// fixed_point.hpp): the same for any order and any parts that are added up. Zero vectors count for
/// nothing. There is room for `most_weight`, whatever the vectors are.
class VectorMoments {
public:
    using Integers = Eigen::Matrix<std::int64_t, Eigen::Dynamic, 1>;
    using IntegerSquares = Eigen::Matrix<std::int64_t, Eigen::Dynamic, Eigen::Dynamic>;

    VectorMoments() = default;
    explicit VectorMoments(std::size_t dimension);
    /// Those of the `members` among the rows. `threads` = 0: one a core.
    VectorMoments(const EmbeddingMatrix& vectors, std::span<const std::uint32_t> members,
                  std::span<const double> document_weights, unsigned threads);
    /// Those of one vector.
    VectorMoments(std::span<const float> vector, double document_weight);
    /// Puts them together again, see the members below; `squares` is the lower triangle.
    VectorMoments(std::uint64_t weight, Integers sum, IntegerSquares squares);

    /// An empty one, of no dimension, takes the dimension of the other.
    void add(const VectorMoments& other);
    void subtract(const VectorMoments& other);

    [[nodiscard]] std::size_t dimension() const { return static_cast<std::size_t>(sum_.size()); }
    /// In `weight_units`.
    [[nodiscard]] std::uint64_t weight() const { return weight_; }
    /// In `weight_units` × `component_units`.
    [[nodiscard]] const Integers& sum() const { return sum_; }
    /// The lower triangle, in `weight_units` × `component_units`²; above it are zeros.
    [[nodiscard]] const IntegerSquares& squares() const { return squares_; }

    /// Stories.
    [[nodiscard]] double count() const;
    /// Σ weight × vector.
    [[nodiscard]] Eigen::VectorXd summed() const;
    /// Σ weight × vector × vectorᵀ.
    [[nodiscard]] Eigen::MatrixXd second_moments() const;

    friend bool operator==(const VectorMoments& a, const VectorMoments& b);

private:
    std::uint64_t weight_{};
    Integers sum_;
    IntegerSquares squares_;
};

} // namespace fabula::detail
