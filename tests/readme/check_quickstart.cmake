# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)

# cmake -DREADME=<file> -DEXAMPLE=<file> -DWORK=<folder> -P check_quickstart.cmake
# The first program in README is the example, but for the example's comment lines at the top (licence, what its test
# expects).
include("${CMAKE_CURRENT_LIST_DIR}/read_snippets.cmake")
file(REMOVE_RECURSE "${WORK}")
read_snippets("${README}" "${WORK}" snippets)
if(NOT snippets)
    message(FATAL_ERROR "${README} has no ```cpp block with an 'int main'")
endif()
list(GET snippets 0 snippet)

function(read_code file out)
    file(READ "${file}" code)
    while(code MATCHES "^(//[^\n]*)?\n(.*)$")
        set(code "${CMAKE_MATCH_2}")
    endwhile()
    set(${out} "${code}" PARENT_SCOPE)
endfunction()
read_code("${snippet}" in_readme)
read_code("${EXAMPLE}" in_example)
if(NOT in_readme STREQUAL in_example)
    message(FATAL_ERROR "the first program in ${README} differs from ${EXAMPLE}; compare the latter with ${snippet}")
endif()
