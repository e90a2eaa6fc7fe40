// SPDX-License-Identifier: Apache-2.0
#include "neighbours/kernels/dispatch.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>

#if defined(__x86_64__)
#define FABULA_X86_KERNELS 1
#else
#define FABULA_X86_KERNELS 0
#endif

namespace fabula::detail {
namespace {

/// All that the compiler may use in a source that is compiled for the level.
KernelLevel ask_processor() {
#if FABULA_X86_KERNELS
    __builtin_cpu_init();
#if defined(__clang__)
    // Clang 14 knows the levels by their parts alone.
    const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                    __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512vl");
#else
    const bool v3 = __builtin_cpu_supports("x86-64-v3") != 0;
    const bool v4 = __builtin_cpu_supports("x86-64-v4") != 0;
#endif
    if (v4)
        return __builtin_cpu_supports("avx512vnni") ? KernelLevel::v4_vnni : KernelLevel::v4;
    if (v3)
        return KernelLevel::v3;
#endif
    return KernelLevel::baseline;
}

KernelLevel level_at_start() {
    static const KernelLevel level = [] {
        const char* const wish = std::getenv("FABULA_KERNEL");
        const auto named = wish == nullptr ? std::nullopt : kernel_level_named(wish);
        return std::min(named.value_or(highest_kernel_level()), highest_kernel_level());
    }();
    return level;
}

constexpr int as_at_start = -1;
std::atomic<int> chosen{as_at_start};

} // namespace

std::string_view to_string(KernelLevel level) noexcept {
    switch (level) {
    case KernelLevel::baseline:
        return "baseline";
    case KernelLevel::v3:
        return "v3";
    case KernelLevel::v4:
        return "v4";
    case KernelLevel::v4_vnni:
        return "v4-vnni";
    }
    return "baseline";
}

std::optional<KernelLevel> kernel_level_named(std::string_view name) noexcept {
    for (const KernelLevel level :
         {KernelLevel::baseline, KernelLevel::v3, KernelLevel::v4, KernelLevel::v4_vnni})
        if (to_string(level) == name)
            return level;
    return std::nullopt;
}

KernelLevel highest_kernel_level() noexcept {
    static const KernelLevel level = ask_processor();
    return level;
}

KernelLevel kernel_level() noexcept {
    const int level = chosen.load(std::memory_order_relaxed);
    return level == as_at_start ? level_at_start() : static_cast<KernelLevel>(level);
}

void use_kernel_level(std::optional<KernelLevel> level) noexcept {
    chosen.store(level ? static_cast<int>(std::min(*level, highest_kernel_level())) : as_at_start,
                 std::memory_order_relaxed);
}

const Kernels& kernels() noexcept {
    return kernels(kernel_level());
}

const Kernels& kernels([[maybe_unused]] KernelLevel level) noexcept {
#if FABULA_X86_KERNELS
    switch (level) {
    case KernelLevel::baseline:
        return baseline_kernels;
    case KernelLevel::v3:
        return v3_kernels;
    case KernelLevel::v4:
        return v4_kernels;
    case KernelLevel::v4_vnni:
        return v4_vnni_kernels;
    }
#endif
    return baseline_kernels;
}

} // namespace fabula::detail
