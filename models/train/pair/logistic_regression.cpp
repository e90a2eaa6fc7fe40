// SPDX-License-Identifier: Apache-2.0
#include "logistic_regression.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <optional>

namespace fabula::training {

namespace {

constexpr auto n = static_cast<Eigen::Index>(detail::pair_feature_count);
constexpr int rounds = 50;

using Held = std::array<std::optional<double>, detail::pair_feature_count>;

Eigen::VectorXd newton(std::span<const Example> examples, double ridge, const Held& held) {
    Eigen::VectorXd beta = Eigen::VectorXd::Zero(n);
    for (Eigen::Index i = 0; i < n; ++i)
        beta(i) = held[static_cast<std::size_t>(i)].value_or(0);
    for (int round = 0; round < rounds; ++round) {
        Eigen::VectorXd gradient = -ridge * beta;
        Eigen::MatrixXd hessian = ridge * Eigen::MatrixXd::Identity(n, n);
        gradient(0) = 0; // the bias is not shrunk
        hessian(0, 0) = 1e-9;
        for (const Example& example : examples) {
            const Eigen::Map<const Eigen::VectorXd> x(example.features.values.data(), n);
            const double p = 1.0 / (1.0 + std::exp(-beta.dot(x)));
            gradient += example.weight * ((example.same_story ? 1.0 : 0.0) - p) * x;
            hessian.selfadjointView<Eigen::Lower>().rankUpdate(x, example.weight * p * (1 - p));
        }
        hessian = hessian.selfadjointView<Eigen::Lower>();
        for (Eigen::Index i = 0; i < n; ++i)
            if (held[static_cast<std::size_t>(i)]) {
                gradient(i) = 0;
                hessian.row(i).setZero();
                hessian.col(i).setZero();
                hessian(i, i) = 1;
            }
        Eigen::VectorXd step = hessian.ldlt().solve(gradient);
        const double longest = step.cwiseAbs().maxCoeff();
        if (longest > 10) // far from the optimum Newton's step may overshoot
            step *= 10 / longest;
        beta += step;
        if (longest < 1e-9)
            break;
    }
    return beta;
}

} // namespace

Coefficients fit_logistic(std::span<const Example> examples, double ridge,
                          const AllBounds& bounds) {
    Held held;
    for (;;) {
        const Eigen::VectorXd beta = newton(examples, ridge, held);
        bool again = false;
        Coefficients out{};
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] =
                std::clamp(beta(static_cast<Eigen::Index>(i)), bounds[i].least, bounds[i].most);
            if (!held[i] && out[i] != beta(static_cast<Eigen::Index>(i))) {
                held[i] = out[i];
                again = true;
            }
        }
        if (!again)
            return out;
    }
}

} // namespace fabula::training
