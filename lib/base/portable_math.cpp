// SPDX-License-Identifier: Apache-2.0
#include "base/portable_math.hpp"

#include <bit>
#include <cfloat>
#include <cstdint>
#include <initializer_list>
#include <limits>

namespace fabula::detail {
namespace {

using Limits = std::numeric_limits<double>;
static_assert(Limits::is_iec559 && FLT_EVAL_METHOD == 0,
              "results would differ: this library needs doubles as IEEE 754 has them");

// ln 2 = high + low. `high` has 32 bits: its product with an exponent is exact.
constexpr double ln2_high = 0x1.62e42feep-1;
constexpr double ln2_low = 0x1.a39ef35793c76p-33;
constexpr double one_over_ln2 = 0x1.71547652b82fep0;
constexpr double sqrt2 = 0x1.6a09e667f3bcdp0;

constexpr int mantissa_bits = 52;
constexpr int bias = 1023;

// 2^exponent, where it is a normal number.
double power_of_two(int exponent) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + bias) << mantissa_bits);
}

} // namespace

// e^x = 2^k e^r, |r| ≤ ln 2 / 2. Of e^r = 1 + 2 r / (r coth(r / 2) - r) the even function
// r coth(r / 2) is a short series in r², with the Bernoulli numbers in its coefficients.
double portable_exp(double x) noexcept {
    if (!(x < 709.8)) // or no number
        return x > 709.79 ? Limits::infinity() : x;
    if (x < -745.2)
        return 0;
    // Rounded to the nearest whole number: 2^52 × 1.5 leaves no room for a fraction.
    constexpr double rounder = 0x1.8p52;
    const double k = (x * one_over_ln2 + rounder) - rounder;
    const double high = x - k * ln2_high;
    const double low = k * ln2_low;
    const double r = high - low;
    const double z = r * r;
    const double w = z * z; // two sums side by side take half the time of one
    const double series =
        z * (1.0 / 6 + w * (1.0 / 15120 + w * (1.0 / 23950080 + w * (1.0 / 37362124800)))) +
        w * (-1.0 / 360 + w * (-1.0 / 604800 + w * (-691.0 / 653837184000)));
    // With c = r - series: e^r = 1 + r + r c / (2 - c), the largest part added last.
    const double c = r - series;
    const double result = 1 + (high - (low - r * c / (2 - c)));
    const int exponent = static_cast<int>(k);
    if (exponent > bias)
        return result * 2 * power_of_two(exponent - 1);
    if (exponent < 1 - bias)
        return result * power_of_two(exponent + 128) * 0x1p-128;
    return result * power_of_two(exponent);
}

// ln x = k ln 2 + ln(1 + f), √½ ≤ 1 + f < √2. With s = f / (2 + f), ln(1 + f) = 2 artanh s =
// 2 s + s × (2/3 s² + 2/5 s⁴ + ...) = f - (f²/2 - s × (f²/2 + series)).
double portable_log(double x) noexcept {
    if (!(x > 0))
        return x == 0 ? -Limits::infinity() : Limits::quiet_NaN();
    if (!(x < Limits::infinity()))
        return x;
    int k = 0;
    if (x < Limits::min()) {
        x *= 0x1p54;
        k = -54;
    }
    const auto bits = std::bit_cast<std::uint64_t>(x);
    k += static_cast<int>(bits >> mantissa_bits) - bias;
    auto m = std::bit_cast<double>((bits & ((std::uint64_t{1} << mantissa_bits) - 1)) |
                                   (std::uint64_t{bias} << mantissa_bits));
    if (m > sqrt2) {
        m *= 0.5;
        ++k;
    }
    const double f = m - 1;
    const double s = f / (2 + f);
    const double z = s * s;
    const double w = z * z;
    double odd = 0;
    for (const double term : {2.0 / 23, 2.0 / 19, 2.0 / 15, 2.0 / 11, 2.0 / 7, 2.0 / 3})
        odd = term + w * odd;
    double even = 0;
    for (const double term : {2.0 / 25, 2.0 / 21, 2.0 / 17, 2.0 / 13, 2.0 / 9, 2.0 / 5})
        even = term + w * even;
    const double series = z * odd + w * even;
    const double half_square = 0.5 * f * f;
    const double n = k;
    return n * ln2_high - ((half_square - (s * (half_square + series) + n * ln2_low)) - f);
}

double portable_log1p(double x) noexcept {
    const double u = 1 + x;
    // What the sum has lost of x counts 1 / u as much.
    if (!(u > 0) || !(u < Limits::infinity()))
        return portable_log(u);
    return u == 1 ? x : portable_log(u) + (x - (u - 1)) / u;
}

double portable_pow(double base, double exponent) noexcept {
    return portable_exp(exponent * portable_log(base));
}

} // namespace fabula::detail
