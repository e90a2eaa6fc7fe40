// SPDX-License-Identifier: Apache-2.0
#include "clustering/agglomeration.hpp"

#include "base/parallel.hpp"
#include "clustering/disjoint_sets.hpp"

#include <algorithm>

namespace fabula::detail {
namespace {

/// Clusters that one task reads, of many.
constexpr std::size_t clusters_per_task = 64;
/// How often as many edges as neighbours a node has that gets a list: it takes 12 bytes a
/// neighbour.
constexpr std::size_t much_shorter = 4;
/// Neighbours that are read sooner than another thread is told to.
constexpr std::size_t few_neighbours = 16'384;

} // namespace

Agglomeration::Agglomeration(const SimilarityGraph& graph, const LinkageScale& scale,
                             std::span<const std::uint32_t> parts, std::span<const LogOdds> gains,
                             unsigned threads)
    : scale_(scale), threads_(threads), graph_edges_(graph.edges), gains_(gains),
      edges_(graph, parts, threads), clusters_(graph.nodes), neighbours_(graph.nodes),
      best_(graph.nodes), best_rank_(graph.nodes), workspaces_([nodes = graph.nodes] {
          return Workspace{{}, std::vector<std::uint32_t>(nodes)};
      }) {
    for (std::uint32_t node = 0; node < graph.nodes; ++node) {
        clusters_[node].label = node;
        clusters_[node].first = node;
        best_[node].store(none, std::memory_order_relaxed);
    }
}

bool Agglomeration::Rank::is_above(const Rank& other) const {
    if (const auto order = mean <=> other.mean; std::is_neq(order))
        return std::is_gt(order);
    return low_first != other.low_first ? low_first < other.low_first
                                        : high_first < other.high_first;
}

std::uint32_t Agglomeration::root(std::uint32_t number) const {
    while (clusters_[number].label != number)
        number = clusters_[number].label;
    return number;
}

Agglomeration::Rank Agglomeration::rank(std::uint32_t a, std::uint32_t b, LogOdds sum) const {
    const Cluster& x = clusters_[a];
    const Cluster& y = clusters_[b];
    return {MeanGain(sum, static_cast<std::size_t>(x.size) * y.size), std::min(x.first, y.first),
            std::max(x.first, y.first)};
}

void Agglomeration::gather(std::uint32_t of, std::uint32_t cluster, Workspace& workspace) const {
    const auto add = [&](std::uint32_t number, LogOdds sum) {
        const std::uint32_t other = root(number);
        if (other == cluster || clusters_[other].is_done != 0)
            return;
        std::uint32_t& place = workspace.places[other];
        if (place != 0) {
            Neighbour& there = workspace.list[place - 1];
            there.set(there.sum() + sum);
        } else {
            workspace.list.emplace_back(other, sum);
            place = static_cast<std::uint32_t>(workspace.list.size());
        }
    };
    if (clusters_[of].has_list != 0)
        for (const Neighbour& neighbour : neighbours_[of])
            add(neighbour.cluster, neighbour.sum());
    else
        edges_.for_each(of, [&](std::uint32_t other, const Edge& edge) { add(other, gain(edge)); });
}

void Agglomeration::keep_list(std::uint32_t cluster, const std::vector<Neighbour>& list) {
    std::vector<Neighbour>& kept = neighbours_[cluster];
    if (kept.capacity() < list.size() || kept.capacity() > 2 * list.size())
        kept = std::vector<Neighbour>(list.begin(), list.end()); // no larger than it must be
    else
        kept.assign(list.begin(), list.end());
    clusters_[cluster].has_list = 1;
}

void Agglomeration::find_best(std::uint32_t cluster, Workspace& workspace) {
    std::uint32_t best = none;
    Rank best_rank;
    for (const Neighbour& neighbour : workspace.list) {
        workspace.places[neighbour.cluster] = 0;
        const Rank here = rank(cluster, neighbour.cluster, neighbour.sum());
        if (scale_.allows(here.mean) && (best == none || here.is_above(best_rank))) {
            best = neighbour.cluster;
            best_rank = here;
        }
    }
    workspace.list.clear();
    best_[cluster].store(best, std::memory_order_relaxed);
    best_rank_[cluster] = best_rank;
}

void Agglomeration::read(std::uint32_t cluster, Workspace& workspace) {
    gather(cluster, cluster, workspace);
    if (clusters_[cluster].has_list != 0 || much_shorter * workspace.list.size() < length(cluster))
        keep_list(cluster, workspace.list);
    find_best(cluster, workspace);
}

template <class Item, class Visit>
void Agglomeration::for_each(const std::vector<Item>& items, const Visit& visit) const {
    std::size_t to_read = 0;
    for (const Item& item : items)
        to_read += length(number(item));
    const std::size_t step = items_per_task(items.size(), clusters_per_task);
    for_each_task((items.size() + step - 1) / step, to_read < few_neighbours ? 1 : threads_,
                  [&](std::size_t task) {
                      const std::size_t end = std::min(items.size(), (task + 1) * step);
                      for (std::size_t i = task * step; i < end; ++i)
                          visit(items[i]);
                  });
}

void Agglomeration::read_all(const std::vector<std::uint32_t>& clusters) {
    for_each(clusters, [&](std::uint32_t cluster) { read(cluster, workspaces_.local()); });
}

std::vector<Agglomeration::Merge>
Agglomeration::reciprocal(const std::vector<std::uint32_t>& clusters) const {
    std::vector<Merge> out;
    for (const std::uint32_t cluster : clusters) {
        const std::uint32_t best = best_[cluster].load(std::memory_order_relaxed);
        if (best == none || best_[best].load(std::memory_order_relaxed) != cluster)
            continue;
        // The shorter list moves. Where both are among the clusters, they meet twice.
        const auto is_longer = [&](std::uint32_t a, std::uint32_t b) {
            return length(a) != length(b) ? length(a) > length(b) : a < b;
        };
        out.push_back(is_longer(cluster, best) ? Merge{cluster, best} : Merge{best, cluster});
    }
    const auto is_before = [](const Merge& a, const Merge& b) { return a.stays < b.stays; };
    std::sort(out.begin(), out.end(), is_before);
    out.erase(std::unique(out.begin(), out.end(),
                          [](const Merge& a, const Merge& b) { return a.stays == b.stays; }),
              out.end());
    return out;
}

void Agglomeration::merge(const std::vector<Merge>& merges) {
    for (const auto [stays, goes] : merges) {
        clusters_[stays].size += clusters_[goes].size;
        clusters_[stays].first = std::min(clusters_[stays].first, clusters_[goes].first);
        clusters_[stays].is_fresh = 1;
        clusters_[goes].label = stays;
    }
    for_each(merges, [&](const Merge& merge) {
        Workspace& workspace = workspaces_.local();
        gather(merge.stays, merge.stays, workspace);
        gather(merge.goes, merge.stays, workspace);
        std::vector<Neighbour>().swap(neighbours_[merge.goes]);
        keep_list(merge.stays, workspace.list);
        find_best(merge.stays, workspace);
    });
}

void Agglomeration::tell(const Merge& merge, std::vector<std::uint32_t>& worse) {
    const auto [stays, goes] = merge;
    for (const Neighbour& neighbour : neighbours_[stays]) {
        const std::uint32_t other = neighbour.cluster;
        if (clusters_[other].is_fresh != 0)
            continue; // has found its best anew
        // Whose best it was, no other merge writes to.
        const std::uint32_t best = best_[other].load(std::memory_order_relaxed);
        if (best != stays && best != goes)
            continue;
        if (best_rank_[other].is_above(rank(stays, other, neighbour.sum()))) {
            best_[other].store(none, std::memory_order_relaxed);
            worse.push_back(other);
        } else {
            best_[other].store(stays, std::memory_order_relaxed); // and the rank is what it was
        }
    }
}

void Agglomeration::tell_all(const std::vector<Merge>& merges) {
    for_each(merges, [&](const Merge& merge) { tell(merge, worse_.local()); });
    for (auto& some : worse_) {
        for (const std::uint32_t cluster : some)
            clusters_[cluster].is_waiting = 1;
        waiting_.insert(waiting_.end(), some.begin(), some.end());
        some.clear();
    }
}

void Agglomeration::follow(std::vector<std::uint32_t>& clusters) {
    for (std::size_t seen = 0; seen < clusters.size();) {
        std::vector<std::uint32_t> next;
        for (; seen < clusters.size(); ++seen) {
            const std::uint32_t best = best_[clusters[seen]].load(std::memory_order_relaxed);
            if (best != none && clusters_[best].is_waiting != 0) {
                clusters_[best].is_waiting = 0;
                next.push_back(best);
            }
        }
        read_all(next);
        clusters.insert(clusters.end(), next.begin(), next.end());
    }
}

std::vector<std::uint32_t> Agglomeration::take_waiting() {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t cluster : waiting_)
        if (clusters_[cluster].is_waiting != 0) {
            clusters_[cluster].is_waiting = 0;
            out.push_back(cluster);
        }
    waiting_.clear();
    return out;
}

