# SPDX-License-Identifier: Apache-2.0

# Included by check_structure.cmake: one thing, one word. What a thing was once called is not said again, and a path that
# a document names is there. "Words" in CONTRIBUTING.md has the word to use.
#
# Each entry is a word, and after "|" the beginnings of the paths where it may stand, because it means another thing
# there or is a key of the model file. Case, "_" and "-" count for nothing: `copymark` finds CopyMark, copy_marks and
# copy-mark. What has a space is found in running text.
set(RETIRED_WORDS
    "articleevidence"
    "candidatefloor"
    "closeness|docs/pair-model.md|lib/scoring/pair_features.cpp|tests/unit/scoring_pair_model_test.cpp"
    "copyleader"
    "copylikeness"
    "copymark"
    "copyresemblance"
    "cosinespread"
    "crowding|docs/pair-model.md|lib/scoring/pair_features.cpp|tests/unit/scoring_pair_model_test.cpp"
    "crowdneighbour"
    "crowds"
    "the crowd"
    ".evidence"
    "::evidence"
    "\"evidence\""
    "extractevidence"
    "fingerprint|lib/model/|models/train/embedding/|tests/unit/model_"
    "first look"
    "firstlook"
    "foreignname|docs/pair-model.md|lib/scoring/pair_features.cpp"
    "foreignnumber|docs/pair-model.md|lib/scoring/pair_features.cpp"
    "foreign name|tests/bench/names.cpp"
    "foreign number"
    "furniture"
    "inreach"
    "judged"
    "judgement"
    "judging"
    "languagescale"
    "is let go"
    "letgo"
    "name key"
    "namekey"
    "namesalone"
    "native form"
    "nativeform"
    "rowfloor"
    "seeker"
    "standings"
    "story shares"
    "storyshares"
    "tellings"
    "vote|include/fabula/|lib/clustering/|models/train/baseline/|tests/unit/clustering_graph_test.cpp")

# Sets <out> to the number of the line of <text> at <position>.
function(line_at text position out)
    string(SUBSTRING "${text}" 0 ${position} before)
    string(REGEX REPLACE "[^\n]" "" newlines "${before}")
    string(LENGTH "\n${newlines}" number)
    set(${out} ${number} PARENT_SCOPE)
endfunction()

# Sets <out> to whether the path <file> begins with one of the others.
function(is_below file out)
    set(${out} FALSE PARENT_SCOPE)
    foreach(beginning IN LISTS ARGN)
        string(FIND "${file}" "${beginning}" where)
        if(where EQUAL 0)
            set(${out} TRUE PARENT_SCOPE)
        endif()
    endforeach()
endfunction()

set(worded "")
foreach(top IN ITEMS include lib examples tests models docs)
    file(GLOB_RECURSE files RELATIVE "${ROOT}"
        "${ROOT}/${top}/*.cpp" "${ROOT}/${top}/*.hpp" "${ROOT}/${top}/CMakeLists.txt" "${ROOT}/${top}/*.md")
    list(APPEND worded ${files})
endforeach()
foreach(file IN ITEMS README.md CONTRIBUTING.md)
    if(EXISTS "${ROOT}/${file}")
        list(APPEND worded ${file})
    endif()
endforeach()

foreach(file IN LISTS worded)
    file(READ "${ROOT}/${file}" text)
    if(file MATCHES "\\.md$")
        string(REGEX MATCHALL "`(cmake|docs|examples|include|lib|models|tests)/[A-Za-z0-9_./]+`" paths "${text}")
        foreach(path IN LISTS paths)
            string(REPLACE "`" "" path "${path}")
            if(NOT EXISTS "${ROOT}/${path}")
                fault("${file}: there is no ${path}")
            endif()
        endforeach()
    endif()
    if(file STREQUAL "CONTRIBUTING.md") # the table of words has the old ones
        string(FIND "${text}" "\n## Words\n" words)
        if(NOT words EQUAL -1)
            string(SUBSTRING "${text}" ${words} -1 after)
            string(SUBSTRING "${text}" 0 ${words} text)
            string(REGEX REPLACE "\n\\|[^\n]*" "\n" after "${after}")
            string(APPEND text "${after}")
        endif()
    endif()
    string(TOLOWER "${text}" text)
    string(REGEX REPLACE "[_-]" "" text "${text}")
    foreach(entry IN LISTS RETIRED_WORDS)
        string(REPLACE "|" ";" allowed "${entry}")
        list(POP_FRONT allowed word)
        string(FIND "${text}" "${word}" where)
        if(NOT where EQUAL -1)
            is_below("${file}" excused ${allowed})
            if(NOT excused)
                line_at("${text}" ${where} line)
                fault("${file}:${line}: '${word}' is a retired word; see \"Words\" in CONTRIBUTING.md")
            endif()
        endif()
    endforeach()
endforeach()
