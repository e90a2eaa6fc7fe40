# SPDX-License-Identifier: Apache-2.0

# run(<what> COMMAND ...): sets `output` to all that it says; stops where it fails.
function(run what)
    message("== ${what}")
    execute_process(${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message("${output}")
        message(FATAL_ERROR "failed: ${what}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

# skip(<sentence>): CTest takes this for a test that was skipped.
function(skip sentence)
    message(FATAL_ERROR "SKIPPED: ${sentence}")
endfunction()

# need(<program> <package>): its path, in a variable of its name in capitals; else the test is skipped.
function(need program package)
    string(TOUPPER "${program}" name)
    string(REPLACE "-" "_" name "${name}")
    find_program(${name} ${program})
    if(NOT ${name})
        skip("${program} is not there (Debian: apt-get install ${package})")
    endif()
    set(${name} "${${name}}" PARENT_SCOPE)
endfunction()
