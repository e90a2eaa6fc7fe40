// SPDX-License-Identifier: Apache-2.0
#include "reference/name_pairs.hpp"

#include "base/time_window.hpp"
#include "neighbours/join/join_rows.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace fabula::test {
namespace {

using detail::LexicalFeatures;
using detail::NamePair;

bool has(const LexicalFeatures& article, std::uint32_t name) {
    return std::binary_search(article.names.begin(), article.names.end(), name);
}

/// The names that an article follows; `others` are the articles within its window, with itself.
std::vector<std::uint32_t> followed_names(const LexicalFeatures& article,
                                          std::span<const LexicalFeatures* const> others,
                                          const std::map<std::uint32_t, std::size_t>& having,
                                          std::size_t most_having) {
    std::vector<std::pair<std::size_t, std::uint32_t>> rarest;
    for (const std::uint32_t name : article.names)
        if (having.at(name) <= most_having)
            rarest.emplace_back(std::count_if(others.begin(), others.end(),
                                              [&](const auto* other) { return has(*other, name); }),
                                name);
    std::sort(rarest.begin(), rarest.end());
    std::vector<std::uint32_t> out;
    std::size_t met = 0;
    for (const auto& [count, name] : rarest) {
        met += count;
        if (met > detail::most_met_by_names)
            break;
        out.push_back(name);
    }
    return out;
}

} // namespace

std::vector<NamePair> name_pairs_naive(std::span<const LexicalFeatures> lexical, std::size_t most,
                                       std::chrono::seconds time_window,
                                       std::span<const std::uint32_t> only) {
    const std::vector<std::uint32_t> articles = detail::rows_of(lexical.size(), only);
    std::map<std::uint32_t, std::size_t> having;
    for (const std::uint32_t i : articles)
        for (const std::uint32_t name : lexical[i].names)
            ++having[name];
    const std::size_t most_having = std::max<std::size_t>(100, articles.size() / 10);
    std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const std::uint32_t i : articles) {
        if (lexical[i].has_vector)
            continue;
        std::vector<std::uint32_t> in_window;
        std::vector<const LexicalFeatures*> others;
        for (const std::uint32_t j : articles)
            if (detail::within_window(lexical[i].published, lexical[j].published, time_window)) {
                in_window.push_back(j);
                others.push_back(&lexical[j]);
            }
        const auto names = followed_names(lexical[i], others, having, most_having);
        std::vector<std::pair<std::size_t, std::uint32_t>> partners;
        for (const std::uint32_t j : in_window) {
            const auto shared = static_cast<std::size_t>(
                std::count_if(names.begin(), names.end(),
                              [&](std::uint32_t name) { return has(lexical[j], name); }));
            if (j != i && shared >= 3)
                partners.emplace_back(shared, j);
        }
        std::sort(partners.begin(), partners.end(), [](const auto& a, const auto& b) {
            return a.first != b.first ? a.first > b.first : a.second < b.second;
        });
        if (most > 0 && partners.size() > most)
            partners.resize(most);
        for (const auto& [shared, j] : partners)
            pairs.insert(std::minmax(i, j));
    }
    std::vector<NamePair> out;
    for (const auto& [first, second] : pairs)
        out.push_back({first, second});
    return out;
}

} // namespace fabula::test
