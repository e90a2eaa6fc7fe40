// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Catch2, whichever major version CMake found: Debian 12 has 2.13, later systems have 3.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx; // where version 2 has it: as Approx in the global namespace
#else
#include <catch2/catch.hpp>
#endif
