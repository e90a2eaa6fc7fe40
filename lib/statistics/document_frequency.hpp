// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/scratch_memory.hpp"
#include "features/lexical_features.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// For each term, by its key, the sum over the articles that have it of what each counts: in how
/// many articles, or stories, it occurs.
///
/// Terms that only one article has are the most by far, and are left out: whoever asks knows that
/// article. Sums run in the order of the members, whatever the number of threads. Memory: 12 to 24
/// bytes a term that is kept, and while learning as many for one in four of all terms.
class TermSums {
public:
    TermSums() = default;

    /// `counts[i]` is what member `members[i]` counts, above 0. `threads` = 0: one a core;
    /// `eviction`: see `Eviction`.
    TermSums(std::span<const LexicalFeatures> lexical, std::span<const std::uint32_t> members,
             std::span<const double> counts, unsigned threads, const Eviction& eviction = {});

    /// 0 for a term that no member has, or only one.
    [[nodiscard]] double operator[](std::uint32_t key) const;

private:
    static constexpr std::uint32_t shard_bits = 6;
    static constexpr std::size_t shards_together = 16; ///< summed up in one pass over the members

    struct Sum {
        std::uint32_t key{};
        float value{}; ///< 0 = a free place
        std::uint32_t articles{};
    };
    /// A hash table with linear probing; its size is a power of two, or 0.
    using Shard = std::vector<Sum>;
    /// One that grows.
    struct Counting {
        Shard sums;
        std::size_t used{};
    };

    [[nodiscard]] static Sum& place_of(Shard& shard, std::uint32_t key);
    static void add(Counting& counting, std::uint32_t key, float value);
    /// The terms of the members whose keys are of this shard.
    static void add(Counting& counting, std::uint32_t number,
                    std::span<const LexicalFeatures> lexical,
                    std::span<const std::uint32_t> members, std::span<const double> counts);
    /// The sums that more than one article has a part in.
    [[nodiscard]] static Shard kept(const Shard& all);

    std::array<Shard, std::size_t{1} << shard_bits> shards_; ///< by the first bits of the key
};

} // namespace fabula::detail
