# SPDX-License-Identifier: Apache-2.0

# Finds the xxHash header, used inline. Defines the imported target xxHash::xxhash and xxHash_FOUND.

find_path(xxHash_INCLUDE_DIR xxhash.h)
mark_as_advanced(xxHash_INCLUDE_DIR)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(xxHash
    REQUIRED_VARS xxHash_INCLUDE_DIR
    REASON_FAILURE_MESSAGE "On Debian: apt-get install libxxhash-dev")

if(xxHash_FOUND AND NOT TARGET xxHash::xxhash)
    add_library(xxHash::xxhash INTERFACE IMPORTED)
    set_target_properties(xxHash::xxhash PROPERTIES
        INTERFACE_INCLUDE_DIRECTORIES "${xxHash_INCLUDE_DIR}"
        INTERFACE_COMPILE_DEFINITIONS XXH_INLINE_ALL)
endif()
