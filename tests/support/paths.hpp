// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>

/// Where tests find their files. The FABULA_TEST_* macros come from the target fabula_test_support.
namespace fabula::test {

/// The top of the source tree.
inline std::filesystem::path source_dir() {
    return FABULA_TEST_SOURCE_DIR;
}

/// The folder with default.fabula and language-id.ftz.
inline std::filesystem::path model_dir() {
    return source_dir() / "models";
}

/// The folder of the evaluation sets, which are not part of the project: the environment variable
/// FABULA_SHARED_DATA, or else what CMake was told. It may not exist; tests that need it say so and
/// return.
inline std::filesystem::path shared_data_dir() {
    if (const char* from_environment = std::getenv("FABULA_SHARED_DATA"))
        return from_environment;
    return FABULA_TEST_SHARED_DATA;
}

/// The command-line program; empty where it was not built.
inline std::filesystem::path program() {
    return FABULA_TEST_PROGRAM;
}

} // namespace fabula::test
