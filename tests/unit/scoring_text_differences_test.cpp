// SPDX-License-Identifier: Apache-2.0
#include "scoring/text_differences.hpp"
#include "support/catch.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace fabula;

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs differences(const std::string& first, const std::string& second, std::size_t at_most = 12) {
    TextAnalyzer analyzer;
    const AnalyzedText a = analyzer.analyze(first);
    const AnalyzedText b = analyzer.analyze(second);
    Pairs out;
    for (Difference& difference : detail::text_differences(a, first, b, second, at_most))
        out.emplace_back(std::move(difference.first), std::move(difference.second));
    return out;
}

std::string words(std::size_t count, const std::string& stem) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += stem + std::to_string(i) + ' ';
    return out;
}

} // namespace

TEST_CASE("differences: what is filled into a form, in its places") {
    const std::string orkla = "Orkla earned 3.2 billion kroner in the second quarter, the company "
                              "says in its report on Tuesday. Shares rose 4 per cent in Oslo.";
    const std::string mowi = "Mowi ASA earned 4.1 billion kroner in the third quarter, the company "
                             "says in its report on Tuesday. Shares fell 2 per cent in Oslo.";
    const Pairs expected{
        {"Orkla", "Mowi ASA"}, {"3.2", "4.1"}, {"second", "third"}, {"rose 4", "fell 2"}};
    CHECK(differences(orkla, mowi) == expected);
    Pairs swapped = expected;
    for (auto& [first, second] : swapped)
        std::swap(first, second);
    CHECK(differences(mowi, orkla) == swapped);
    CHECK(differences(orkla, mowi, 2) == Pairs(expected.begin(), expected.begin() + 2));
    CHECK(differences(orkla, mowi, 0).empty());
    CHECK(differences(orkla, orkla).empty());
}

TEST_CASE("differences: what only one text has is none, nor are passages of their own") {
    CHECK(differences("The harbour is closed.", "The old harbour is closed again.").empty());
    CHECK(differences("The harbour is closed.", "").empty());
    CHECK(differences("", "").empty());
    const std::string longer = words(detail::longest_difference + 1, "word");
    CHECK(differences("Here begins " + longer + "and here it ends.",
                      "Here begins something and here it ends.")
              .empty());
    CHECK(differences("Here begins something else and here it ends.",
                      "Here begins something and here it ends.")
              .empty());
}

TEST_CASE("differences: between words that repeat, and in text without spaces") {
    CHECK(differences("of the port of the town of Bergen of the north",
                      "of the port of the town of Oslo of the north") == Pairs{{"Bergen", "Oslo"}});
    CHECK(differences("気温は25度です。", "気温は31度です。") == Pairs{{"25", "31"}});
}

TEST_CASE("differences: the same sides whichever comes first, in texts in another order") {
    const std::string first = "alpha beta gamma delta one epsilon zeta two eta theta";
    const std::string second = "epsilon zeta three eta theta alpha beta four gamma delta";
    Pairs swapped = differences(second, first);
    for (auto& [a, b] : swapped)
        std::swap(a, b);
    CHECK(differences(first, second) == swapped);
}

TEST_CASE("differences: long texts of one word, and of words nested in words, end soon") {
    const std::string same = words(1, "x");
    std::string repeated;
    for (int i = 0; i < 20'000; ++i)
        repeated += same;
    CHECK(
        differences(repeated + "end one", repeated + "end two").empty()); // beyond what is compared
    std::string nested;
    for (int i = 0; i < 2'000; ++i)
        nested = "w" + std::to_string(i) + ' ' + nested + "w" + std::to_string(i) + ' ';
    CHECK(differences(nested, nested + "end").empty());
}
