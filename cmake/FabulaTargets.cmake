# SPDX-License-Identifier: Apache-2.0

# What every target of this project is compiled with: fabula_build_settings(<target>).
function(fabula_build_settings target)
    target_compile_features(${target} PRIVATE cxx_std_20)
    set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)
    # A fused multiply-add rounds once instead of twice: results would differ from one machine type to the next.
    target_compile_options(${target} PRIVATE -ffp-contract=off)
    if(NOT FABULA_WARNINGS)
        return()
    endif()
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wold-style-cast -Wcast-align
        -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2 -Wimplicit-fallthrough -Wextra-semi -Wundef)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE -Wduplicated-cond -Wlogical-op)
        if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
            # Wrong about "literal" + std::string when it inlines (GCC bug 105651).
            target_compile_options(${target} PRIVATE -Wno-restrict)
        endif()
    endif()
    if(FABULA_WARNINGS_AS_ERRORS)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
endfunction()

# Adds a library source that is compiled for one instruction set beyond the baseline, for kernels that are picked
# at run time: fabula_kernel_source(kernel_v3.cpp x86-64-v3 [further options...]). Two sources that hold the same inline
# function or template leave the linker one copy of it, maybe the one that needs AVX. So such a file includes C headers,
# intrinsics, and headers of its own whose functions are all in an unnamed namespace; no Eigen and nothing of std::.
function(fabula_kernel_source file march)
    set(options "-march=${march}" ${ARGN})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        # Wrong about the intrinsics of AVX-512 (GCC bug 105593).
        list(APPEND options -Wno-maybe-uninitialized -Wno-uninitialized)
    endif()
    target_sources(fabula PRIVATE "${file}")
    set_source_files_properties("${file}" TARGET_DIRECTORY fabula PROPERTIES COMPILE_OPTIONS "${options}")
endfunction()
