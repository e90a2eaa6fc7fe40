# SPDX-License-Identifier: Apache-2.0

# Finds fastText, which ships no CMake package and a pkg-config file without a version.
# Defines the imported target fastText::fastText and fastText_FOUND.

find_path(fastText_INCLUDE_DIR fasttext/fasttext.h)
find_library(fastText_LIBRARY NAMES fasttext)
mark_as_advanced(fastText_INCLUDE_DIR fastText_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(fastText
    REQUIRED_VARS fastText_LIBRARY fastText_INCLUDE_DIR
    REASON_FAILURE_MESSAGE "On Debian: apt-get install libfasttext-dev")

if(fastText_FOUND AND NOT TARGET fastText::fastText)
    add_library(fastText::fastText UNKNOWN IMPORTED)
    set_target_properties(fastText::fastText PROPERTIES
        IMPORTED_LOCATION "${fastText_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${fastText_INCLUDE_DIR}")
endif()
