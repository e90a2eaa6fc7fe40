# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)

# cmake -DROOT=<top> -DPREFIX=<an installed tree> -DWORK=<folder> -DVERSION=<x.y.z> -DCXX=<c++> -DCC=<cc>
#       [-DMODEL=<file>] [-DMOVED=ON] -P pkg_config.cmake
# Builds and runs a stranger's program in C++ and one in C11 with nothing but compilers and what pkg-config says. MODEL: for
# a static library, which does not know where it was installed. MOVED: the tree was installed for /usr and is elsewhere.
include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")
need(pkg-config pkg-config)
file(GLOB_RECURSE file "${PREFIX}/fabula.pc")
get_filename_component(folder "${file}" DIRECTORY)
set(ENV{PKG_CONFIG_PATH} "${folder}")
if(MOVED)
    list(APPEND PKG_CONFIG "--define-variable=prefix=${PREFIX}")
endif()
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")

run("pkg-config --modversion" COMMAND ${PKG_CONFIG} --modversion fabula)
if(NOT output STREQUAL "${VERSION}\n")
    message(FATAL_ERROR "fabula.pc has the version ${output}")
endif()
run("pkg-config --validate" COMMAND ${PKG_CONFIG} --validate fabula)
run("pkg-config --variable=modeldir" COMMAND ${PKG_CONFIG} --variable=modeldir fabula)
string(STRIP "${output}" models)
if(NOT EXISTS "${models}/default.fabula")
    message(FATAL_ERROR "modeldir of fabula.pc is ${models}, where no default.fabula is")
endif()
run("pkg-config --cflags --libs" COMMAND ${PKG_CONFIG} --cflags --libs fabula)
message("${output}")
separate_arguments(flags UNIX_COMMAND "${output}")

run("compile a program in C++" COMMAND ${CXX} -std=c++20 -Wall -Werror -fvisibility=hidden
    ${ROOT}/tests/consumer/main.cpp -o ${WORK}/stranger ${flags})
run("compile a program in C" COMMAND ${CC} -std=c11 -pedantic -Wall -Wextra -Werror
    ${ROOT}/examples/from_c.c -o ${WORK}/from_c ${flags})
# Strangers say where their libraries are in many ways; the folder of the library is told in the shortest.
run("pkg-config --variable=libdir" COMMAND ${PKG_CONFIG} --variable=libdir fabula)
string(STRIP "${output}" libraries)
set(environment --unset=FABULA_MODEL LD_LIBRARY_PATH=${libraries})
if(MODEL)
    set(environment FABULA_MODEL=${MODEL})
endif()
run("run the program in C++" COMMAND ${CMAKE_COMMAND} -E env ${environment} ${WORK}/stranger)
if(NOT output MATCHES "^fabula ${VERSION}: 2 stories of 3 articles\n$")
    message(FATAL_ERROR "not the expected output: ${output}")
endif()
run("run the program in C" COMMAND ${CMAKE_COMMAND} -E env ${environment}
    ${WORK}/from_c ${ROOT}/examples/data/articles.jsonl)
if(NOT output MATCHES "75 articles, [0-9]+ stories")
    message(FATAL_ERROR "not the expected output: ${output}")
endif()
