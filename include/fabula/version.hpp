// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The one source of the version: CMake reads these three lines.
#define FABULA_VERSION_MAJOR 0
#define FABULA_VERSION_MINOR 1
#define FABULA_VERSION_PATCH 0

#include <fabula/export.hpp>

namespace fabula::inline v0 {

/// The version of the library that is linked, "major.minor.patch".
[[nodiscard]] FABULA_EXPORT const char* version() noexcept;

} // namespace fabula::inline v0
