// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

namespace fabula::detail {

/// How many threads are started where nobody says how many: one for each processor that this
/// process may run on, but no more than its CPU quota lets run at once; at least 1. Found out at
/// the first call.
[[nodiscard]] unsigned default_threads();

/// The CPU time that the control groups of this process have by the clock, in processors, rounded
/// up: `cpu.max` of version 2, `cpu.cfs_quota_us` of version 1, the least of a group and those
/// that it is in. Nothing where it is not limited or not known. `root` is what /proc and /sys
/// stand in.
[[nodiscard]] std::optional<unsigned> cpu_quota(const std::filesystem::path& root = "/");

} // namespace fabula::detail
