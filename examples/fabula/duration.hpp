// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace program {

/// "90m", "72h", "3d", "2w", "45s", or "0"; \throws UsageError for anything else.
[[nodiscard]] std::chrono::seconds parse_duration(const std::string& text);

} // namespace program
