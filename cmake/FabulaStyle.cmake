# SPDX-License-Identifier: Apache-2.0

# Targets: format (rewrites), format-check (complains), tidy. Not part of any build; version 14 of the tools is what
# the sources are formatted with.
find_program(FABULA_CLANG_FORMAT NAMES clang-format-14 clang-format)
find_program(FABULA_CLANG_TIDY NAMES clang-tidy-14 clang-tidy)
find_program(FABULA_RUN_CLANG_TIDY NAMES run-clang-tidy-14 run-clang-tidy)
mark_as_advanced(FABULA_CLANG_FORMAT FABULA_CLANG_TIDY FABULA_RUN_CLANG_TIDY)

if(FABULA_CLANG_FORMAT)
    foreach(mode IN ITEMS format format-check)
        add_custom_target(${mode}
            COMMAND ${CMAKE_COMMAND} -DMODE=${mode} -DCLANG_FORMAT=${FABULA_CLANG_FORMAT} -DROOT=${PROJECT_SOURCE_DIR}
                -P ${CMAKE_CURRENT_LIST_DIR}/run_clang_format.cmake
            VERBATIM)
    endforeach()
endif()

if(FABULA_CLANG_TIDY AND FABULA_RUN_CLANG_TIDY)
    add_custom_target(tidy
        COMMAND ${FABULA_RUN_CLANG_TIDY} -quiet -clang-tidy-binary ${FABULA_CLANG_TIDY} -p ${PROJECT_BINARY_DIR}
            "^${PROJECT_SOURCE_DIR}/(lib|examples|models|tests)/"
        VERBATIM)
endif()
