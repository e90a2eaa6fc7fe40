// SPDX-License-Identifier: Apache-2.0

// Catch2 2 has its main() in the header; version 3 brings a library for it and this file is not
// compiled.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
