# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)

# cmake -DMODE=format|format-check -DCLANG_FORMAT=<program> -DROOT=<top> -P run_clang_format.cmake
file(GLOB_RECURSE files
    "${ROOT}/include/*.hpp" "${ROOT}/lib/*.[ch]pp" "${ROOT}/examples/*.[ch]pp" "${ROOT}/tests/*.[ch]pp"
    "${ROOT}/models/*.[ch]pp")
set(options -i)
if(MODE STREQUAL "format-check")
    set(options --dry-run --Werror)
endif()
execute_process(COMMAND ${CLANG_FORMAT} --style=file ${options} ${files} RESULT_VARIABLE result)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "not formatted as .clang-format says; 'cmake --build <folder> --target format' does it")
endif()
