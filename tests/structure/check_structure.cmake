# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)

# cmake -DROOT=<top of a source tree> -P check_structure.cmake
# Checks what a compiler does not: that includes run forward along the flow of the data, that public headers show no
# dependency and share no type's name with private ones, that the library keeps quiet, that files carry their licence,
# stay small, and are built at all, and that a thing is called by one word.
# Reports every fault, then fails.

# The folders of lib/ in the order in which the data flows; a stage is one of them, with rooms in it where it has many
# files.
set(FOLDERS
    base text
    boilerplate/phrases boilerplate
    language
    model/rows model/lookup model/format model/build model
    embedding
    features/names features/quantities features
    near_duplicates
    neighbours/kernels neighbours/join neighbours/exact neighbours/ivf neighbours
    statistics/sums statistics scoring clustering story pipeline blocks stream/corpus stream store evaluation
    io io/bytes io/markup io/fields io/json io/collect io/tables io/feeds io/pages io/read io/write
    report/page report c)
list(TRANSFORM FOLDERS REPLACE "/.*" "" OUTPUT_VARIABLE STAGES)
list(REMOVE_DUPLICATES STAGES)
# `pipeline` has a header for corrections, one for two articles and one for many.
list(FIND STAGES pipeline pipeline_position)
list(INSERT STAGES ${pipeline_position} links comparer)
# `io` has a header for what is read and one for the rest.
list(FIND STAGES io io_position)
list(INSERT STAGES ${io_position} input)
# Public headers that belong to no stage: any stage may include them.
set(COMMON_HEADERS article error export version)
set(MAX_LINES 450)
set(MAX_HEADER_LINES 200)
set(MAX_FILES_OF_A_FOLDER 20)

set_property(GLOBAL PROPERTY faults 0)
function(fault sentence)
    get_property(count GLOBAL PROPERTY faults)
    math(EXPR count "${count} + 1")
    set_property(GLOBAL PROPERTY faults ${count})
    message("${sentence}")
endfunction()

# Sets <out> to the names in the #include lines of a file, with their quotes or brackets.
function(read_includes file out)
    file(STRINGS "${file}" lines REGEX "^[ \t]*#[ \t]*include[ \t]")
    set(names "")
    foreach(line IN LISTS lines)
        if(line MATCHES "include[ \t]+([<\"][^>\"]+[>\"])")
            list(APPEND names "${CMAKE_MATCH_1}")
        endif()
    endforeach()
    set(${out} "${names}" PARENT_SCOPE)
endfunction()

# Complains where what a file includes is of a later stage or folder than the file.
macro(check_order file include of included order)
    list(FIND ${order} "${of}" position)
    list(FIND ${order} "${included}" included_position)
    if(included_position EQUAL -1)
        fault("${file}: ${include} is of none of: ${${order}}")
    elseif(included_position GREATER position)
        fault("${file}: ${include} is of ${included}, which comes later than ${of}; includes run forward only")
    endif()
endmacro()

# Checks the includes of one file: <folder> is its folder below lib/, or the stage of a public header.
macro(check_flow file folder)
    string(REGEX REPLACE "/.*" "" stage "${folder}")
    read_includes("${ROOT}/${file}" includes)
    foreach(include IN LISTS includes)
        if(include MATCHES "^\"([a-z_/]+)/[a-z0-9_]+\\.hpp\"$")
            check_order("${file}" "${include}" "${folder}" "${CMAKE_MATCH_1}" FOLDERS)
        elseif(include MATCHES "^<fabula/([a-z_]+)\\.hpp>$" AND NOT CMAKE_MATCH_1 IN_LIST COMMON_HEADERS)
            check_order("${file}" "${include}" "${stage}" "${CMAKE_MATCH_1}" STAGES)
        endif()
    endforeach()
endmacro()

# Sets <out> to the types that a header defines at its outermost level.
function(read_types file out)
    file(STRINGS "${file}" lines REGEX "^(struct|class|enum class) (FABULA_EXPORT )?[A-Za-z]+[^;]*$")
    set(names "")
    foreach(line IN LISTS lines)
        if(line MATCHES "^(struct|class|enum class) (FABULA_EXPORT )?([A-Za-z]+)")
            list(APPEND names "${CMAKE_MATCH_3}")
        endif()
    endforeach()
    set(${out} "${names}" PARENT_SCOPE)
endfunction()

# Public headers. Each is of the stage of its own name.
set(public_types "")
file(GLOB headers RELATIVE "${ROOT}" "${ROOT}/include/fabula/*.hpp")
read_includes("${ROOT}/include/fabula/fabula.hpp" umbrella)
foreach(header IN LISTS headers)
    get_filename_component(name "${header}" NAME_WE)
    if(name STREQUAL "fabula")
        continue()
    endif()
    if(name IN_LIST STAGES)
        check_flow("${header}" "${name}")
    elseif(NOT name IN_LIST COMMON_HEADERS)
        fault("${header}: neither a stage nor one of: ${COMMON_HEADERS}")
    endif()
    if(NOT "<fabula/${name}.hpp>" IN_LIST umbrella)
        fault("${header}: not included by fabula/fabula.hpp")
    endif()
    file(STRINGS "${ROOT}/${header}" outside REGEX "^namespace fabula {")
    if(outside)
        fault("${header}: its names are not in the namespace fabula::inline v0")
    endif()
    read_types("${ROOT}/${header}" types)
    list(APPEND public_types ${types})
    read_includes("${ROOT}/${header}" includes)
    foreach(include IN LISTS includes)
        if(NOT include MATCHES "^<(fabula/[a-z_]+\\.hpp|[a-z_]+)>$")
            fault("${header}: ${include} is neither the standard library's nor a public header")
        endif()
    endforeach()
