# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)

# cmake -DROOT=<top> -DSHARED=<build folder of the shared library> -DWORK=<folder> -DCOMPILER=<id>-<version>
#       -DPROCESSOR=<machine> [-DUPDATE=ON] -P check_abi.cmake
# Compares the binary interface with tests/abi/fabula.abi, or writes that anew.
include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")
set(record "${ROOT}/tests/abi/fabula.abi")
if(NOT COMPILER MATCHES "^GNU-12\\." OR NOT PROCESSOR STREQUAL "x86_64")
    skip("the record is of g++ 12 on x86_64, and this is ${COMPILER} on ${PROCESSOR}")
endif()
need(abidw abigail-tools)
need(abidiff abigail-tools)
need(python3 python3)
file(GLOB library "${SHARED}/lib/libfabula.so.0")
if(NOT library)
    message(FATAL_ERROR "there is no library in ${SHARED}: ./check -R consumer.shared builds it")
endif()
file(MAKE_DIRECTORY "${WORK}")
set(now "${WORK}/fabula.abi")
if(UPDATE)
    set(now "${record}")
endif()
run("record the binary interface" COMMAND ${ABIDW} --headers-dir ${ROOT}/include --drop-private-types
    --exported-interfaces-only --no-show-locs --no-corpus-path --no-comp-dir-path --type-id-style hash
    --out-file ${now} ${library})
run("leave in it what a program can see" COMMAND ${PYTHON3} ${CMAKE_CURRENT_LIST_DIR}/reduce_abi.py ${now})
if(UPDATE)
    message("${record} is written anew; where abidiff says that something went away or changed, FABULA_ABI goes up")
    return()
endif()
execute_process(COMMAND ${ABIDIFF} ${record} ${now} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT result EQUAL 0)
    message("${output}")
    message(FATAL_ERROR "the binary interface is not that of ${record}. Where this is meant: docs/stability.md, and then "
        "cmake --build <build folder> --target abi_baseline")
endif()
message("the binary interface is that of ${record}")
