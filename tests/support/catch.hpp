// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Catch2, whichever major version CMake found: Debian 12 has 2.13, later systems have 3.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx; // where version 2 has it: as Approx in the global namespace
#else
#include <catch2/catch.hpp>

namespace Catch::Matchers {
/// Version 3's name; its Contains() is about ranges.
// NOLINTNEXTLINE(readability-identifier-naming)
inline auto ContainsSubstring(const std::string& text) {
    return Contains(text);
}
} // namespace Catch::Matchers
#endif

/// Ends a test case whose files are not there; version 3 brings it and counts such cases apart.
#ifndef SKIP
#define SKIP(reason)                                                                               \
    do {                                                                                           \
        WARN("skipped: " << reason); /* NOLINT(bugprone-macro-parentheses): a stream */            \
        return;                                                                                    \
    } while (false)
#endif
