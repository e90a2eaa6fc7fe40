// SPDX-License-Identifier: Apache-2.0
#include "whitening.hpp"

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

namespace fabula::training {

namespace {

constexpr std::size_t block_rows = 4096;

} // namespace

PartialWhitening::PartialWhitening(std::span<const float> vectors, std::size_t dimension,
                                   double strength)
    : dimension_(dimension), map_(dimension * dimension) {
    const auto d = static_cast<Eigen::Index>(dimension);
    Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(d, d);
    const std::size_t rows = vectors.size() / dimension;
    for (std::size_t begin = 0; begin < rows; begin += block_rows) {
        const auto count = static_cast<Eigen::Index>(std::min(block_rows, rows - begin));
        const Eigen::MatrixXd block =
            Eigen::Map<const Eigen::MatrixXf>(vectors.data() + begin * dimension, d, count)
                .cast<double>();
        covariance.noalias() += block * block.transpose();
    }
    covariance /= static_cast<double>(std::max<std::size_t>(rows, 1));
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(covariance);
    // A direction without any text in it has no say, and must not become infinite.
    const double least = std::max(solver.eigenvalues().maxCoeff() * 1e-6, 1e-30);
    const Eigen::VectorXd powers =
        solver.eigenvalues().cwiseMax(least).array().pow(-strength).matrix();
    const Eigen::MatrixXd map =
        solver.eigenvectors() * powers.asDiagonal() * solver.eigenvectors().transpose();
    Eigen::Map<Eigen::MatrixXf>(map_.data(), d, d) = map.cast<float>();
}

void PartialWhitening::apply(std::span<float> rows) const {
    const auto d = static_cast<Eigen::Index>(dimension_);
    const Eigen::Map<const Eigen::MatrixXf> map(map_.data(), d, d);
    const std::size_t count = rows.size() / dimension_;
    tbb::parallel_for(std::size_t{0}, (count + block_rows - 1) / block_rows, [&](std::size_t b) {
        const std::size_t begin = b * block_rows;
        Eigen::Map<Eigen::MatrixXf> block(
            rows.data() + begin * dimension_, d,
            static_cast<Eigen::Index>(std::min(block_rows, count - begin)));
        block = (map * block).eval();
    });
}

} // namespace fabula::training
