# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)

# cmake -DROOT=<top> -DBUILD=<build folder> -DWORK=<folder> -DVERSION=<x.y.z> -DGENERATOR=<generator> -DCOMPILER=<c++>
#       -DLAUNCHER=<ccache or empty> -P build_source.cmake
# Makes the source tarball, unpacks it where no git is, and builds the shared library and the program from it as packages
# have them: WORK/fabula-<version>/build/shared. Other tests go on from there.
include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")
set(source "${WORK}/fabula-${VERSION}")
run("make the source tarball" COMMAND ${CMAKE_CPACK_COMMAND}
    --config ${BUILD}/CPackSourceConfig.cmake -B ${WORK}/tarball)
# What was built last time counts still: the files keep their times.
file(REMOVE_RECURSE "${WORK}/kept")
if(EXISTS "${source}/build")
    file(RENAME "${source}/build" "${WORK}/kept")
endif()
file(REMOVE_RECURSE "${source}")
file(ARCHIVE_EXTRACT INPUT "${WORK}/tarball/fabula-${VERSION}.tar.gz" DESTINATION "${WORK}")
foreach(no IN ITEMS .git build)
    if(EXISTS "${source}/${no}")
        message(FATAL_ERROR "the source tarball has ${no} in it")
    endif()
endforeach()
if(EXISTS "${WORK}/kept")
    file(RENAME "${WORK}/kept" "${source}/build")
endif()

# Where there is a checkout: what git has, the tarball has.
find_program(GIT git)
if(GIT AND EXISTS "${ROOT}/.git")
    run("ask git for its files" COMMAND ${GIT} -C ${ROOT} ls-files)
    string(REGEX REPLACE "\n$" "" output "${output}")
    string(REPLACE "\n" ";" files "${output}")
    foreach(file IN LISTS files)
        if(EXISTS "${ROOT}/${file}" AND NOT file MATCHES "^\\.git" AND NOT EXISTS "${source}/${file}")
            message(FATAL_ERROR "the source tarball lacks ${file}")
        endif()
    endforeach()
endif()

# With what a debugger needs, which tells the binary interface; the packages are stripped. Paths of this folder are not in
# the objects, so that the compiler cache has them wherever it is.
set(ENV{CCACHE_NOHASHDIR} 1)
run("configure ${source}" COMMAND ${CMAKE_COMMAND} -S ${source} -B ${source}/build/shared -G ${GENERATOR}
    -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS=-g -DCMAKE_CXX_COMPILER=${COMPILER}
    -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER} -DCMAKE_INSTALL_PREFIX=/usr -DBUILD_SHARED_LIBS=ON
    -DFABULA_BUILD_TESTS=OFF -DFABULA_BUILD_EXAMPLES=OFF -DFABULA_SOURCE_MODEL_DIR=)
run("build ${source}" COMMAND ${CMAKE_COMMAND} --build ${source}/build/shared --parallel 2)
