// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/neighbours.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// The edges of each node of a graph, whichever end it is: those that it is the first node of stand
/// together in the graph, and for the others their places there are noted. 4 bytes an edge and 16 a
/// node.
class NodeEdges {
public:
    /// Edges between nodes of different `parts` (one label a node) are left out; empty = none are.
    /// Both must outlive this; the graph has less than 2^32 edges.
    NodeEdges(const SimilarityGraph& graph, std::span<const std::uint32_t> parts, unsigned threads);

    /// How many edges the node has, among them maybe some that are left out.
    [[nodiscard]] std::size_t degree(std::uint32_t node) const {
        return first_begins_[node + 1] - first_begins_[node] + second_begins_[node + 1] -
               second_begins_[node];
    }

    /// Calls visit(other, edge) for each edge of the node, in the order of the other nodes.
    template <class Visit>
    void for_each(std::uint32_t node, const Visit& visit) const {
        constexpr std::size_t later = 16;
        const std::uint32_t* const end = by_second_.data() + second_begins_[node + 1];
        for (const std::uint32_t* at = by_second_.data() + second_begins_[node]; at != end; ++at) {
            if (end - at > static_cast<std::ptrdiff_t>(later))
                __builtin_prefetch(&edges_[at[later]]);
            visit(edges_[*at].first, edges_[*at]);
        }
        for (std::size_t at = first_begins_[node]; at < first_begins_[node + 1]; ++at)
            if (is_within(edges_[at]))
                visit(edges_[at].second, edges_[at]);
    }

private:
    [[nodiscard]] bool is_within(const Edge& edge) const {
        return parts_.empty() || parts_[edge.first] == parts_[edge.second];
    }
    /// Notes the edges whose second nodes are in [first, last), and where each node's end.
    void note(std::size_t first, std::size_t last);

    std::span<const Edge> edges_;
    std::span<const std::uint32_t> parts_;
    std::vector<std::size_t> first_begins_;  ///< into `edges_`, one more than nodes
    std::vector<std::size_t> second_begins_; ///< into `by_second_`, likewise
    std::vector<std::uint32_t> by_second_;   ///< places in `edges_`
};

} // namespace fabula::detail
