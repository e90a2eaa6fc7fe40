// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace fabula::detail {

/// A hash table from an unordered pair of cluster numbers to a sum. Linear probing with removal by
/// shifting back, at 16 bytes a place and 1.5 places a pair; it never grows, because merging
/// clusters only ever lowers the number of pairs.
class PairSums {
public:
    explicit PairSums(std::size_t most_pairs) : places_(most_pairs + most_pairs / 2 + 2) {}

    /// Asks for the pair's place before it is needed: in a large table each is a miss of the cache.
    void prefetch(std::uint32_t a, std::uint32_t b) const;

    [[nodiscard]] const std::int64_t* find(std::uint32_t a, std::uint32_t b) const;

    /// Adds to the pair's sum; an absent pair starts at 0. Returns the sum before and after.
    struct Change {
        std::optional<std::int64_t> before;
        std::int64_t after{};
    };
    Change add(std::uint32_t a, std::uint32_t b, std::int64_t amount);

    /// Removes the pair and returns its sum; empty where there is none.
    std::optional<std::int64_t> take(std::uint32_t a, std::uint32_t b);

private:
    struct Place {
        std::uint64_t key{}; ///< 0 = free: a pair of two different numbers is never 0
        std::int64_t sum{};
    };

    [[nodiscard]] std::size_t home(std::uint64_t key) const;
    [[nodiscard]] std::size_t next(std::size_t place) const {
        return place + 1 == places_.size() ? 0 : place + 1;
    }
    /// The place of the key, or the free place where it would go.
    [[nodiscard]] std::size_t locate(std::uint64_t key) const;

    std::vector<Place> places_;
};

} // namespace fabula::detail
