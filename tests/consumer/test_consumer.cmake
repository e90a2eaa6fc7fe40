# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)

# cmake -DWAY=installed|subdirectory|shared -DROOT=<top> -DBUILD=<build folder> -DSHARED=<that of the shared library>
#       -DWORK=<folder> -DVERSION=<x.y.z> -DBUILD_TYPE=<type> -DGENERATOR=<generator> -DCOMPILER=<c++>
#       -DC_COMPILER=<cc> -DLAUNCHER=<ccache or empty> -DNM=<nm> -P test_consumer.cmake
# Builds and runs a stranger's project:
#   installed     against the installed build folder, after the installed tree was moved elsewhere
#   subdirectory  with fabula's source tree inside
#   shared        against the shared library that tests/package/build_source.cmake has built, installed and moved; and
#                 looks at what leaves that library
# The first and the last also without CMake, with what pkg-config says.
include("${CMAKE_CURRENT_LIST_DIR}/../package/run.cmake")

function(configure_and_build folder)
    run("configure ${folder}" COMMAND ${CMAKE_COMMAND}
        -S ${ROOT}/tests/consumer -B ${folder} -G ${GENERATOR}
        -DCMAKE_BUILD_TYPE=${BUILD_TYPE} -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
        ${ARGN})
    run("build ${folder}" COMMAND ${CMAKE_COMMAND} --build ${folder} --parallel 2)
endfunction()

# run_stranger(<folder> [<model>]): without a model, it has to find one by itself.
function(run_stranger folder)
    set(environment --unset=FABULA_MODEL)
    if(ARGN)
        set(environment FABULA_MODEL=${ARGN})
    endif()
    run("run ${folder}/stranger" COMMAND ${CMAKE_COMMAND} -E env ${environment} ${folder}/stranger)
    message("${output}")
    if(NOT output MATCHES "^fabula ${VERSION}: 2 stories of 3 articles\n$")
        message(FATAL_ERROR "not the expected output")
    endif()
endfunction()

# install_and_move(<build folder> <moved>): to a prefix that no longer exists afterwards.
function(install_and_move folder moved)
    run("install ${folder}" COMMAND ${CMAKE_COMMAND} --install ${folder} --prefix ${WORK}/prefix)
    file(RENAME "${WORK}/prefix" "${moved}")
    file(GLOB_RECURSE package "${moved}/*.cmake" "${moved}/*.pc")
    foreach(file IN LISTS package)
        file(READ "${file}" text)
        foreach(place IN ITEMS "${WORK}" "${ROOT}" "${folder}")
            string(FIND "${text}" "${place}" where)
            if(NOT where EQUAL -1)
                message(FATAL_ERROR "${file} holds the path ${place}: the package works in one place only")
            endif()
        endforeach()
    endforeach()
endfunction()

# use_pkg_config(<installed tree> [<variable and value>...])
function(use_pkg_config prefix)
    find_program(PKG_CONFIG pkg-config)
    if(NOT PKG_CONFIG)
        message("not tried without CMake: pkg-config is not there (Debian: apt-get install pkg-config)")
        return()
    endif()
    run("use pkg-config" COMMAND ${CMAKE_COMMAND} -DROOT=${ROOT} -DPREFIX=${prefix} -DWORK=${WORK}/pkg-config
        -DVERSION=${VERSION} -DCXX=${COMPILER} -DCC=${C_COMPILER} ${ARGN}
        -P ${ROOT}/tests/package/pkg_config.cmake)
endfunction()

file(REMOVE_RECURSE "${WORK}")
# The object files are those of the build folder: only the folder's name would keep the cache from finding them.
set(ENV{CCACHE_NOHASHDIR} 1)

if(WAY STREQUAL "installed")
    install_and_move("${BUILD}" "${WORK}/moved")
    configure_and_build("${WORK}/build" -DCMAKE_PREFIX_PATH=${WORK}/moved)
    # The static library is inside the program, which is not beside the models.
    run_stranger("${WORK}/build" "${WORK}/moved/share/fabula/default.fabula")
    use_pkg_config("${WORK}/moved" -DMODEL=${WORK}/moved/share/fabula/default.fabula)
    file(GLOB program "${WORK}/moved/bin/fabula")
    if(program)
        run("run the installed program" COMMAND ${program} --version)
        if(NOT output MATCHES "${VERSION}")
            message(FATAL_ERROR "bin/fabula --version says: ${output}")
        endif()
        # It finds its own model first, not that of the source tree.
        run("ask the installed program for its model" COMMAND
            ${CMAKE_COMMAND} -E env --unset=FABULA_MODEL ${program} model info)
        string(FIND "${output}" "${WORK}/moved/share/fabula/default.fabula" where)
        if(where EQUAL -1)
            message(FATAL_ERROR "bin/fabula model info does not name the installed model: ${output}")
        endif()
    endif()
elseif(WAY STREQUAL "subdirectory")
    # The same warnings as in the build folder, so that the cache has the object files.
    configure_and_build("${WORK}/build" -DFABULA_SOURCE=${ROOT} -DFABULA_WARNINGS=ON)
    run_stranger("${WORK}/build")
elseif(WAY STREQUAL "shared")
    install_and_move("${SHARED}" "${WORK}/moved")
    file(GLOB_RECURSE library "${WORK}/moved/libfabula.so")
    run("look at the symbols of the library" COMMAND ${CMAKE_COMMAND} -DLIBRARY=${library} -DNM=${NM}
        -P ${ROOT}/tests/package/check_symbols.cmake)
    message("${output}")
    configure_and_build("${WORK}/build" -DCMAKE_PREFIX_PATH=${WORK}/moved)
    run_stranger("${WORK}/build")
    use_pkg_config("${WORK}/moved" -DMOVED=ON)
else()
    message(FATAL_ERROR "WAY is '${WAY}'")
endif()
