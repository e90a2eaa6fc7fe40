// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <cstdlib>
#include <exception>

namespace fabula::training {

/// The exit status of a program: what goes wrong in `run` ends it with a sentence.
template <class Run>
int run_program(const char* name, const Run& run) {
    try {
        run();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", name, error.what());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

} // namespace fabula::training
