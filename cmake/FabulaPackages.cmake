# SPDX-License-Identifier: Apache-2.0

# Packages of Debian and the source tarball, by CPack:
#
#   cmake --preset release -B build/package -DBUILD_SHARED_LIBS=ON -DCMAKE_INSTALL_PREFIX=/usr -DFABULA_SOURCE_MODEL_DIR= \
#       -DFABULA_BUILD_TESTS=OFF -DFABULA_BUILD_EXAMPLES=OFF
#   cmake --build build/package
#   (cd build/package && cpack)                        # libfabula0, libfabula-dev, fabula, fabula-model
#   cmake --build build/package --target package_source
#
# The prefix has to be known when it is configured: the library remembers where its model is, and Debian has a folder of
# libraries for each architecture.
set(FABULA_DEBIAN_MAINTAINER "Fabula maintainers <maintainers@example.org>" CACHE STRING
    "Who answers for the Debian packages; whoever passes them on puts themselves there")
set(FABULA_DEBIAN_REVISION 1 CACHE STRING "Of the Debian packages, after the version")

set(CPACK_PACKAGE_NAME fabula)
set(CPACK_PACKAGE_VENDOR Fabula)
set(CPACK_PACKAGE_CONTACT "${FABULA_DEBIAN_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package has its own
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# What a checkout has, without what was built and what git keeps.
set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME "fabula-${PROJECT_VERSION}")
set(CPACK_SOURCE_IGNORE_FILES
    "^${PROJECT_SOURCE_DIR}/build/" "^${PROJECT_SOURCE_DIR}/\\.git" "^${PROJECT_SOURCE_DIR}/shared"
    "/__pycache__/" "/\\.[a-z]+_cache/" "\\.sw[op]$" "^${PROJECT_SOURCE_DIR}/CMakeUserPresets\\.json$"
    "^${PROJECT_SOURCE_DIR}/compile_commands\\.json$")

set(CPACK_GENERATOR DEB)
set(CPACK_COMPONENTS_ALL runtime development program model)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE "${FABULA_DEBIAN_REVISION}")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The program's own library is no package that dpkg knows of; it is named below.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${PROJECT_BINARY_DIR}/lib")
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/debian/finish.cmake")

set(same_version "(= ${PROJECT_VERSION}-${FABULA_DEBIAN_REVISION})")
set(what_it_is "Fabula finds the news articles that tell one story, in ninety-four languages:
translations, rewrites, independent reports. It needs no network and no GPU.")

# fabula_debian_package(<component> <package> <section> <what is in it> [<field> <value>...])
macro(fabula_debian_package component package section synopsis text)
    string(TOUPPER "${component}" upper)
    set(CPACK_DEBIAN_${upper}_PACKAGE_NAME "${package}")
    set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION "${section}")
    set(CPACK_DEBIAN_${upper}_DESCRIPTION "${synopsis}\n${what_it_is}\n.\n${text}")
    list(APPEND FABULA_DEBIAN_PACKAGES "${component}=${package}")
endmacro()

fabula_debian_package(runtime libfabula${FABULA_ABI} libs "library that groups news articles into stories"
    "This package has the shared library.")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_RECOMMENDS "fabula-model")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_MULTIARCH same)
# The loader's cache. CPack has dpkg run ldconfig by itself, too, which lintian finds old-fashioned.
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA "${CMAKE_CURRENT_LIST_DIR}/debian/triggers")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_STRICT_PERMISSION ON)

fabula_debian_package(development libfabula-dev libdevel "library that groups news articles into stories - development"
    "This package has the headers for C++20 and C, and what CMake and pkg-config\nask for.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libfabula${FABULA_ABI} ${same_version}")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_RECOMMENDS "fabula-model")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_MULTIARCH same)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)

fabula_debian_package(program fabula text "program that groups news articles into stories"
    "This package has the program, its manual pages and its completions for\nbash, zsh and fish.")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "libfabula${FABULA_ABI} ${same_version}, fabula-model ${same_version}")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_MULTIARCH foreign)

fabula_debian_package(model fabula-model text "word vectors and language identification for Fabula"
    "This package has the model: vectors of ninety-four languages in one space, and\nidentification of 108 languages.")
set(CPACK_DEBIAN_MODEL_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_MODEL_PACKAGE_MULTIARCH foreign)
set(CPACK_DEBIAN_MODEL_PACKAGE_SHLIBDEPS OFF)

# For finish.cmake, which sees what CPack sees.
set(CPACK_FABULA_PACKAGES "${FABULA_DEBIAN_PACKAGES}")
set(CPACK_FABULA_SOURCE_DIR "${PROJECT_SOURCE_DIR}")
set(CPACK_FABULA_MAINTAINER "${FABULA_DEBIAN_MAINTAINER}")
set(CPACK_FABULA_DEBIAN_VERSION "${PROJECT_VERSION}-${FABULA_DEBIAN_REVISION}")
include(CPack)
