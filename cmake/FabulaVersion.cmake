# SPDX-License-Identifier: Apache-2.0

# Reads "major.minor.patch" from the FABULA_VERSION_* lines of the public header, the one source of the version.
function(fabula_read_version header out)
    set(parts "")
    foreach(part IN ITEMS MAJOR MINOR PATCH)
        file(STRINGS "${header}" line REGEX "^#define FABULA_VERSION_${part} [0-9]+$")
        if(NOT line MATCHES "([0-9]+)$")
            message(FATAL_ERROR "${header} has no line '#define FABULA_VERSION_${part} <number>'")
        endif()
        list(APPEND parts "${CMAKE_MATCH_1}")
    endforeach()
    list(JOIN parts "." version)
    # A changed version must reach the package files at the next build.
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${header}")
    set(${out} "${version}" PARENT_SCOPE)
endfunction()
