// SPDX-License-Identifier: Apache-2.0
#include "model/build/principal_axes.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fabula::detail {
namespace {

// Jacobi's eigenvalue method by cyclic sweeps (Golub, Van Loan: Matrix Computations, 8.5): turns
// `a` into a diagonal matrix; the rows of `v` become the eigenvectors.
void diagonalise(std::vector<double>& a, std::vector<double>& v, std::size_t n) {
    v.assign(n * n, 0);
    for (std::size_t i = 0; i < n; ++i)
        v[i * n + i] = 1;
    double all = 0;
    for (const double value : a)
        all += value * value;
    constexpr int most_sweeps = 60; // a dozen do for thousands of dimensions
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
        double off = 0;
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = i + 1; j < n; ++j)
                off += a[i * n + j] * a[i * n + j];
        if (off <= 1e-26 * all)
            break;
        for (std::size_t p = 0; p < n; ++p)
            for (std::size_t q = p + 1; q < n; ++q) {
                const double apq = a[p * n + q];
                const double app = a[p * n + p];
                const double aqq = a[q * n + q];
                if (std::abs(apq) <= 1e-18 * std::sqrt(std::abs(app * aqq)))
                    continue;
                const double tau = (aqq - app) / (2 * apq);
                const double t = (tau >= 0 ? 1 : -1) / (std::abs(tau) + std::sqrt(1 + tau * tau));
                const double c = 1 / std::sqrt(1 + t * t);
                const double s = t * c;
                const auto turn = [&](double* row_p, double* row_q) {
                    for (std::size_t k = 0; k < n; ++k) {
                        const double x = row_p[k];
                        const double y = row_q[k];
                        row_p[k] = c * x - s * y;
                        row_q[k] = s * x + c * y;
                    }
                };
                double* const row_p = a.data() + p * n;
                double* const row_q = a.data() + q * n;
                turn(row_p, row_q);
                row_p[p] = app - t * apq;
                row_q[q] = aqq + t * apq;
                row_p[q] = row_q[p] = 0;
                // The matrix is symmetric: its columns p and q are these rows.
                for (std::size_t k = 0; k < n; ++k) {
                    a[k * n + p] = row_p[k];
                    a[k * n + q] = row_q[k];
                }
                turn(v.data() + p * n, v.data() + q * n);
            }
    }
}

} // namespace

SecondMoments::SecondMoments(std::size_t dimension)
    : dimension_(dimension), upper_(dimension * dimension) {}

void SecondMoments::add(std::span<const float> rows, unsigned threads) {
    const std::size_t count = rows.size() / dimension_;
    constexpr std::size_t lines = 16; // of the matrix, for one task: its sums stay in the cache
    for_each_range(dimension_, lines, threads, [&](ItemRange range) {
        for (std::size_t r = 0; r < count; ++r) {
            const float* const row = rows.data() + r * dimension_;
            for (std::size_t i = range.begin; i < range.end; ++i) {
                const double factor = row[i];
                double* const sums = upper_.data() + i * dimension_;
                for (std::size_t j = i; j < dimension_; ++j)
                    sums[j] += factor * static_cast<double>(row[j]);
            }
        }
    });
}

std::vector<double> SecondMoments::matrix() const {
    std::vector<double> full = upper_;
    for (std::size_t i = 0; i < dimension_; ++i)
        for (std::size_t j = 0; j < i; ++j)
            full[i * dimension_ + j] = full[j * dimension_ + i];
    return full;
}

void Projection::apply(const float* in, float* out) const {
    std::fill(out, out + to, 0.0F);
    for (std::size_t i = 0; i < from; ++i)
        for (std::size_t j = 0; j < to; ++j)
            out[j] += in[i] * axes[i * to + j];
}

Projection principal_axes(const SecondMoments& moments, std::size_t dimension) {
    const std::size_t n = moments.dimension();
    std::vector<double> matrix = moments.matrix();
    std::vector<double> vectors;
    diagonalise(matrix, vectors, n);
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto strength = [&](std::size_t i) { return matrix[i * n + i]; };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return strength(a) > strength(b); });

    Projection result;
    result.from = n;
    result.to = dimension;
    result.axes.resize(n * dimension);
    double kept = 0;
    double all = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double squared = std::max(0.0, strength(order[i]));
        all += squared;
        if (i >= dimension)
            continue;
        kept += squared;
        const double* const axis = vectors.data() + order[i] * n;
        const double* const largest = std::max_element(
            axis, axis + n, [](double a, double b) { return std::abs(a) < std::abs(b); });
        for (std::size_t j = 0; j < n; ++j)
            result.axes[j * dimension + i] = static_cast<float>(*largest < 0 ? -axis[j] : axis[j]);
    }
    if (all > 0)
        result.kept = kept / all;
    return result;
}

} // namespace fabula::detail