endforeach()

# A private type of the same name would hide the public one in fabula::detail, or not, by the order of includes.
file(GLOB_RECURSE private_headers RELATIVE "${ROOT}" "${ROOT}/lib/*.hpp")
foreach(header IN LISTS private_headers)
    read_types("${ROOT}/${header}" types)
    foreach(type IN LISTS types)
        if(type IN_LIST public_types)
            fault("${header}: ${type} hides the public type of that name")
        endif()
    endforeach()
endforeach()

# The folders.
file(GLOB_RECURSE folders LIST_DIRECTORIES true RELATIVE "${ROOT}/lib" "${ROOT}/lib/*")
foreach(folder IN LISTS folders)
    if(IS_DIRECTORY "${ROOT}/lib/${folder}" AND NOT folder IN_LIST FOLDERS)
        fault("lib/${folder}: not one of: ${FOLDERS}")
    endif()
endforeach()

# A library speaks to its caller alone. std::snprintf and the like are fine: they print into a buffer.
set(talk "std::cout|std::cerr|std::clog|<iostream>|std::puts|std::printf|std::fprintf")
set(talk "${talk}|(^|[^a-z_:.])(puts|printf|fprintf|perror|abort|exit|_exit|quick_exit) ?\\(")
set(talk "${talk}|std::(abort|exit|_Exit|quick_exit|terminate) ?\\(")
# What the C library computes as it likes, and by the processor it runs on.
set(not_portable "std::(exp|exp2|expm1|log|log2|log10|log1p|pow|cbrt|hypot|a?(sin|cos|tan)h?|atan2|erfc?|[lt]gamma)\\(")
set(not_portable "${not_portable}|\\)\\.(pow|exp|log)\\(")
foreach(folder IN LISTS FOLDERS)
    file(GLOB files RELATIVE "${ROOT}" "${ROOT}/lib/${folder}/*.cpp" "${ROOT}/lib/${folder}/*.hpp")
    list(LENGTH files file_count)
    if(file_count GREATER MAX_FILES_OF_A_FOLDER)
        fault("lib/${folder}: ${file_count} files; a folder of more than ${MAX_FILES_OF_A_FOLDER} needs rooms")
    endif()
    string(REGEX REPLACE "/.*" "" stage "${folder}")
    file(RELATIVE_PATH room "/${stage}" "/${folder}")
    set(list_file "${ROOT}/lib/${stage}/CMakeLists.txt")
    set(build_list "")
    if(EXISTS "${list_file}")
        file(READ "${list_file}" build_list)
    endif()
    foreach(file IN LISTS files)
        check_flow("${file}" "${folder}")
        file(STRINGS "${ROOT}/${file}" differs REGEX "${not_portable}")
        list(FILTER differs EXCLUDE REGEX "^[ \t]*//")
        if(differs)
            fault("${file}: the bits depend on the machine, base/portable_math.hpp gives the same: ${differs}")
        endif()
        file(STRINGS "${ROOT}/${file}" said REGEX "${talk}")
        list(FILTER said EXCLUDE REGEX "^[ \t]*//")
        if(said)
            fault("${file}: the library never prints and never ends the process: ${said}")
        endif()
        get_filename_component(name "${file}" NAME)
        if(room)
            string(PREPEND name "${room}/")
        endif()
        string(FIND "${build_list}" "${name}" where)
        if(name MATCHES "\\.cpp$" AND where EQUAL -1)
            fault("${file}: not in lib/${stage}/CMakeLists.txt, so it is never built")
        endif()
    endforeach()
endforeach()

# Every source.
file(GLOB_RECURSE sources RELATIVE "${ROOT}"
    "${ROOT}/include/*.hpp" "${ROOT}/lib/*.[ch]pp" "${ROOT}/examples/*.[ch]pp" "${ROOT}/tests/*.[ch]pp"
    "${ROOT}/models/*.[ch]pp" "${ROOT}/python/*.[ch]pp")
foreach(source IN LISTS sources)
    file(STRINGS "${ROOT}/${source}" first_line LIMIT_COUNT 1)
    if(NOT first_line STREQUAL "// SPDX-License-Identifier: Apache-2.0")
        fault("${source}: the first line is not '// SPDX-License-Identifier: Apache-2.0'")
    endif()
    file(READ "${ROOT}/${source}" text)
    # A table of words is no code: lines of nothing but a string are not counted.
    string(REGEX REPLACE "\n[ \t]*\"[^\n]*" "" text "${text}")
    string(REGEX REPLACE "[^\n]" "" newlines "${text}")
    string(LENGTH "${newlines}" line_count)
    if(line_count GREATER MAX_LINES)
        fault("${source}: ${line_count} lines; more than ${MAX_LINES} cannot be read in one sitting")
    endif()
    if(source MATCHES "^include/" AND line_count GREATER MAX_HEADER_LINES)
        fault("${source}: ${line_count} lines; a public header has at most ${MAX_HEADER_LINES}")
    endif()
endforeach()

include("${CMAKE_CURRENT_LIST_DIR}/retired_words.cmake")

get_property(fault_count GLOBAL PROPERTY faults)
if(fault_count GREATER 0)
    message(FATAL_ERROR "${fault_count} faults")
endif()
list(LENGTH sources source_count)
if(source_count EQUAL 0)
    message(FATAL_ERROR "${ROOT} has no sources: nothing was checked")
endif()
message("${source_count} files are in order")
