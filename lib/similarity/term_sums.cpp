// SPDX-License-Identifier: Apache-2.0
#include "similarity/term_sums.hpp"

#include "text/parallel.hpp"

#include <algorithm>
#include <bit>

namespace fabula::detail {

namespace {

constexpr std::size_t smallest_table = 64;
/// Articles ahead whose terms are asked for, and where those are.
constexpr std::size_t later = 8;
constexpr std::size_t much_later = 24;

/// Keys are hashes, but all keys of a shard begin alike.
std::size_t spread(std::uint32_t key) {
    return static_cast<std::size_t>(key) * 0x9E3779B97F4A7C15ULL >> 24U;
}

/// About where the key stands among the terms, which are sorted: keys are hashes.
std::size_t guess(std::span<const WeightedTerm> terms, std::uint32_t key) {
    return (std::uint64_t{key} * terms.size()) >> 32U;
}

/// The first of the terms whose key is not below.
std::size_t lower_bound(std::span<const WeightedTerm> terms, std::uint32_t key) {
    std::size_t at = guess(terms, key);
    while (at > 0 && terms[at - 1].key >= key)
        --at;
    while (at < terms.size() && terms[at].key < key)
        ++at;
    return at;
}

} // namespace

TermSums::Sum& TermSums::place_of(Shard& shard, std::uint32_t key) {
    const std::size_t mask = shard.size() - 1;
    std::size_t place = spread(key) & mask;
    while (shard[place].value != 0 && shard[place].key != key)
        place = (place + 1) & mask;
    return shard[place];
}

void TermSums::add(Shard& shard, std::size_t& used, std::uint32_t key, float value) {
    if (2 * (used + 1) > shard.size()) {
        Shard larger(std::max(smallest_table, 2 * shard.size()));
        for (const Sum& sum : shard)
            if (sum.value != 0)
                place_of(larger, sum.key) = sum;
        shard = std::move(larger);
    }
    Sum& sum = place_of(shard, key);
    used += sum.value == 0 ? 1 : 0;
    sum.key = key;
    sum.value += value;
    ++sum.articles;
}

TermSums::TermSums(std::span<const ArticleEvidence> evidence,
                   std::span<const std::uint32_t> members, std::span<const double> counts,
                   unsigned threads) {
    // Each thread sums up some of the terms of all articles, so that no two write to one sum.
    for_each_task(shards_.size(), threads, [&](std::size_t number) {
        const std::uint32_t first = static_cast<std::uint32_t>(number) << (32 - shard_bits);
        const std::uint32_t last = first + ((1U << (32 - shard_bits)) - 1);
        Shard all;
        std::size_t used = 0;
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (i + much_later < members.size()) { // memory is what this waits for
                __builtin_prefetch(&evidence[members[i + much_later]].terms);
                const auto& ahead = evidence[members[i + later]].terms;
                __builtin_prefetch(ahead.data() + guess(ahead, first));
            }
            const auto& terms = evidence[members[i]].terms;
            for (std::size_t at = lower_bound(terms, first);
                 at < terms.size() && terms[at].key <= last; ++at)
                add(all, used, terms[at].key, static_cast<float>(counts[i]));
        }
        const auto is_shared = [](const Sum& sum) { return sum.articles > 1; };
        const auto kept =
            static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_shared));
        Shard& shard = shards_[number];
        if (kept == 0)
            return;
        shard.resize(std::bit_ceil(kept + kept / 3 + 1));
        for (const Sum& sum : all)
            if (is_shared(sum))
                place_of(shard, sum.key) = sum;
    });
}

double TermSums::operator[](std::uint32_t key) const {
    const Shard& shard = shards_[key >> (32 - shard_bits)];
    if (shard.empty())
        return 0;
    const std::size_t mask = shard.size() - 1;
    std::size_t place = spread(key) & mask;
    while (shard[place].value != 0 && shard[place].key != key)
        place = (place + 1) & mask;
    return static_cast<double>(shard[place].value);
}

} // namespace fabula::detail
