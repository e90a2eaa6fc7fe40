// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace fabula::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif

/// A size for a long test: sanitizers make it ten times slower, and find no more in more of the
/// same.
constexpr std::size_t size_or(std::size_t usual, std::size_t under_sanitizer) {
    return sanitized ? under_sanitizer : usual;
}

} // namespace fabula::test
