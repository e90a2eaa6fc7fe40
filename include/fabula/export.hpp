// SPDX-License-Identifier: Apache-2.0
#pragma once

/// What leaves the shared library: everything that is not marked stays inside. Who links a static
/// library has FABULA_STATIC defined (the CMake target sees to that), so that nothing of it leaves
/// the program or library that it becomes part of.
///
/// All names are in the inline namespace `v0`: write `fabula::Article`. The number changes with the
/// binary interface, so that objects of two versions meet at the linker and not at run time.
#ifdef FABULA_STATIC
#define FABULA_EXPORT
#else
#define FABULA_EXPORT __attribute__((visibility("default")))
#endif
