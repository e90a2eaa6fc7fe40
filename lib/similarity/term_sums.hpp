// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evidence/article_evidence.hpp"

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
/// bytes a term that is kept, and while learning as many for one in 64 of all terms a thread.
class TermSums {
public:
    TermSums() = default;

    /// `counts[i]` is what member `members[i]` counts, above 0. `threads` = 0: one a core.
    TermSums(std::span<const ArticleEvidence> evidence, std::span<const std::uint32_t> members,
             std::span<const double> counts, unsigned threads);

    /// 0 for a term that no member has, or only one.
    [[nodiscard]] double operator[](std::uint32_t key) const;

private:
    static constexpr std::uint32_t shard_bits = 6;

    struct Sum {
        std::uint32_t key{};
        float value{}; ///< 0 = a free place
        std::uint32_t articles{};
    };
    /// A hash table with linear probing; its size is a power of two, or 0.
    using Shard = std::vector<Sum>;

    [[nodiscard]] static Sum& place_of(Shard& shard, std::uint32_t key);
    static void add(Shard& shard, std::size_t& used, std::uint32_t key, float value);

    std::array<Shard, std::size_t{1} << shard_bits> shards_; ///< by the first bits of the key
};

} // namespace fabula::detail
