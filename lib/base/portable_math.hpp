// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Exponential and logarithm with the same bits on every machine. Those of the C library differ:
/// each has its own, and glibc picks one by the processor it runs on. These are made of additions,
/// multiplications, divisions and changes of the exponent of doubles alone, which IEEE 754 defines
/// to the last bit. The square root it defines too: `std::sqrt` is fine.
///
/// Errors are below 1 ulp, those of `portable_log1p` below 2. What is no number, infinite or out of
/// range gives what `std::exp` and `std::log` give; no flag is raised and no `errno` set.
namespace fabula::detail {

[[nodiscard]] double portable_exp(double x) noexcept;
[[nodiscard]] double portable_log(double x) noexcept;
/// ln(1 + x), near 0 too.
[[nodiscard]] double portable_log1p(double x) noexcept;
/// base^exponent = exp(exponent × ln base) for base > 0; below 1 + 2 |exponent × ln base| ulp.
[[nodiscard]] double portable_pow(double base, double exponent) noexcept;

} // namespace fabula::detail
