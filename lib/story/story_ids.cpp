// SPDX-License-Identifier: Apache-2.0
#include "story/story_ids.hpp"

#include "base/hash.hpp"
#include "base/runs.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace fabula::detail {
namespace {

/// A hash and the canonical position of what has it.
using Hashed = std::pair<std::uint64_t, std::uint32_t>;

/// Calls visit(positions) for each run of equal hashes, the positions ascending.
template <class Visit>
void for_each_equal(std::vector<Hashed> all, const Visit& visit) {
    std::sort(all.begin(), all.end());
    for_each_run(all, &Hashed::first, visit);
}

} // namespace

StoryIds::StoryIds(const Articles& articles, std::span<const std::size_t> order,
                   std::span<const std::uint64_t> identities)
    : articles_(articles), order_(order), identities_(identities), numbers_(order.size()) {
    std::vector<Hashed> by_id;
    by_id.reserve(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        by_id.emplace_back(hash_of(articles[order[i]].id), i);
    std::vector<Hashed> by_identity;
    for_each_equal(std::move(by_id), [&](std::span<const Hashed> same) {
        if (same.size() > 1 || articles[order[same.front().second]].id.empty())
            for (const auto& [hash, position] : same)
                by_identity.emplace_back(identities[position], position);
    });
    for_each_equal(std::move(by_identity), [&](std::span<const Hashed> same) {
        for (std::size_t i = 0; i < same.size(); ++i)
            numbers_[same[i].second] = static_cast<std::uint32_t>(i + 1);
    });
}

std::string StoryIds::of(std::span<const std::uint32_t> members) const {
    std::vector<std::pair<std::string_view, std::string>> keys; ///< id, and what is added to it
    for (const std::uint32_t member : members) {
        const std::string_view id = articles_[order_[member]].id;
        if (numbers_[member] == 0)
            keys.emplace_back(id, "");
        else
            keys.emplace_back(id, '?' + hexadecimal(identities_[member]) + '.' +
                                      std::to_string(numbers_[member]));
    }
    std::sort(keys.begin(), keys.end());
    std::string joined;
    for (const auto& [id, added] : keys) {
        joined += std::to_string(id.size());
        joined += ':';
        joined += id;
        joined += added;
    }
    return hexadecimal(hash_of(joined));
}

} // namespace fabula::detail
