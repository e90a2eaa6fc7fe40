// SPDX-License-Identifier: Apache-2.0
#include "base/portable_math.hpp"
#include "support/catch.hpp"

#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <random>
#include <vector>

namespace {

using namespace fabula::detail;
using Limits = std::numeric_limits<double>;
using Wide = long double; // of 64 bits or more on the machines that have it

double uniform(std::mt19937_64& random, double low, double high) {
    return low + (high - low) * (static_cast<double>(random() >> 11U) * 0x1p-53);
}

/// Any positive number that is not infinite, all exponents alike.
double any_positive(std::mt19937_64& random) {
    return std::bit_cast<double>(random() % (std::uint64_t{0x7FF} << 52U) + 1);
}

/// The distance in units of the last place of the result, as wide as a subnormal's at the least.
double ulps(double got, Wide expected) {
    int exponent = 0;
    static_cast<void>(std::frexp(static_cast<double>(expected), &exponent));
    const Wide unit = std::ldexp(Wide{1}, std::max(exponent - 53, -1074));
    return static_cast<double>(std::abs(static_cast<Wide>(got) - expected) / unit);
}

/// The largest error of a function over arguments that `draw` gives.
double worst(const std::function<double(double)>& function,
             const std::function<Wide(Wide)>& reference,
             const std::function<double(std::mt19937_64&)>& draw) {
    std::mt19937_64 random(3);
    double most = 0;
    for (int i = 0; i < 200'000; ++i) {
        const double x = draw(random);
        most = std::max(most, ulps(function(x), reference(static_cast<Wide>(x))));
    }
    return most;
}

} // namespace

TEST_CASE("portable exponentials and logarithms err by less than they say") {
    const auto exp = [](Wide x) { return std::exp(x); };
    const auto log = [](Wide x) { return std::log(x); };
    const auto log1p = [](Wide x) { return std::log1p(x); };
    const auto between = [](double low, double high) {
        return [low, high](std::mt19937_64& random) { return uniform(random, low, high); };
    };
    CHECK(worst(portable_exp, exp, between(-1, 1)) < 1);
    CHECK(worst(portable_exp, exp, between(-40, 40)) < 1);
    CHECK(worst(portable_exp, exp, between(-745, 709.7)) < 1);
    CHECK(worst(portable_log, log, between(0.7, 1.5)) < 1);
    CHECK(worst(portable_log, log, between(0, 1e6)) < 1);
    CHECK(worst(portable_log, log, any_positive) < 1);
    CHECK(worst(portable_log1p, log1p, between(-0.9, 3)) < 2);
    CHECK(worst(portable_log1p, log1p, any_positive) < 2);

    std::mt19937_64 random(5);
    double most = 0;
    for (int i = 0; i < 200'000; ++i) {
        const double base = uniform(random, 0.001, 1000);
        const double exponent = uniform(random, -3, 3);
        const double error = ulps(portable_pow(base, exponent),
                                  std::pow(static_cast<Wide>(base), static_cast<Wide>(exponent)));
        most = std::max(most, error / (1 + 2 * std::abs(exponent * std::log(base))));
    }
    CHECK(most < 1);
}

TEST_CASE("portable functions have the limits of the standard ones") {
    const double infinity = Limits::infinity();
    CHECK(portable_exp(0) == 1);
    CHECK(portable_exp(infinity) == infinity);
    CHECK(portable_exp(709.8) == infinity);
    CHECK(portable_exp(Limits::max()) == infinity);
    CHECK(portable_exp(-infinity) == 0);
    CHECK(portable_exp(-746) == 0);
    CHECK(portable_exp(-745) == Limits::denorm_min());
    CHECK(std::isnan(portable_exp(Limits::quiet_NaN())));
    CHECK(portable_log(1) == 0);
    CHECK(portable_log(0.0) == -infinity);
    CHECK(portable_log(-0.0) == -infinity);
    CHECK(portable_log(infinity) == infinity);
    CHECK(portable_log(Limits::denorm_min()) == std::log(Limits::denorm_min()));
    CHECK(std::isnan(portable_log(-1)));
    CHECK(std::isnan(portable_log(-infinity)));
    CHECK(std::isnan(portable_log(Limits::quiet_NaN())));
    CHECK(portable_log1p(0) == 0);
    CHECK(portable_log1p(1e-300) == 1e-300);
    CHECK(portable_log1p(-1) == -infinity);
    CHECK(portable_log1p(infinity) == infinity);
    CHECK(std::isnan(portable_log1p(-2)));
    CHECK(portable_pow(7, 0) == 1);
    CHECK(portable_pow(1, 5) == 1);
}

TEST_CASE("portable functions give the same bits everywhere") {
    std::mt19937_64 random(11);
    std::vector<double> results;
    for (int i = 0; i < 100'000; ++i) {
        results.push_back(portable_exp(uniform(random, -745, 709)));
        results.push_back(portable_log(any_positive(random)));
        results.push_back(portable_log1p(uniform(random, -0.9, 100)));
        const double base = uniform(random, 0.001, 1000);
        results.push_back(portable_pow(base, uniform(random, -3, 3)));
    }
    // Of x86-64 and AArch64, with both compilers, with and without fused multiply-add.
    CHECK(XXH3_64bits(results.data(), results.size() * sizeof(double)) == 0xEFF4F60FE6301FDA);
}
