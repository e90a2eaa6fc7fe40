# SPDX-License-Identifier: Apache-2.0

# Installs fabula.pc, for builds without CMake. Paths in it are relative to its own place, so that the installed tree can
# be moved; in /usr, where distributions put it and it never moves, they are plain.
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    set(pc_prefix "/usr")
else()
    file(RELATIVE_PATH to_prefix "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
    string(REGEX REPLACE "/$" "" to_prefix "${to_prefix}")
    set(pc_prefix "\${pcfiledir}/${to_prefix}")
endif()
set(pc_requirements "")
set(pc_libs "")
set(pc_flags "")
if(NOT BUILD_SHARED_LIBS)
    # There is no other library than the static one: what it needs is needed always, also without --static.
    set(pc_requirements
        "\nRequires: fasttext, icu-i18n, icu-uc, liblzma, libxml-2.0, libzstd, simdjson, sqlite3, tbb, zlib")
    # A C compiler does not link the library of C++ by itself.
    set(pc_libs " -lbz2 -lstdc++ -lm -pthread")
    set(pc_flags " -DFABULA_STATIC")
endif()
configure_file("${CMAKE_CURRENT_LIST_DIR}/fabula.pc.in" "${PROJECT_BINARY_DIR}/fabula.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/fabula.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig"
    COMPONENT development)
