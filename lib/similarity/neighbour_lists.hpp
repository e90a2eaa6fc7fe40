// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "similarity/pair_sink.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// The pairs found so far, from each of their two rows: the nearest first, ties to the lower place.
/// Rows go by their place in some order of all positions: where near rows have near places, so
/// have the lists of neighbours in memory.
///
/// Memory: 16 bytes for each pair that the sink has, twice where both rows keep it, and 16 a row.
class NeighbourLists {
public:
    struct Neighbour {
        float cosine;
        std::uint32_t place;
    };

    /// Of what the sink has; no thread may be adding to it.
    NeighbourLists(std::span<const std::uint32_t> order, PairSink& sink, unsigned threads);

    [[nodiscard]] std::span<const Neighbour> of(std::size_t place) const {
        return std::span(neighbours_).subspan(begin_[place], end_[place] - begin_[place]);
    }
    void prefetch(std::size_t place) const {
        for (std::size_t i = begin_[place]; i < end_[place]; i += 8)
            __builtin_prefetch(neighbours_.data() + i);
    }
    [[nodiscard]] std::size_t rows() const { return end_.size(); }

private:
    std::vector<std::size_t> begin_, end_;
    std::vector<Neighbour> neighbours_;
};

} // namespace fabula::detail
