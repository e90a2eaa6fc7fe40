// SPDX-License-Identifier: Apache-2.0
#include "base/runs.hpp"
#include "evaluation/contingency.hpp"

#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>

#include <algorithm>
#include <utility>

namespace fabula::inline v0 {
namespace {

using detail::Cell;

struct Counts {
    std::uint64_t gold{};
    std::uint64_t predicted{};
    std::uint64_t correct{};
};

/// By the two languages, the lower number first.
using Table = std::map<std::pair<std::uint32_t, std::uint32_t>, Counts>;

/// Adds the pairs of articles that are together in both of these partitions.
void add_pairs(Table& table, std::uint64_t Counts::*column, std::span<const std::uint32_t> one,
               std::span<const std::uint32_t> other, std::span<const std::uint32_t> languages) {
    const detail::Contingency contingency = detail::count(one, other, languages);
    detail::for_each_run(contingency.cells, &Cell::clusters, [&](std::span<const Cell> cells) {
        for (auto a = cells.begin(); a != cells.end(); ++a) {
            if (a->articles > 1)
                table[{a->language, a->language}].*column += a->articles * (a->articles - 1) / 2;
            for (auto b = a + 1; b != cells.end(); ++b)
                table[{a->language, b->language}].*column += a->articles * b->articles;
        }
    });
}

} // namespace

std::vector<LanguagePairQuality> evaluate_language_pairs(std::span<const std::uint32_t> predicted,
                                                         std::span<const std::uint32_t> gold,
                                                         std::span<const std::string> languages) {
    if (predicted.size() != gold.size() || languages.size() != gold.size())
        throw Error(Errc::bad_input, std::to_string(predicted.size()) + " predicted labels, " +
                                         std::to_string(gold.size()) + " gold labels and " +
                                         std::to_string(languages.size()) +
                                         " languages; give one of each an article");
    std::vector<std::string> tags(languages.begin(), languages.end());
    detail::sort_unique(tags);
    std::vector<std::uint32_t> numbers; // in the order of the tags
    for (const std::string& language : languages)
        numbers.push_back(static_cast<std::uint32_t>(
            std::lower_bound(tags.begin(), tags.end(), language) - tags.begin()));

    Table table;
    add_pairs(table, &Counts::gold, gold, gold, numbers);
    add_pairs(table, &Counts::predicted, predicted, predicted, numbers);
    add_pairs(table, &Counts::correct, predicted, gold, numbers);
    std::vector<LanguagePairQuality> out;
    for (const auto& [pair, counts] : table) {
        const double precision = detail::share(counts.correct, counts.predicted);
        const double recall = detail::share(counts.correct, counts.gold);
        const double sum = precision + recall;
        out.push_back({tags[pair.first],
                       tags[pair.second],
                       counts.gold,
                       counts.predicted,
                       counts.correct,
                       {precision, recall, sum > 0 ? 2 * precision * recall / sum : 0}});
    }
    return out;
}

} // namespace fabula::inline v0
