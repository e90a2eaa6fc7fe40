// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/join/top_k_collector.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// For each row some other rows, all by their place in an order. First those that are fresh, then
/// those that are known, each descending: who looks for places above some place stops at the first
/// that is not.
class PlaceLists {
public:
    [[nodiscard]] std::span<const std::uint32_t> fresh(std::size_t row) const {
        return std::span(places_).subspan(begin_[row], fresh_[row]);
    }
    [[nodiscard]] std::span<const std::uint32_t> known(std::size_t row) const {
        return std::span(places_).subspan(begin_[row] + fresh_[row], known_[row]);
    }
    /// Those that are fresh, those that are known, and those beyond `longest`.
    [[nodiscard]] std::span<const std::uint32_t> all(std::size_t row) const {
        return std::span(places_).subspan(begin_[row], begin_[row + 1] - begin_[row]);
    }
    [[nodiscard]] std::size_t rows() const { return fresh_.size(); }
    void prefetch(std::size_t row) const { __builtin_prefetch(places_.data() + begin_[row]); }

protected:
    /// Of a row that is near to very many, no more are fresh or known: without an end, a row that
    /// all others are near to would bring all pairs.
    static constexpr std::size_t longest = 2048;

    std::vector<std::size_t> begin_;
    std::vector<std::uint32_t> places_;
    std::vector<std::uint16_t> fresh_, known_; ///< how many
};

/// The pairs found so far, from each of their two rows. Where near rows have near places, so have
/// the lists of neighbours in memory.
///
/// Memory: 8 bytes for each pair that the sink has, 12 a row and 4 for each of its nearest; while
/// it is made, 20 a row and 16 a pair, but of pairs no more than 256 MiB, or what one row takes.
class NeighbourLists : public PlaceLists {
public:
    /// Of what the sink has, fresh as that is; no thread may be adding to it. Of more neighbours
    /// than `longest`, the nearest are fresh or known.
    /// `at_once`: how many are put in order at once, or those of one row; 8 bytes each.
    NeighbourLists(std::span<const std::uint32_t> order, std::size_t nearest, PairSink& sink,
                   unsigned threads, std::size_t at_once = std::size_t{1} << 25U);

    /// Where the nearest stand in `all`: the nearest first, ties to the lower place.
    [[nodiscard]] std::span<const std::uint32_t> nearest(std::size_t row) const {
        return std::span(nearest_).subspan(row * most_, std::min(most_, all(row).size()));
    }

private:
    /// Appends the lists of the rows [first, last); `begin` says where they would begin if pairs
    /// that come twice were kept so.
    void put_in_order(std::span<const std::size_t> begin, std::size_t first, std::size_t last,
                      std::span<const std::uint32_t> place_of, PairSink& sink, unsigned threads);

    std::size_t most_; ///< nearest of a row
    std::vector<std::uint32_t> nearest_;
};

/// For each row, those that have it among their nearest. Memory: 12 bytes a row and 4 for each of
/// its nearest.
class Followers : public PlaceLists {
public:
    explicit Followers(const NeighbourLists& lists);
};

} // namespace fabula::detail
