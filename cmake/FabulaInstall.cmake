# SPDX-License-Identifier: Apache-2.0
include(CMakePackageConfigHelpers)

# Components: runtime (the shared library), development, program, model, licences. `cmake --install` installs all of them.

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/fabula")

install(TARGETS fabula EXPORT fabulaTargets
    RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT runtime
    LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT runtime NAMELINK_COMPONENT development
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
    FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development)
install(EXPORT fabulaTargets NAMESPACE fabula:: DESTINATION "${package_dir}" COMPONENT development)

set(model_dir "${CMAKE_INSTALL_DATADIR}/fabula")
configure_package_config_file(
    "${CMAKE_CURRENT_LIST_DIR}/fabulaConfig.cmake.in" "${PROJECT_BINARY_DIR}/fabulaConfig.cmake"
    INSTALL_DESTINATION "${package_dir}"
    PATH_VARS model_dir)
# Before 1.0 a new minor version may break its users.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/fabulaConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
install(FILES
    "${PROJECT_BINARY_DIR}/fabulaConfig.cmake"
    "${PROJECT_BINARY_DIR}/fabulaConfigVersion.cmake"
    "${CMAKE_CURRENT_LIST_DIR}/FindfastText.cmake"
    "${CMAKE_CURRENT_LIST_DIR}/Findzstd.cmake"
    DESTINATION "${package_dir}" COMPONENT development)
include(FabulaPkgConfig)

if(TARGET fabula_program)
    # $ORIGIN keeps the program working with a shared library when the whole tree is moved. In /usr the loader looks by
    # itself, and distributions want no such path.
    if(NOT CMAKE_INSTALL_PREFIX STREQUAL "/usr")
        file(RELATIVE_PATH from_bin_to_lib
            "${CMAKE_INSTALL_FULL_BINDIR}" "${CMAKE_INSTALL_FULL_LIBDIR}")
        set_target_properties(fabula_program PROPERTIES INSTALL_RPATH "$ORIGIN/${from_bin_to_lib}")
    endif()
    install(TARGETS fabula_program RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT program)
    if(TARGET fabula_documents)
        set(documents "${PROJECT_BINARY_DIR}/examples/fabula/documents")
        install(DIRECTORY "${documents}/" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT program
            FILES_MATCHING PATTERN "*.1")
        install(FILES "${documents}/fabula.bash" RENAME fabula OPTIONAL
            DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" COMPONENT program)
        install(FILES "${documents}/_fabula" OPTIONAL DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" COMPONENT program)
        install(FILES "${documents}/fabula.fish" OPTIONAL
            DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" COMPONENT program)
    endif()
endif()

# The models have a licence of their own, which the card states.
foreach(file IN ITEMS default.fabula language-id.ftz README.md)
    install(FILES "${PROJECT_SOURCE_DIR}/models/${file}" DESTINATION "${model_dir}" COMPONENT model OPTIONAL)
endforeach()
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT licences)
