// SPDX-License-Identifier: Apache-2.0
#include "neighbours/join/unit_rows.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace fabula::detail {
namespace {

/// A vector of unit length whose values are rounded to floats is off by less.
constexpr double rounding_of_unit = 0x1p-22;

} // namespace

double unit_scale(std::span<const float> row) {
    // In double, the square of any float is finite and not zero.
    double squares = 0;
    for (const float value : row)
        squares += static_cast<double>(value) * static_cast<double>(value);
    if (!std::isfinite(squares))
        return std::numeric_limits<double>::quiet_NaN();
    if (squares == 0)
        return 0;
    const double scale = 1 / std::sqrt(squares);
    return std::abs(scale - 1) < rounding_of_unit ? 1 : scale;
}

void throw_not_finite(const EmbeddingMatrix& vectors, std::size_t row) {
    const auto values = vectors.row(row);
    const auto bad =
        std::find_if(values.begin(), values.end(), [](float v) { return !std::isfinite(v); });
    throw Error(Errc::bad_input, "the vector in row " + std::to_string(row) +
                                     " is not finite at column " +
                                     std::to_string(bad - values.begin()) +
                                     "; give an article without a vector a row of zeros");
}

void check_sizes(const EmbeddingMatrix& vectors, std::size_t times) {
    if (vectors.rows >= std::numeric_limits<std::uint32_t>::max())
        throw Error(Errc::bad_input,
                    std::to_string(vectors.rows) + " rows are more than the 4294967294 that fit");
    // By division, as the product of two hostile sizes may wrap around.
    const bool fits = vectors.dimension == 0 || vectors.rows == 0
                          ? vectors.values.empty()
                          : vectors.values.size() % vectors.dimension == 0 &&
                                vectors.values.size() / vectors.dimension == vectors.rows;
    if (!fits)
        throw Error(Errc::bad_input, "a matrix of " + std::to_string(vectors.rows) + " rows and " +
                                         std::to_string(vectors.dimension) + " columns holds " +
                                         std::to_string(vectors.values.size()) + " values");
    if (times != 0 && times != vectors.rows)
        throw Error(Errc::bad_input, std::to_string(times) + " times were given for " +
                                         std::to_string(vectors.rows) +
                                         " rows; give one a row, or none");
}

} // namespace fabula::detail
