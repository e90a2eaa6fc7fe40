// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clustering/dense_labels.hpp"

#include <fabula/clustering.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace fabula::detail {

/// Partitions of which each is made of clusters of the one before, from single nodes on. The nodes
/// stand in such an order that every cluster of every partition is a run of places.
struct Dendrogram {
    std::size_t partitions{};         ///< the first of them, number 0, has each node alone
    std::vector<std::uint32_t> order; ///< the node of each place
    /// The first partition in which the node of a place is in one cluster with that of the place
    /// before; `partitions` where there is none.
    std::vector<std::uint8_t> joined_in;

    /// Whether a cluster of the partition begins at the place; so it does just past the last one.
    [[nodiscard]] bool begins(std::size_t place, std::size_t partition) const {
        return place == order.size() || joined_in[place] > partition;
    }
    /// The end of the cluster that begins there.
    [[nodiscard]] std::size_t end(std::size_t begin, std::size_t partition) const {
        std::size_t end = begin + 1;
        while (!begins(end, partition))
            ++end;
        return end;
    }
    /// The clusters that begin at the places where begins(place).
    template <class Begins>
    [[nodiscard]] Clustering clustering(const Begins& begins) const {
        std::vector<std::uint32_t> labels(order.size());
        std::uint32_t label = 0;
        for (std::size_t place = 0; place < order.size(); ++place) {
            if (place > 0 && begins(place))
                ++label;
            labels[order[place]] = label;
        }
        return dense_labels(std::move(labels), order.size());
    }
    [[nodiscard]] Clustering clustering_of(std::size_t partition) const {
        return clustering([&](std::size_t place) { return begins(place, partition); });
    }
};

} // namespace fabula::detail
