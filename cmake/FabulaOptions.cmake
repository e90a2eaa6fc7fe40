# SPDX-License-Identifier: Apache-2.0

if(PROJECT_IS_TOP_LEVEL)
    option(BUILD_SHARED_LIBS "Build fabula as a shared library" OFF)
endif()
option(FABULA_BUILD_PROGRAM "Build the command-line program" ${PROJECT_IS_TOP_LEVEL})
option(FABULA_BUILD_EXAMPLES "Build the example programs" ${PROJECT_IS_TOP_LEVEL})
option(FABULA_BUILD_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(FABULA_BUILD_TRAINING "Build the programs that train the models" OFF)
option(FABULA_BUILD_BENCHMARKS "Build the benchmarks" OFF)
option(FABULA_BUILD_FUZZERS "Build the fuzzers of tests/fuzz/ (clang)" OFF)
set(FABULA_BUILD_PYTHON OFF CACHE STRING "Build the Python package: ON, OFF, or AUTO where Python is there")
set_property(CACHE FABULA_BUILD_PYTHON PROPERTY STRINGS ON OFF AUTO)
option(FABULA_INSTALL "Add the install rules" ${PROJECT_IS_TOP_LEVEL})
option(FABULA_WARNINGS "Compile with the project's own set of compiler warnings" ${PROJECT_IS_TOP_LEVEL})
option(FABULA_WARNINGS_AS_ERRORS "Treat compiler warnings as errors" OFF)

option(FABULA_TEST_CONSUMERS "Test that other projects can use the installed package and the source tree" ON)

set(FABULA_SHARED_DATA "${PROJECT_SOURCE_DIR}/../shared/data" CACHE PATH
    "Folder of the evaluation sets; tests that need them are skipped where it does not exist")
# The last place where Model::bundled() looks. Packagers set it empty to keep build paths out of the binary.
set(FABULA_SOURCE_MODEL_DIR "${PROJECT_SOURCE_DIR}/models" CACHE STRING
    "Folder of the models for programs that run from the build tree")

if(NOT PROJECT_IS_TOP_LEVEL)
    return()
endif()

get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
if(NOT multi_config AND NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# The tests build the library several times over; a compiler cache makes that cheap.
if(NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(FABULA_CCACHE ccache)
    mark_as_advanced(FABULA_CCACHE)
    if(FABULA_CCACHE)
        set(CMAKE_CXX_COMPILER_LAUNCHER "${FABULA_CCACHE}")
    endif()
endif()
