// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

/// Collections in which many articles have nearly the same words.
namespace fabula::test {

inline constexpr std::string_view wire_report =
    "A cargo ship carrying fertiliser ran aground off the coast of Kavala early on Tuesday after "
    "its engine failed in heavy seas, the Hellenic coast guard said. All 23 crew members of the "
    "Amalthea were lifted to safety by helicopter and taken to the hospital of Xanthi, where two "
    "of them were treated for broken bones. \"We heard a loud noise from below and then every "
    "light went out,\" the chief engineer, Stelios Markou, told reporters. The vessel had left "
    "Constanta on Sunday with 6,400 tonnes of potash on board and was bound for Marseille. "
    "Divers will inspect the hull as soon as the wind drops, and two tugs have been sent from "
    "Piraeus. Environmental groups warned that the wreck lies close to a nesting ground of the "
    "loggerhead turtle. The ministry of shipping opened an inquiry into the maintenance of the "
    "engine, which had already failed once in April. Fishing boats were told to keep a distance "
    "of three miles until further notice, and the beach of Keramoti was closed to bathers.";

/// A print of the report: another dateline, another author, another closing line, and now and then
/// a word changed inside.
inline Article wire_print(std::size_t i) {
    constexpr std::array<std::string_view, 7> towns{"LONDON", "Madrid", "OSLO",    "Vienna",
                                                    "PRAGUE", "Boston", "Canberra"};
    constexpr std::array<std::string_view, 5> desks{
        "Reporting by our maritime desk.", "Additional reporting from Athens by Eleni Dimou.",
        "This story was updated with further details.", "The Harbour Post, all rights reserved.",
        "More on this story tomorrow."};
    Article article;
    article.id = "print-" + std::to_string(100000 + i);
    article.language = "en";
    article.text = std::string(towns[i % towns.size()]) + ", " + std::to_string(i % 28 + 1) +
                   " May (Wire) - " + std::string(wire_report);
    const auto replace = [&](std::string_view from, std::string_view to) {
        article.text.replace(article.text.find(from), from.size(), to);
    };
    if (i % 3 == 1)
        replace("heavy seas", "rough seas");
    if (i % 11 == 5)
        replace("until further notice", "for the time being");
    article.text += " " + std::string(desks[i % desks.size()]);
    return article;
}

/// One of many articles that a program wrote from a template: other names, other numbers.
inline Article template_article(std::size_t i) {
    constexpr std::array<std::string_view, 10> first{"Bar", "Kel", "Mor", "Tis", "Van",
                                                     "Dor", "Lun", "Pel", "Rag", "Zer"};
    constexpr std::array<std::string_view, 10> last{"grave",  "hausen", "minster", "ovice", "ville",
                                                    "thorpe", "stead",  "brook",   "ingen", "abad"};
    const std::string town = std::string(first[i % 10]) + std::string(last[i / 10 % 10]) +
                             std::string(last[i / 100 % 10]);
    const std::string number = std::to_string(1000 + i);
    Article article;
    article.id = "template-" + std::to_string(100000 + i);
    article.language = "en";
    article.text =
        "The average price of a house in " + town + " was " + number +
        " last month, according to figures published by the land registry on Monday. That is a "
        "change of less than one per cent on the month before. The registry collects the prices of "
        "all homes that were sold with a mortgage or for cash and corrects them for the season. "
        "Detached houses changed hands more often than flats, as they usually do at this time of "
        "the year, and first-time buyers paid a little less than those who had owned a home "
        "before. Estate agents in " +
        town +
        " said that the number of viewings had been stable and that most sellers accepted the "
        "first offer. The figures for the next month will be published in four weeks. They may "
        "still be revised, as some sales take a long time to be recorded.";
    return article;
}

} // namespace fabula::test
