// SPDX-License-Identifier: Apache-2.0
#include "similarity/unit_rows.hpp"

#include "similarity/dot.hpp"

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

float UnitRows::cosine(std::size_t a, std::size_t b) const {
    // The clamp also turns -0 and rounding past 1 into what callers expect of a cosine.
    return std::clamp(dot(at(a), at(b), dimension) + 0.0F, -1.0F, 1.0F);
}

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

UnitRows unit_rows(const EmbeddingMatrix& vectors, std::span<const std::uint32_t> order) {
    UnitRows result;
    result.dimension = vectors.dimension;
    result.row.reserve(order.size());
    result.values.reserve(order.size() * vectors.dimension);
    for (const std::uint32_t row : order) {
        const auto values = vectors.row(row);
        const double scale = unit_scale(values);
        if (std::isnan(scale))
            throw_not_finite(vectors, row);
        if (scale == 0)
            continue;
        result.row.push_back(row);
        for (const float value : values)
            result.values.push_back(unit_value(value, scale));
    }
    return result;
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
