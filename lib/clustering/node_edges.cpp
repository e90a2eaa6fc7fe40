// SPDX-License-Identifier: Apache-2.0
#include "clustering/node_edges.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <numeric>

namespace fabula::detail {
namespace {

/// Edges that are noted sooner than another thread is told to, and of each task: every task looks
/// at all edges, but writes to places that are near each other.
constexpr std::size_t few_edges = 100'000;
constexpr std::size_t edges_a_task = 2'000'000;

} // namespace

NodeEdges::NodeEdges(const SimilarityGraph& graph, std::span<const std::uint32_t> parts,
                     unsigned threads)
    : edges_(graph.edges), parts_(parts), first_begins_(graph.nodes + 1),
      second_begins_(graph.nodes + 1) {
    for (const Edge& edge : edges_) {
        ++first_begins_[edge.first + 1];
        second_begins_[edge.second + 1] += is_within(edge) ? 1 : 0;
    }
    std::partial_sum(first_begins_.begin(), first_begins_.end(), first_begins_.begin());
    std::partial_sum(second_begins_.begin(), second_begins_.end(), second_begins_.begin());
    by_second_.resize(second_begins_.back());
    const std::size_t tasks = edges_.size() < few_edges
                                  ? 1
                                  : std::clamp<std::size_t>(edges_.size() / edges_a_task, 4, 32);
    for_each_task(tasks, threads, [&](std::size_t task) {
        note(graph.nodes * task / tasks, graph.nodes * (task + 1) / tasks);
    });
}

void NodeEdges::note(std::size_t first, std::size_t last) {
    std::vector<std::size_t> next(second_begins_.begin() + static_cast<std::ptrdiff_t>(first),
                                  second_begins_.begin() + static_cast<std::ptrdiff_t>(last));
    // Edges are sorted by their first nodes, which are the lower ones.
    const std::size_t end = last == 0 ? 0 : first_begins_[last - 1];
    for (std::size_t at = 0; at < end; ++at)
        if (edges_[at].second >= first && edges_[at].second < last && is_within(edges_[at]))
            by_second_[next[edges_[at].second - first]++] = static_cast<std::uint32_t>(at);
}

} // namespace fabula::detail
