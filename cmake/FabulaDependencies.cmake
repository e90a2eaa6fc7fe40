# SPDX-License-Identifier: Apache-2.0

# Debian's names of these packages are in debian-packages.txt. fabulaConfig.cmake.in repeats the ones that a
# static library has to be linked with.
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(ICU 70 REQUIRED COMPONENTS i18n uc data)
find_package(fastText REQUIRED)
find_package(simdjson REQUIRED)
find_package(nlohmann_json 3 REQUIRED)
find_package(TBB REQUIRED)
find_package(xxHash REQUIRED)
find_package(BZip2 REQUIRED)
find_package(LibLZMA REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(SQLite3 3.37 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(zstd REQUIRED)
find_package(Threads REQUIRED)
if(FABULA_BUILD_PROGRAM OR FABULA_BUILD_TRAINING)
    find_package(CLI11 REQUIRED)
endif()
