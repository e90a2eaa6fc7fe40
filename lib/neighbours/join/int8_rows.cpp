// SPDX-License-Identifier: Apache-2.0
#include "neighbours/join/int8_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace fabula::detail {
namespace {

constexpr int most = 127;
constexpr int most_of_two = 128;
constexpr int most_squares = 32767;

int nearest_number(float value, double scale) {
    const double scaled = static_cast<double>(value) * scale;
    // A unit vector's value is at most about 1, and the scale below 181: this fits an int.
    return std::clamp(static_cast<int>(scaled + (scaled < 0 ? -0.5 : 0.5)), -most, most);
}

int towards_zero(int number, int steps) {
    return number < 0 ? number + steps : number - steps;
}

/// Takes what is too much from the larger one first.
void keep_rule_of_two(int& a, int& b) {
    while (std::abs(a) + std::abs(b) > most_of_two) {
        int& larger = std::abs(a) >= std::abs(b) ? a : b;
        larger = towards_zero(larger, 1);
    }
}

void keep_rule_of_squares(std::span<std::int8_t> numbers) {
    int squares = 0;
    for (const std::int8_t number : numbers)
        squares += number * number;
    while (squares > most_squares) {
        auto& largest =
            *std::max_element(numbers.begin(), numbers.end(), [](std::int8_t a, std::int8_t b) {
                return std::abs(int{a}) < std::abs(int{b});
            });
        squares -= largest * largest;
        largest = static_cast<std::int8_t>(towards_zero(largest, 1));
        squares += largest * largest;
    }
}

} // namespace

float Int8Scale::quantize(std::span<const float> unit, std::span<std::int8_t> numbers) const {
    std::fill(numbers.begin() + static_cast<std::ptrdiff_t>(unit.size()), numbers.end(),
              std::int8_t{0});
    for (std::size_t i = 0; i < unit.size(); i += 2) {
        int first = nearest_number(unit[i], scale);
        int second = i + 1 < unit.size() ? nearest_number(unit[i + 1], scale) : 0;
        keep_rule_of_two(first, second);
        numbers[i] = static_cast<std::int8_t>(first);
        if (i + 1 < unit.size())
            numbers[i + 1] = static_cast<std::int8_t>(second);
    }
    keep_rule_of_squares(numbers);
    double squares = 0;
    for (std::size_t i = 0; i < unit.size(); ++i) {
        const double error = static_cast<double>(unit[i]) - numbers[i] / scale;
        squares += error * error;
    }
    // The parts in a million cover the rounding here and of "length 1".
    const double length = std::sqrt(squares) * (1 + 1e-6);
    return static_cast<float>((length + length * length / 2) * (1 + 1e-6) + 1e-7);
}

Int8Scale Int8Scale::best_for(std::span<const float> units, std::size_t dimension) {
    // 180² + rounding stays below 32767. Few or uneven columns need less, or they are cut off.
    constexpr std::array scales{180.0, 165.0, 150.0, 135.0, 120.0, 105.0, 90.0, 75.0, 60.0};
    Int8Scale best;
    double least = 0;
    std::vector<std::int8_t> numbers(padded(dimension));
    for (const double scale : scales) {
        double slack = 0;
        for (std::size_t at = 0; at + dimension <= units.size() && dimension > 0; at += dimension)
            slack += static_cast<double>(
                Int8Scale{scale}.quantize(units.subspan(at, dimension), numbers));
        if (scale == scales.front() || slack < least) {
            best.scale = scale;
            least = slack;
        }
    }
    return best;
}

void Int8Tiles::pack(std::span<const std::int8_t> numbers, std::size_t padded,
                     const Kernels& kernels) {
    const std::size_t rows = numbers.size() / padded;
    const std::size_t tile_rows = kernels.tile_rows;
    const std::size_t whole = (rows + tile_rows - 1) / tile_rows * tile_rows;
    const std::size_t groups = padded / kernels.group;
    bytes.resize(whole * groups * 4);
    start.assign(whole, 0);
    for (std::size_t row = 0; row < whole; ++row) {
        std::int8_t* to =
            bytes.data() + (row / tile_rows * tile_rows * groups + row % tile_rows) * 4;
        if (row >= rows) {
            for (std::size_t g = 0; g < groups; ++g, to += 4 * tile_rows)
                std::fill_n(to, 4, std::int8_t{0});
            continue;
        }
        const std::int8_t* from = numbers.data() + row * padded;
        int sum = 0;
        for (std::size_t i = 0; i < padded; ++i)
            sum += from[i];
        // Groups are of four numbers, or of two, which stand there twice.
        for (std::size_t g = 0; g < groups; ++g, from += kernels.group, to += 4 * tile_rows) {
            std::memcpy(to, from, 2);
            std::memcpy(to + 2, from + kernels.group - 2, 2);
        }
        start[row] = -128 * sum;
    }
}

void pack_panels(std::span<const std::int8_t> numbers, std::size_t padded, const Kernels& kernels,
                 std::vector<std::uint8_t>& bytes) {
    const std::size_t rows = numbers.size() / padded;
    const std::size_t width = kernels.panel_columns;
    bytes.assign((rows + width - 1) / width * width * padded, empty_panel_byte);
    for (std::size_t row = 0; row < rows; ++row)
        pack_panel_row(numbers.subspan(row * padded, padded), row, kernels, bytes);
}

void pack_panel_row(std::span<const std::int8_t> numbers, std::size_t row, const Kernels& kernels,
                    std::span<std::uint8_t> bytes) {
    const std::size_t padded = numbers.size();
    const std::size_t width = kernels.panel_columns;
    const std::size_t group = kernels.group;
    std::uint8_t* to = bytes.data() + row / width * width * padded + row % width * group;
    for (std::size_t column = 0; column < padded; column += group, to += width * group)
        for (std::size_t k = 0; k < group; ++k)
            to[k] = static_cast<std::uint8_t>(numbers[column + k] + empty_panel_byte);
}

} // namespace fabula::detail
