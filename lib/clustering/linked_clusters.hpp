// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace fabula::detail {

/// Nodes of a graph that must, or cannot, be in one cluster. No two of `cannot` are connected by
/// `must`.
struct NodeLinks {
    using Pair = std::pair<std::uint32_t, std::uint32_t>;

    std::vector<Pair> must;
    std::vector<Pair> cannot;

    [[nodiscard]] bool empty() const { return must.empty() && cannot.empty(); }
};

/// Clusters that obey links, for a way to cut a graph (after Wagstaff and others 2001: what must be
/// together is one node from the start; what cannot is kept apart).
///
/// Nodes that must be together become one, which has with each other node the likeliest of their
/// edges: average linkage then puts it where it fits best, and what fitted the others of them less
/// is not drawn along. A cluster of the cut that has nodes which cannot be together is taken apart:
/// each of these begins a part, unless a part that is there has none that it cannot be with; then
/// all others of the cluster join, one at a time, the highest mean log-odds to a part first, ties
/// to the lowest node and the earliest part.
///
/// `representatives`: which node each goes with, itself or one that represents it, see
/// `NearDuplicates`; those that links take away from it become nodes of their own. Only
/// representatives have edges. Labels are over all nodes. All of it depends on the graph, the
/// representatives and the links alone, whatever the order of the pairs.
[[nodiscard]] std::vector<Clustering>
cut_with_links(const SimilarityGraph& graph, std::vector<std::uint32_t>& representatives,
               const NodeLinks& links,
               const std::function<std::vector<Clustering>(const SimilarityGraph&)>& cut);

} // namespace fabula::detail
