# SPDX-License-Identifier: Apache-2.0

# Finds Zstandard, of which Debian ships no CMake package. Defines the imported target zstd::zstd and zstd_FOUND.

find_path(zstd_INCLUDE_DIR zstd.h)
find_library(zstd_LIBRARY NAMES zstd)
mark_as_advanced(zstd_INCLUDE_DIR zstd_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(zstd
    REQUIRED_VARS zstd_LIBRARY zstd_INCLUDE_DIR
    REASON_FAILURE_MESSAGE "On Debian: apt-get install libzstd-dev")

if(zstd_FOUND AND NOT TARGET zstd::zstd)
    add_library(zstd::zstd UNKNOWN IMPORTED)
    set_target_properties(zstd::zstd PROPERTIES
        IMPORTED_LOCATION "${zstd_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${zstd_INCLUDE_DIR}")
endif()
