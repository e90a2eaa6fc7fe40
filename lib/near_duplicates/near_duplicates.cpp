// SPDX-License-Identifier: Apache-2.0
#include "near_duplicates/near_duplicates.hpp"

#include "base/time_window.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace fabula::detail {

namespace {

bool has_few_words(const ArticleEvidence& article) {
    return article.fingerprint.values().size() < least_copied_shingles;
}

/// Of articles whose fingerprints hold all of their shingles. These are hashes of 32 bits, few of
/// which are no proof: the words' keys are asked as well.
bool has_same_words(const ArticleEvidence& a, const ArticleEvidence& b) {
    return !a.fingerprint.values().empty() && a.fingerprint == b.fingerprint &&
           a.words == b.words &&
           std::ranges::equal(a.terms, b.terms, {}, &WeightedTerm::key, &WeightedTerm::key);
}

/// The best leader met so far.
struct Best {
    std::uint32_t leader{};
    double likeness{};

    void offer(std::uint32_t other, double value) {
        if (value > likeness || (value == likeness && value > 0 && other < leader))
            *this = {other, value};
    }
};

/// Of n values, so many of the rarest that two fingerprints of `copy_resemblance` share one.
std::size_t prefix_length(std::size_t n) {
    const double shared = std::ceil(copy_resemblance * static_cast<double>(n) - 1e-9);
    return n - static_cast<std::size_t>(shared) + 1;
}

/// How many articles have a value. Values that fall on one place of the table count together: any
/// order of rarity serves, so long as it is the same for all articles.
class ValueCounts {
public:
    ValueCounts(std::span<const ArticleEvidence> evidence, const LetGo& let_go)
        : counts_(std::bit_ceil(std::max<std::size_t>(1, evidence.size() * Fingerprint::size))) {
        for (std::size_t i = 0; i < evidence.size(); ++i) {
            for (const std::uint32_t value : evidence[i].fingerprint.values())
                if (std::uint8_t& count = counts_[place(value)]; count < most)
                    ++count;
            let_go.now_and_then(i);
        }
    }

    [[nodiscard]] std::uint8_t operator[](std::uint32_t value) const {
        return counts_[place(value)];
    }

private:
    static constexpr std::uint8_t most = 255;

    /// The values that a fingerprint keeps are small: their lower bits tell them apart.
    [[nodiscard]] std::size_t place(std::uint32_t value) const {
        return value & (counts_.size() - 1);
    }

    std::vector<std::uint8_t> counts_;
};

using RareValue = std::pair<std::uint8_t, std::uint32_t>; ///< how many have it, and the value

void find_rarest(const Fingerprint& fingerprint, const ValueCounts& counts,
                 std::vector<RareValue>& rarest) {
    rarest.clear();
    for (const std::uint32_t value : fingerprint.values())
        rarest.emplace_back(counts[value], value);
    if (rarest.empty())
        return;
    const auto end = rarest.begin() + static_cast<std::ptrdiff_t>(prefix_length(rarest.size()));
    std::partial_sort(rarest.begin(), end, rarest.end());
    rarest.erase(end, rarest.end());
}

} // namespace

double copy_likeness(const ArticleEvidence& a, const ArticleEvidence& b) {
    if (a.language != b.language || a.has_vector != b.has_vector ||
        !may_be_copies(a.copy_marks, b.copy_marks))
        return 0;
    if (has_few_words(a) || has_few_words(b))
        return a.has_vector && has_same_words(a, b) ? 1 : 0;
    const double likeness = resemblance(a.fingerprint, b.fingerprint);
    return likeness >= copy_resemblance ? likeness : 0;
}

std::vector<std::uint32_t> copy_leaders(std::span<const ArticleEvidence> evidence,
                                        std::chrono::seconds time_window, const LetGo& let_go) {
    std::vector<std::uint32_t> leaders(evidence.size());
    const ValueCounts counts(evidence, let_go);
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> leaders_with;
    std::vector<std::uint32_t> seen(evidence.size(), ~0U); // by which article a leader was met last
    std::vector<RareValue> rarest;
    for (std::uint32_t i = 0; i < evidence.size(); ++i) {
        find_rarest(evidence[i].fingerprint, counts, rarest);
        Best best{i, 0};
        for (const auto& [count, value] : rarest) {
            const auto found = count > 1 ? leaders_with.find(value) : leaders_with.end();
            if (found == leaders_with.end())
                continue;
            for (const std::uint32_t leader : found->second) {
                if (seen[leader] == i)
                    continue;
                seen[leader] = i;
                if (within_window(evidence[leader].published, evidence[i].published, time_window))
                    best.offer(leader, copy_likeness(evidence[leader], evidence[i]));
            }
        }
        leaders[i] = best.leader;
        let_go.now_and_then(i);
        if (best.leader != i)
            continue;
        for (const auto& [count, value] : rarest) {
            if (count == 1)
                continue; // nobody will look for it
            auto& others = leaders_with[value];
            if (others.size() == most_leaders_of_value)
                std::erase_if(others, [&](std::uint32_t leader) {
                    return !within_window(evidence[leader].published, evidence[i].published,
                                          time_window);
                });
            if (others.size() < most_leaders_of_value)
                others.push_back(i);
        }
    }
    return leaders;
}

std::vector<std::uint32_t> leaders_alone(std::span<const std::uint32_t> leaders) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < leaders.size(); ++i)
        if (leaders[i] == i)
            out.push_back(i);
    return out;
}

} // namespace fabula::detail
