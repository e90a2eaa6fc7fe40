# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)

# cmake -DOUT=<source> -DSCRIPTS=<files> -DSTYLES=<files> -DTEMPLATE=<file> -P embed_page.cmake
# Writes a C++ source with the page's script, style and template as strings, and the SHA-256 of the first two, by which
# the page's policy names them.

# Appends a string and, of a script or style, its digest.
function(embed name text)
    string(FIND "${text}" ")page\"" collision)
    if(NOT collision EQUAL -1)
        message(FATAL_ERROR "${name} holds the end of a raw string")
    endif()
    string(TOLOWER "${text}" lower)
    if(NOT name STREQUAL "page_template" AND lower MATCHES "</(script|style)|<!--")
        message(FATAL_ERROR "${name} holds '${CMAKE_MATCH_0}', which would end its element or hide its end")
    endif()
    string(LENGTH "${text}" length)
    set(code "const std::string_view ${name} =")
    set(at 0)
    while(at LESS length) # compilers bound the length of one literal
        string(SUBSTRING "${text}" ${at} 12000 piece)
        string(APPEND code "\n    R\"page(${piece})page\"")
        math(EXPR at "${at} + 12000")
    endwhile()
    string(SHA256 digest "${text}")
    file(APPEND "${OUT}.new" "${code};\nconst std::string_view ${name}_sha256 = \"${digest}\";\n\n")
endfunction()

# One after the other, each without the line of its licence.
function(read_all out)
    set(all "")
    foreach(file IN LISTS ARGN)
        file(READ "${file}" text)
        string(REGEX REPLACE "^[^\n]*SPDX[^\n]*\n" "" text "${text}")
        string(APPEND all "${text}")
    endforeach()
    set(${out} "${all}" PARENT_SCOPE)
endfunction()

file(WRITE "${OUT}.new" "// Made by embed_page.cmake.\n#include \"report/page_source.hpp\"\n\nnamespace fabula::detail {\n\n")
read_all(script ${SCRIPTS})
embed(page_script "\"use strict\";\n(() => {\n${script}})();\n")
read_all(style ${STYLES})
embed(page_style "${style}")
read_all(template "${TEMPLATE}")
embed(page_template "${template}")
file(APPEND "${OUT}.new" "} // namespace fabula::detail\n")
file(RENAME "${OUT}.new" "${OUT}")
