# SPDX-License-Identifier: Apache-2.0

# Run by CPack between installing and packing, for what Debian's policy asks of every package: its copyright, its
# changelog, and compressed manual pages. The same files give the same bytes: gzip keeps no name and no time.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
    return() # the source tarball
endif()
find_program(GZIP gzip REQUIRED)
foreach(pair IN LISTS CPACK_FABULA_PACKAGES)
    string(REGEX MATCH "^(.*)=(.*)$" pair "${pair}")
    set(component "${CMAKE_MATCH_1}")
    set(package "${CMAKE_MATCH_2}")
    set(staged "${CPACK_TEMPORARY_DIRECTORY}/${component}")
    if(NOT IS_DIRECTORY "${staged}/usr")
        message(FATAL_ERROR "${staged}/usr is not there: Debian's packages are built with -DCMAKE_INSTALL_PREFIX=/usr")
    endif()
    set(documents "${staged}/usr/share/doc/${package}")
    file(MAKE_DIRECTORY "${documents}")
    file(CHMOD "${documents}" "${staged}/usr/share/doc" DIRECTORY_PERMISSIONS
        OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
    file(COPY "${CMAKE_CURRENT_LIST_DIR}/copyright" DESTINATION "${documents}"
        FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
    file(WRITE "${documents}/changelog.Debian"
"fabula (${CPACK_FABULA_DEBIAN_VERSION}) unstable; urgency=medium

  * Built from the sources by CPack; changelog.gz says what is new.

 -- ${CPACK_FABULA_MAINTAINER}  Thu, 01 Jan 2026 00:00:00 +0000
")
    file(COPY_FILE "${CPACK_FABULA_SOURCE_DIR}/CHANGELOG.md" "${documents}/changelog")
    file(GLOB_RECURSE compressed "${documents}/changelog*" "${staged}/usr/share/man/*.1")
    execute_process(COMMAND "${GZIP}" -9nf ${compressed} COMMAND_ERROR_IS_FATAL ANY)
    file(GLOB_RECURSE compressed "${staged}/usr/*.gz")
    foreach(file IN LISTS compressed)
        file(CHMOD "${file}" FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
    endforeach()
endforeach()
