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

/// In how many articles a term occurs, and what they count.
struct TermSum {
    std::uint32_t key{};
    std::uint32_t articles{};
    std::uint64_t weight{}; ///< in `sum_units`

    friend bool operator==(const TermSum&, const TermSum&) = default;
};

/// For each term, by its key, the sum over the articles that have it of what each counts: in how
/// many articles, or stories, it occurs.
///
/// Terms that only one article has are the most by far, and are left out: whoever asks knows that
/// article. Sums are whole numbers of `sum_units`, and so the same in any order. Memory: 16 to 32
/// bytes a term that is kept, and while learning as many for one in four of all terms.
class TermSums {
public:
    TermSums() = default;

    /// `counts[i]` is what member `members[i]` counts, above 0. `threads` = 0: one a core;
    /// `eviction`: see `Eviction`.
    TermSums(std::span<const LexicalFeatures> lexical, std::span<const std::uint32_t> members,
             std::span<const double> counts, unsigned threads, const Eviction& eviction = {});

    /// The same from sums at hand, in any order, each term once.
    explicit TermSums(std::span<const TermSum> sums);

    /// 0 for a term that no member has, or only one.
    [[nodiscard]] double operator[](std::uint32_t key) const;

private:
    static constexpr std::uint32_t shard_bits = 6;
    static constexpr std::size_t shards_together = 16; ///< summed up in one pass over the members

    /// A hash table with linear probing; its size is a power of two, or 0.
    using Shard = std::vector<TermSum>; ///< weight 0 = a free place
    /// One that grows.
    struct Counting {
        Shard sums;
        std::size_t used{};
    };

    [[nodiscard]] static TermSum& place_of(Shard& shard, std::uint32_t key);
    static void add(Counting& counting, std::uint32_t key, std::uint64_t weight);
    /// The terms of the members whose keys are of this shard.
    static void add(Counting& counting, std::uint32_t number,
                    std::span<const LexicalFeatures> lexical,
                    std::span<const std::uint32_t> members, std::span<const double> counts);
    /// The sums that more than one article has a part in.
    [[nodiscard]] static Shard kept(const Shard& all);

    std::array<Shard, std::size_t{1} << shard_bits> shards_; ///< by the first bits of the key
};

} // namespace fabula::detail