Clustering Agglomeration::run(std::vector<Merged>* history) {
    std::vector<std::uint32_t> now; // those that have found their best since the last merges
    for (std::uint32_t node = 0; node < clusters_.size(); ++node)
        if (edges_.degree(node) > 0)
            now.push_back(node);
    read_all(now);
    while (!now.empty()) {
        // What has no neighbour that it may be merged with will never have one.
        for (const std::uint32_t cluster : now)
            if (best_[cluster].load(std::memory_order_relaxed) == none) {
                clusters_[cluster].is_done = 1;
                std::vector<Neighbour>().swap(neighbours_[cluster]);
            }
        const std::vector<Merge> merges = reciprocal(now);
        if (history != nullptr)
            for (const auto [stays, goes] : merges)
                history->push_back({stays, goes, best_rank_[stays].mean.value()});
        merge(merges);
        tell_all(merges);
        now.clear();
        for (const Merge& merge : merges) {
            clusters_[merge.stays].is_fresh = 0;
            now.push_back(merge.stays);
        }
        if (now.empty()) {
            now = take_waiting();
            read_all(now);
        }
        follow(now);
    }
    DisjointSets sets(clusters_.size());
    for (std::uint32_t node = 0; node < clusters_.size(); ++node) {
        clusters_[node].label = root(node);
        sets.attach(node, clusters_[node].label);
    }
    return sets.clustering();
}

} // namespace fabula::detail
