// SPDX-License-Identifier: Apache-2.0
#include <fabula/version.hpp>

// Two steps: the arguments of # and ## are not expanded.
#define FABULA_TEXT(value) #value
#define FABULA_DOTTED(major, minor, patch)                                                         \
    FABULA_TEXT(major) "." FABULA_TEXT(minor) "." FABULA_TEXT(patch)

namespace fabula::inline v0 {

const char* version() noexcept {
    return FABULA_DOTTED(FABULA_VERSION_MAJOR, FABULA_VERSION_MINOR, FABULA_VERSION_PATCH);
}

} // namespace fabula::inline v0
