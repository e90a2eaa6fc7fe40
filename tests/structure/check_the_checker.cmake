# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)

# cmake -DWORK=<folder to use> -P check_the_checker.cmake
# A checker that never complains would pass every tree: this one has a fault of each kind.
set(spdx "// SPDX-License-Identifier: Apache-2.0\n")
file(REMOVE_RECURSE "${WORK}")
file(WRITE "${WORK}/include/fabula/fabula.hpp" "${spdx}#include <fabula/story.hpp>\n")
file(WRITE "${WORK}/include/fabula/story.hpp" "${spdx}#include <fabula/io.hpp>\n#include <unicode/utypes.h>\n")
file(WRITE "${WORK}/include/fabula/io.hpp" "${spdx}namespace fabula {\nstruct Line {\n};\n}\n")
file(WRITE "${WORK}/lib/text/line.hpp" "${spdx}struct Line;\nstruct Line {\n};\n")
file(WRITE "${WORK}/lib/text/CMakeLists.txt" "target_sources(fabula PRIVATE a.cpp)\n")
file(WRITE "${WORK}/lib/text/a.cpp" "${spdx}#include \"story/build.hpp\"\nvoid f() { std::printf(\"x\"); }\n"
    "double g(double x) { return std::exp(x); }\n")
file(WRITE "${WORK}/lib/text/b.cpp" "#include \"text/b.hpp\"\n")
file(WRITE "${WORK}/lib/sorting/c.cpp" "${spdx}")
file(WRITE "${WORK}/lib/neighbours/kernels/d.hpp" "${spdx}#include \"neighbours/exact/e.hpp\"\n")
foreach(number RANGE 1 21)
    file(WRITE "${WORK}/lib/base/f${number}.hpp" "${spdx}")
endforeach()
string(REPEAT "\n" 600 many_lines)
file(WRITE "${WORK}/tests/long.cpp" "${spdx}${many_lines}")
# Files of which one says a retired word where it may, the other where it may not; words in the table of words.
file(WRITE "${WORK}/lib/clustering/g.hpp" "${spdx}// No few pairs outvote many.\n")
file(WRITE "${WORK}/tests/g.cpp" "${spdx}\nstruct CopyMark;\n")
file(WRITE "${WORK}/docs/g.md" "See `lib/text/line.hpp` and `lib/text/gone.hpp`.\n")
file(WRITE "${WORK}/CONTRIBUTING.md" "# All\n\n## Words\n\n| copy marks; tellings | reports |\n\n## Then\n\nName keys.\n")

execute_process(
    COMMAND ${CMAKE_COMMAND} -DROOT=${WORK} -P ${CMAKE_CURRENT_LIST_DIR}/check_structure.cmake
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
message("${output}")
foreach(expected IN ITEMS
    "include/fabula/story.hpp: <fabula/io.hpp> is of io, which comes later"
    "include/fabula/story.hpp: <unicode/utypes.h> is neither"
    "include/fabula/io.hpp: not included by fabula/fabula.hpp"
    "include/fabula/io.hpp: its names are not in the namespace"
    "lib/text/line.hpp: Line hides the public type"
    "lib/text/a.cpp: \"story/build.hpp\" is of story, which comes later"
    "lib/neighbours/kernels/d.hpp: \"neighbours/exact/e.hpp\" is of neighbours/exact, which comes later"
    "lib/base: 21 files"
    "lib/text/a.cpp: the library never prints"
    "lib/text/a.cpp: the bits depend on the machine"
    "lib/text/b.cpp: not in lib/text/CMakeLists.txt"
    "lib/text/b.cpp: the first line is not"
    "lib/sorting: not one of"
    "tests/long.cpp: 601 lines"
    "tests/g.cpp:3: 'copymark' is a retired word"
    "CONTRIBUTING.md:9: 'name key' is a retired word"
    "docs/g.md: there is no lib/text/gone.hpp"
    "17 faults")
    string(FIND "${output}" "${expected}" where)
    if(where EQUAL -1)
        message(FATAL_ERROR "not reported: ${expected}")
    endif()
endforeach()
if(result EQUAL 0)
    message(FATAL_ERROR "the checker reports faults and yet exits with 0")
endif()
