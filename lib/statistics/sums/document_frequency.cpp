// SPDX-License-Identifier: Apache-2.0
#include "statistics/sums/document_frequency.hpp"

#include "base/parallel.hpp"
#include "statistics/sums/fixed_point.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace fabula::detail {

namespace {

constexpr std::size_t smallest_table = 64;
/// Articles ahead whose terms are asked for, and where those are.
constexpr std::size_t later = 8;
constexpr std::size_t much_later = 24;
constexpr std::size_t members_together = std::size_t{1} << 16U;

/// Keys are hashes, but all keys of a shard begin alike.
std::size_t distribution(std::uint32_t key) {
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

TermSum& TermSums::place_of(Shard& shard, std::uint32_t key) {
    const std::size_t mask = shard.size() - 1;
    std::size_t place = distribution(key) & mask;
    while (shard[place].weight != 0 && shard[place].key != key)
        place = (place + 1) & mask;
    return shard[place];
}

void TermSums::add(Counting& counting, std::uint32_t key, std::uint64_t weight) {
    Shard& shard = counting.sums;
    if (2 * (counting.used + 1) > shard.size()) {
        Shard larger(std::max(smallest_table, 2 * shard.size()));
        for (const TermSum& sum : shard)
            if (sum.weight != 0)
                place_of(larger, sum.key) = sum;
        shard = std::move(larger);
    }
    TermSum& sum = place_of(shard, key);
    counting.used += sum.weight == 0 ? 1 : 0;
    sum.key = key;
    sum.weight += weight;
    ++sum.articles;
}

void TermSums::add(Counting& counting, std::uint32_t number,
                   std::span<const LexicalFeatures> lexical, std::span<const std::uint32_t> members,
                   std::span<const double> counts) {
    const std::uint32_t first = number << (32 - shard_bits);
    const std::uint32_t last = first + ((1U << (32 - shard_bits)) - 1);
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (i + much_later < members.size()) { // memory is what this waits for
            __builtin_prefetch(&lexical[members[i + much_later]].terms);
            const auto& ahead = lexical[members[i + later]].terms;
            __builtin_prefetch(ahead.data() + guess(ahead, first));
        }
        const auto& terms = lexical[members[i]].terms;
        for (std::size_t at = lower_bound(terms, first); at < terms.size() && terms[at].key <= last;
             ++at)
            add(counting, terms[at].key, in_units(counts[i], sum_units));
    }
}

TermSums::Shard TermSums::kept(const Shard& all) {
    const auto is_shared = [](const TermSum& sum) { return sum.articles > 1; };
    const auto count = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_shared));
    Shard shard;
    if (count == 0)
        return shard;
    shard.resize(std::bit_ceil(count + count / 3 + 1));
    for (const TermSum& sum : all)
        if (is_shared(sum))
            place_of(shard, sum.key) = sum;
    return shard;
}

TermSums::TermSums(std::span<const LexicalFeatures> lexical, std::span<const std::uint32_t> members,
                   std::span<const double> counts, unsigned threads, const Eviction& eviction) {
    for (std::size_t begin = 0; begin < shards_.size(); begin += shards_together) {
        std::array<Counting, shards_together> counting;
        for (std::size_t at = 0; at < members.size(); at += members_together) {
            const std::size_t size = std::min(members_together, members.size() - at);
            // Each thread sums up some of the terms, so that no two write to one sum.
            for_each_task(shards_together, threads, [&](std::size_t i) {
                add(counting[i], static_cast<std::uint32_t>(begin + i), lexical,
                    members.subspan(at, size), counts.subspan(at, size));
            });
            eviction.now();
        }
        for_each_task(shards_together, threads, [&](std::size_t i) {
            shards_[begin + i] = kept(std::exchange(counting[i], {}).sums);
        });
    }
}

TermSums::TermSums(std::span<const TermSum> sums) {
    std::array<Shard, std::size_t{1} << shard_bits> all;
    for (const TermSum& sum : sums)
        all[sum.key >> (32 - shard_bits)].push_back(sum);
    std::transform(all.begin(), all.end(), shards_.begin(), kept);
}

double TermSums::operator[](std::uint32_t key) const {
    const Shard& shard = shards_[key >> (32 - shard_bits)];
    if (shard.empty())
        return 0;
    const std::size_t mask = shard.size() - 1;
    std::size_t place = distribution(key) & mask;
    while (shard[place].weight != 0 && shard[place].key != key)
        place = (place + 1) & mask;
    return static_cast<double>(shard[place].weight) / sum_units;
}

} // namespace fabula::detail
