// SPDX-License-Identifier: Apache-2.0
#include "similarity/names_alone.hpp"

#include "similarity/time_window.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <unordered_map>
#include <utility>

namespace fabula::detail {

namespace {

constexpr double bias = -5.5;
constexpr double name_weight = 5;
constexpr double number_weight = 4;
constexpr double word_weight = 20;
constexpr double least_words = 0.9;   ///< the cosine of terms that means "as likely as not"
constexpr double copied_words = 0.95; ///< from here on nearly all words are the same
constexpr std::size_t least_names = 3;
constexpr std::size_t rare_name = 100; ///< articles that may always have one

double part(std::size_t shared, std::size_t a, std::size_t b) {
    return static_cast<double>(shared) / (static_cast<double>(std::min(a, b)) + 1);
}

double words_log_odds(const NamesAlone& pair) {
    return word_weight * (pair.words - least_words);
}

double names_log_odds(const NamesAlone& pair) {
    return pair.shared_names < least_names
               ? bias
               : bias + name_weight * pair.names + number_weight * pair.numbers;
}

} // namespace

NamesAlone measure_names_alone(const ArticleEvidence& a, const ArticleEvidence& b) {
    NamesAlone out;
    out.shared_names = key_overlap(a.names, b.names).shared;
    out.names = part(out.shared_names, a.names.size(), b.names.size());
    out.numbers =
        part(key_overlap(a.numbers, b.numbers).shared, a.numbers.size(), b.numbers.size());
    if (!a.has_vector && !b.has_vector && a.language == b.language)
        out.words = static_cast<double>(term_cosine(a, b));
    return out;
}

double log_odds(const NamesAlone& pair) {
    return std::max(names_log_odds(pair), words_log_odds(pair));
}

std::vector<Contribution> contributions(const NamesAlone& pair) {
    const double by_words = words_log_odds(pair);
    if (by_words > names_log_odds(pair))
        return {{"words", pair.words, by_words}};
    const bool enough = pair.shared_names >= least_names;
    return {{"no_vector", 1, bias},
            {"names", pair.names, enough ? name_weight * pair.names : 0},
            {"numbers", pair.numbers, enough ? number_weight * pair.numbers : 0}};
}

Relation relation(const NamesAlone& pair) {
    if (pair.words >= copied_words)
        return Relation::duplicate;
    return log_odds(pair) >= 0 ? Relation::same_story : Relation::unrelated;
}

std::vector<NamePair> name_pairs(std::span<const ArticleEvidence> evidence, std::size_t most,
                                 std::chrono::seconds time_window,
                                 std::span<const std::uint32_t> only) {
    std::vector<NamePair> pairs;
    std::vector<std::uint32_t> all;
    if (only.empty()) {
        all.resize(evidence.size());
        std::iota(all.begin(), all.end(), 0U);
        only = all;
    }
    // Only the names of articles without a vector are asked for.
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> articles_with;
    for (const std::uint32_t i : only)
        if (!evidence[i].has_vector)
            for (const std::uint32_t name : evidence[i].names)
                articles_with[name];
    if (articles_with.empty())
        return pairs;
    for (const std::uint32_t i : only)
        for (const std::uint32_t name : evidence[i].names)
            if (const auto found = articles_with.find(name); found != articles_with.end())
                found->second.push_back(i);
    const std::size_t most_articles = std::max(rare_name, only.size() / 10);
    for (const std::uint32_t i : only) {
        if (evidence[i].has_vector)
            continue;
        std::vector<std::uint32_t> met;
        for (const std::uint32_t name : evidence[i].names)
            if (const auto& others = articles_with[name]; others.size() <= most_articles)
                met.insert(met.end(), others.begin(), others.end());
        std::sort(met.begin(), met.end());
        std::vector<std::pair<std::size_t, std::uint32_t>> partners;
        for (std::size_t begin = 0; begin < met.size();) {
            std::size_t end = begin;
            while (end < met.size() && met[end] == met[begin])
                ++end;
            const std::uint32_t j = met[begin];
            if (j != i && end - begin >= least_names &&
                within_window(evidence[i].published, evidence[j].published, time_window))
                partners.emplace_back(end - begin, j);
            begin = end;
        }
        std::sort(partners.begin(), partners.end(), [](const auto& a, const auto& b) {
            return a.first != b.first ? a.first > b.first : a.second < b.second;
        });
        if (most > 0 && partners.size() > most)
            partners.resize(most);
        for (const auto& [shared, j] : partners)
            pairs.push_back({std::min(i, j), std::max(i, j)});
    }
    const auto by_articles = [](const NamePair& a, const NamePair& b) {
        return a.first != b.first ? a.first < b.first : a.second < b.second;
    };
    std::sort(pairs.begin(), pairs.end(), by_articles);
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

} // namespace fabula::detail
