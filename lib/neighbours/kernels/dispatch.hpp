// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/kernels/kernels.hpp"

#include <optional>
#include <string_view>

namespace fabula::detail {

/// Instruction sets that the inner loops are compiled for, from least to most. The results are the
/// same bits; only the time differs.
enum class KernelLevel {
    baseline, ///< what every processor of the architecture has: on x86-64, SSE2
    v3,       ///< x86-64-v3: AVX2
    v4,       ///< x86-64-v4: AVX-512
    v4_vnni,  ///< and its byte products
};

/// "baseline", "v3", "v4", "v4-vnni".
[[nodiscard]] std::string_view to_string(KernelLevel level) noexcept;

/// None for any other name.
[[nodiscard]] std::optional<KernelLevel> kernel_level_named(std::string_view name) noexcept;

/// The most that this processor has.
[[nodiscard]] KernelLevel highest_kernel_level() noexcept;

/// The level in use: the highest, or less where the environment variable FABULA_KERNEL asks for
/// less (by the names above; it is read once, and anything else is not heeded) or a test does.
[[nodiscard]] KernelLevel kernel_level() noexcept;

/// Takes another level from now on, for tests: at most the highest; none = as at the start. Not
/// while a search runs.
void use_kernel_level(std::optional<KernelLevel> level) noexcept;

/// The loops of `kernel_level()`.
[[nodiscard]] const Kernels& kernels() noexcept;

/// Those of another level, which the processor must have.
[[nodiscard]] const Kernels& kernels(KernelLevel level) noexcept;

} // namespace fabula::detail
