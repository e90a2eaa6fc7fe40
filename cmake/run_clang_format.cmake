# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)

# cmake -DMODE=format|format-check -DCLANG_FORMAT=<program> -DROOT=<top> -P run_clang_format.cmake
file(GLOB_RECURSE files
    "${ROOT}/include/*.hpp" "${ROOT}/lib/*.[ch]pp" "${ROOT}/examples/*.[ch]pp" "${ROOT}/tests/*.[ch]pp"
    "${ROOT}/models/*.[ch]pp")
if(MODE STREQUAL "format")
    execute_process(COMMAND ${CLANG_FORMAT} --style=file -i ${files} COMMAND_ERROR_IS_FATAL ANY)
    return()
endif()
# --dry-run also complains of namespaces whose comment it would write as it is.
foreach(file IN LISTS files)
    execute_process(COMMAND ${CLANG_FORMAT} --style=file "${file}" OUTPUT_VARIABLE formatted COMMAND_ERROR_IS_FATAL ANY)
    file(READ "${file}" given)
    if(NOT formatted STREQUAL given)
        list(APPEND others "${file}")
    endif()
endforeach()
if(others)
    list(JOIN others "\n  " others)
    message(FATAL_ERROR "not formatted as .clang-format says:\n  ${others}\n'cmake --build <folder> --target format' does it")
endif()
