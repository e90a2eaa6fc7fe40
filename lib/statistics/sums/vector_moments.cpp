// SPDX-License-Identifier: Apache-2.0
#include "statistics/sums/vector_moments.hpp"

#include "base/parallel.hpp"
#include "statistics/sums/fixed_point.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>
#include <vector>

namespace fabula::detail {

namespace {

// 2^11 products of at most 2^36 are a whole number below 2^53, and so exact as doubles, in whatever
// order and with whatever instructions they are summed up.
constexpr std::size_t rows_together = 2048;

/// Whole-numbered rows, one a vector that is not zero.
struct Rows {
    Eigen::MatrixXd rows; ///< dimension × vectors
    Eigen::VectorXd weights;
};

Rows rows_of(const EmbeddingMatrix& vectors, std::span<const std::uint32_t> members,
             std::span<const double> document_weights) {
    Rows out{Eigen::MatrixXd(static_cast<Eigen::Index>(vectors.dimension),
                             static_cast<Eigen::Index>(members.size())),
             Eigen::VectorXd(static_cast<Eigen::Index>(members.size()))};
    Eigen::Index used = 0;
    for (const std::uint32_t member : members) {
        const auto row = vectors.row(member);
        if (std::all_of(row.begin(), row.end(), [](float value) { return value == 0.0F; }))
            continue;
        std::transform(row.begin(), row.end(), out.rows.col(used).data(), component_in_units);
        out.weights[used++] = static_cast<double>(in_units(document_weights[member], weight_units));
    }
    out.rows.conservativeResize(Eigen::NoChange, used);
    out.weights.conservativeResize(used);
    return out;
}

} // namespace

VectorMoments::VectorMoments(std::size_t dimension)
    : sum_(Integers::Zero(static_cast<Eigen::Index>(dimension))),
      squares_(IntegerSquares::Zero(static_cast<Eigen::Index>(dimension),
                                    static_cast<Eigen::Index>(dimension))) {}

VectorMoments::VectorMoments(const EmbeddingMatrix& vectors, std::span<const std::uint32_t> members,
                             std::span<const double> document_weights, unsigned threads)
    : VectorMoments(vectors.dimension) {
    std::mutex mutex; // whichever part is ready first is added first
    for_each_range(members.size(), rows_together, threads, [&](ItemRange range) {
        const Rows part = rows_of(vectors, members.subspan(range.begin, range.end - range.begin),
                                  document_weights);
        if (part.rows.cols() == 0)
            return; // nothing but zeros, which Eigen does not multiply
        const Eigen::MatrixXd weighted = part.rows * part.weights.asDiagonal();
        Eigen::MatrixXd squares = Eigen::MatrixXd::Zero(part.rows.rows(), part.rows.rows());
        squares.triangularView<Eigen::Lower>() = weighted * part.rows.transpose();
        const VectorMoments moments(static_cast<std::uint64_t>(part.weights.sum()),
                                    weighted.rowwise().sum().cast<std::int64_t>(),
                                    squares.cast<std::int64_t>());
        const std::lock_guard lock(mutex);
        add(moments);
    });
}

VectorMoments::VectorMoments(std::span<const float> vector, double document_weight)
    : VectorMoments({1, vector.size(), std::vector<float>(vector.begin(), vector.end())},
                    std::array<std::uint32_t, 1>{0}, {&document_weight, 1}, 1) {}

VectorMoments::VectorMoments(std::uint64_t weight, Integers sum, IntegerSquares squares)
    : weight_(weight), sum_(std::move(sum)), squares_(std::move(squares)) {}

void VectorMoments::add(const VectorMoments& other) {
    if (dimension() == 0)
        *this = VectorMoments(other.dimension());
    weight_ += other.weight_;
    sum_ += other.sum_;
    squares_ += other.squares_;
}

void VectorMoments::subtract(const VectorMoments& other) {
    weight_ -= other.weight_;
    sum_ -= other.sum_;
    squares_ -= other.squares_;
}

double VectorMoments::count() const {
    return static_cast<double>(weight_) / weight_units;
}

Eigen::VectorXd VectorMoments::summed() const {
    return sum_.cast<double>() / (weight_units * component_units);
}

Eigen::MatrixXd VectorMoments::second_moments() const {
    const Eigen::MatrixXd lower =
        squares_.cast<double>() / (weight_units * component_units * component_units);
    return lower.selfadjointView<Eigen::Lower>();
}

bool operator==(const VectorMoments& a, const VectorMoments& b) {
    return a.weight_ == b.weight_ && a.dimension() == b.dimension() && a.sum_ == b.sum_ &&
           a.squares_ == b.squares_;
}

} // namespace fabula::detail
