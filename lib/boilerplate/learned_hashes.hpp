// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// Whether a sorted list of hashes holds a value. Hashes are spread evenly: the search begins where
/// the value would stand if they were so exactly, and widens from there. It reads a few lines of
/// memory in place of one a halving.
[[nodiscard]] bool contains(std::span<const std::uint64_t> sorted, std::uint64_t value);

/// A set of hashes that is mostly asked for what it does not hold: a Bloom filter of one bit a hash
/// (Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970) answers fifteen in
/// sixteen of those. Memory: 10 to 12 bytes a hash.
class LearnedHashes {
public:
    void add(std::span<const std::uint64_t> hashes);

    [[nodiscard]] std::span<const std::uint64_t> sorted() const { return sorted_; }
    [[nodiscard]] bool empty() const { return sorted_.empty(); }
    [[nodiscard]] bool contains(std::uint64_t hash) const {
        if (sorted_.empty())
            return false;
        const std::size_t bit = hash & (64 * bits_.size() - 1);
        return (bits_[bit / 64] >> (bit % 64) & 1U) != 0 && detail::contains(sorted_, hash);
    }

private:
    std::vector<std::uint64_t> sorted_; ///< each once
    std::vector<std::uint64_t> bits_;   ///< by the last bits of a hash; a power of two of them
};

} // namespace fabula::detail
