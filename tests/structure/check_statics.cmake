# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)

# cmake -DNM=<nm> -DOBJECTS=<objects, separated by |> -P check_statics.cmake
# Nothing of the library is destroyed at the end of the process: other threads may still need it. A static with a
# destructor asks for __cxa_atexit; where <iostream> comes in with a dependency's header, its own one does.
string(REPLACE "|" ";" OBJECTS "${OBJECTS}")
list(LENGTH OBJECTS object_count)
if(object_count EQUAL 0)
    message(FATAL_ERROR "no objects: nothing was checked")
endif()
execute_process(COMMAND "${NM}" --print-file-name --undefined-only ${OBJECTS}
    OUTPUT_VARIABLE symbols RESULT_VARIABLE result ERROR_VARIABLE error)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "${NM}: ${error}")
endif()
string(REGEX MATCHALL "[^\n]*U __cxa_atexit" lines "${symbols}")
set(fault_count 0)
foreach(line IN LISTS lines)
    string(REPLACE "__cxa_atexit" "_ZNSt8ios_base4InitC1Ev" of_iostream "${line}")
    string(FIND "${symbols}" "${of_iostream}" where)
    if(where EQUAL -1)
        math(EXPR fault_count "${fault_count} + 1")
        message("${line}: a static is destroyed; write `static T& one = *new T;`")
    endif()
endforeach()
if(fault_count GREATER 0)
    message(FATAL_ERROR "${fault_count} faults")
endif()
message("${object_count} objects are in order")
