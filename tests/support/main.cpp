// SPDX-License-Identifier: Apache-2.0

// Our own main() with both versions of Catch2: libfasttext.so exports one, which the linker prefers
// to that of a static library such as Catch2WithMain.
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>

int main(int argc, char** argv) {
    return Catch::Session().run(argc, argv);
}
#else
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif
