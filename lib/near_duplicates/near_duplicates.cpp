// SPDX-License-Identifier: Apache-2.0
#include "near_duplicates/near_duplicates.hpp"

#include "base/time_window.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace fabula::detail {

namespace {

bool has_few_words(const LexicalFeatures& article) {
    return article.sketch.values().size() < least_copied_shingles;
}

/// Of articles whose sketches hold all of their shingles. These are hashes of 32 bits, few of
/// which are no proof: the words' keys are asked as well.
bool has_same_words(const LexicalFeatures& a, const LexicalFeatures& b) {
    return !a.sketch.values().empty() && a.sketch == b.sketch && a.words == b.words &&
           std::ranges::equal(a.terms, b.terms, {}, &WeightedTerm::key, &WeightedTerm::key);
}

/// The best representative met so far.
struct Best {
    std::uint32_t representative{};
    double likeness{};

    void offer(std::uint32_t other, double value) {
        if (value > likeness || (value == likeness && value > 0 && other < representative))
            *this = {other, value};
    }
};

/// Of n values, so many of the rarest that two sketches of `least_resemblance` share one.
std::size_t prefix_length(std::size_t n) {
    const double shared = std::ceil(least_resemblance * static_cast<double>(n) - 1e-9);
    return n - static_cast<std::size_t>(shared) + 1;
}

/// How many articles have a value. Values that fall on one place of the table count together: any
/// order of rarity serves, so long as it is the same for all articles.
class ValueCounts {
public:
    ValueCounts(std::span<const LexicalFeatures> lexical, const Eviction& eviction)
        : counts_(std::bit_ceil(std::max<std::size_t>(1, lexical.size() * MinHashSketch::size))) {
        for (std::size_t i = 0; i < lexical.size(); ++i) {
            for (const std::uint32_t value : lexical[i].sketch.values())
                if (std::uint8_t& count = counts_[place(value)]; count < most)
                    ++count;
            eviction.now_and_then(i);
        }
    }

    [[nodiscard]] std::uint8_t operator[](std::uint32_t value) const {
        return counts_[place(value)];
    }

private:
    static constexpr std::uint8_t most = 255;

    /// The values that a sketch keeps are small: their lower bits tell them apart.
    [[nodiscard]] std::size_t place(std::uint32_t value) const {
        return value & (counts_.size() - 1);
    }

    std::vector<std::uint8_t> counts_;
};

using RareValue = std::pair<std::uint8_t, std::uint32_t>; ///< how many have it, and the value

void find_rarest(const MinHashSketch& sketch, const ValueCounts& counts,
                 std::vector<RareValue>& rarest) {
    rarest.clear();
    for (const std::uint32_t value : sketch.values())
        rarest.emplace_back(counts[value], value);
    if (rarest.empty())
        return;
    const auto end = rarest.begin() + static_cast<std::ptrdiff_t>(prefix_length(rarest.size()));
    std::partial_sort(rarest.begin(), end, rarest.end());
    rarest.erase(end, rarest.end());
}

} // namespace

double near_duplicate_similarity(const LexicalFeatures& a, const LexicalFeatures& b) {
    if (a.language != b.language || a.has_vector != b.has_vector ||
        !may_be_near_duplicates(a.required_terms, b.required_terms))
        return 0;
    if (has_few_words(a) || has_few_words(b))
        return a.has_vector && has_same_words(a, b) ? 1 : 0;
    const double likeness = resemblance(a.sketch, b.sketch);
    return likeness >= least_resemblance ? likeness : 0;
}

std::vector<std::uint32_t> find_near_duplicates(std::span<const LexicalFeatures> lexical,
                                                std::chrono::seconds time_window,
                                                const Eviction& eviction) {
    std::vector<std::uint32_t> representatives(lexical.size());
    const ValueCounts counts(lexical, eviction);
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> representatives_with;
    std::vector<std::uint32_t> seen(lexical.size(),
                                    ~0U); // by which article a representative was met last
    std::vector<RareValue> rarest;
    for (std::uint32_t i = 0; i < lexical.size(); ++i) {
        find_rarest(lexical[i].sketch, counts, rarest);
        Best best{i, 0};
        for (const auto& [count, value] : rarest) {
            const auto found =
                count > 1 ? representatives_with.find(value) : representatives_with.end();
            if (found == representatives_with.end())
                continue;
            for (const std::uint32_t representative : found->second) {
                if (seen[representative] == i)
                    continue;
                seen[representative] = i;
                if (within_window(lexical[representative].published, lexical[i].published,
                                  time_window))
                    best.offer(representative,
                               near_duplicate_similarity(lexical[representative], lexical[i]));
            }
        }
        representatives[i] = best.representative;
        eviction.now_and_then(i);
        if (best.representative != i)
            continue;
        for (const auto& [count, value] : rarest) {
            if (count == 1)
                continue; // nobody will look for it
            auto& others = representatives_with[value];
            if (others.size() == most_representatives_of_value)
                std::erase_if(others, [&](std::uint32_t representative) {
                    return !within_window(lexical[representative].published, lexical[i].published,
                                          time_window);
                });
            if (others.size() < most_representatives_of_value)
                others.push_back(i);
        }
    }
    return representatives;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>>
connect_near_duplicates(std::span<const LexicalFeatures> lexical,
                        std::chrono::seconds time_window) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
    const ValueCounts counts(lexical, {});
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> articles_with;
    std::vector<std::uint32_t> parents(lexical.size());
    std::iota(parents.begin(), parents.end(), 0U);
    const auto root = [&](std::uint32_t i) {
        while (parents[i] != i)
            i = parents[i] = parents[parents[i]];
        return i;
    };
    std::vector<std::uint32_t> seen(lexical.size(), ~0U); // by which article one was met last
    std::vector<RareValue> rarest;
    for (std::uint32_t i = 0; i < lexical.size(); ++i) {
        find_rarest(lexical[i].sketch, counts, rarest);
        for (const auto& [count, value] : rarest) {
            if (count == 1)
                continue;
            std::vector<std::uint32_t>& others = articles_with[value];
            for (const std::uint32_t other : others) {
                if (seen[other] == i || root(other) == root(i))
                    continue;
                seen[other] = i;
                if (within_window(lexical[other].published, lexical[i].published, time_window) &&
                    near_duplicate_similarity(lexical[other], lexical[i]) > 0) {
                    parents[root(i)] = root(other);
                    out.emplace_back(other, i);
                }
            }
            others.push_back(i);
        }
    }
    return out;
}

std::vector<std::uint32_t> unique_articles(std::span<const std::uint32_t> representatives) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < representatives.size(); ++i)
        if (representatives[i] == i)
            out.push_back(i);
    return out;
}

NearDuplicates group_near_duplicates(std::span<const LexicalFeatures> lexical,
                                     std::chrono::seconds time_window, const Eviction& eviction) {
    NearDuplicates out{find_near_duplicates(lexical, time_window, eviction), {}};
    out.unique = unique_articles(out.representatives);
    return out;
}

} // namespace fabula::detail
