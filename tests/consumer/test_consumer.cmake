# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)

# cmake -DWAY=installed|subdirectory|shared -DROOT=<top> -DBUILD=<build folder> -DWORK=<folder> -DVERSION=<x.y.z>
#       -DBUILD_TYPE=<type> -DGENERATOR=<generator> -DCOMPILER=<c++> -DLAUNCHER=<ccache or empty> -DNM=<nm>
#       -P test_consumer.cmake
# Builds and runs a stranger's project:
#   installed     against the installed build folder, after the installed tree was moved elsewhere
#   subdirectory  with fabula's source tree inside
#   shared        as subdirectory, with a shared library, then installed, moved and used from there; and looks at what
#                 leaves that library
function(run what)
    message("== ${what}")
    execute_process(${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message("${output}")
        message(FATAL_ERROR "failed: ${what}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

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
    file(GLOB_RECURSE package "${moved}/*.cmake")
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

file(REMOVE_RECURSE "${WORK}")
# The object files are those of the build folder: only the folder's name would keep the cache from finding them.
set(ENV{CCACHE_NOHASHDIR} 1)

if(WAY STREQUAL "installed")
    install_and_move("${BUILD}" "${WORK}/moved")
    configure_and_build("${WORK}/build" -DCMAKE_PREFIX_PATH=${WORK}/moved)
    # The static library is inside the program, which is not beside the models.
    run_stranger("${WORK}/build" "${WORK}/moved/share/fabula/default.fabula")
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
    configure_and_build("${WORK}/whole" -DFABULA_SOURCE=${ROOT} -DFABULA_WARNINGS=ON -DBUILD_SHARED_LIBS=ON
        -DFABULA_INSTALL=ON -DFABULA_SOURCE_MODEL_DIR=)
    install_and_move("${WORK}/whole" "${WORK}/moved")
    file(GLOB_RECURSE library "${WORK}/moved/libfabula.so")
    run("look at the symbols of the library" COMMAND ${CMAKE_COMMAND} -DLIBRARY=${library} -DNM=${NM}
        -P ${ROOT}/tests/consumer/check_symbols.cmake)
    configure_and_build("${WORK}/build" -DCMAKE_PREFIX_PATH=${WORK}/moved)
    run_stranger("${WORK}/build")
else()
    message(FATAL_ERROR "WAY is '${WAY}'")
endif()
