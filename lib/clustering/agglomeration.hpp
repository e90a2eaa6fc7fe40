// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clustering/linkage_scale.hpp"
#include "clustering/node_edges.hpp"

#include <fabula/clustering.hpp>
#include <fabula/neighbours.hpp>

#include <tbb/enumerable_thread_specific.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace fabula::detail {

/// Merges clusters in the order of their mean gains, from single articles on, as long as the scale
/// allows it.
///
/// No merge makes a cluster nearer to a third than the nearer of the two was, so that two clusters
/// which are each other's best will be merged at some time, whatever happens elsewhere: all such
/// pairs are merged at once, round by round, and on several threads (Benzécri, "Construction d'une
/// classification ascendante hiérarchique par la recherche en chaîne des voisins réciproques",
/// 1982; Sumengen et al., "Scaling hierarchical agglomerative clustering to billion-sized
/// datasets", 2021). Which pair is better is told by their means, then by the lower of their first
/// members, then by the higher one; that order is total, so that the result does not depend on that
/// of the merges.
///
/// Each cluster lists those that it shares an edge with, and the sums of the gains; a list learns
/// of others' merges when it is next read. That of a single node is its edges as they stand in the
/// graph, and takes no room until it is much shorter than they. After a merge its two lists are
/// read. A cluster whose best is worse for it waits: it is read again when it is the best of a
/// cluster that does not wait, or when nothing else is left to merge. From each cluster that does
/// not wait, the way from best to best ends at two that are each other's, so that there is always
/// something to merge. A round reads no list twice: O(n E) at worst, for n nodes and E edges.
class Agglomeration {
public:
    /// Edges between nodes of different `parts` (one label a node) do not count; empty = all do.
    /// `gains`: those of the graph's edges, or none: they are found whenever an edge is looked at.
    /// All of them must outlive this.
    Agglomeration(const SimilarityGraph& graph, const LinkageScale& scale,
                  std::span<const std::uint32_t> parts, std::span<const LogOdds> gains,
                  unsigned threads);

    /// Two clusters that became one, each named by a member.
    struct Merged {
        std::uint32_t stays{}; ///< names the union, too
        std::uint32_t goes{};
        double mean{}; ///< of the gains between the two, `MeanGain::value`
    };

    /// Call it once. Appends the merges to `history`, if there is one: those that made a cluster
    /// stand before those that it takes part in.
    [[nodiscard]] Clustering run(std::vector<Merged>* history = nullptr);

private:
    static constexpr auto none = std::numeric_limits<std::uint32_t>::max();

    /// A cluster, or one that has gone into it since, and the sum of the gains to it: 12 bytes.
    class Neighbour {
    public:
        Neighbour(std::uint32_t number, LogOdds sum) : cluster(number) { set(sum); }

        std::uint32_t cluster;

        [[nodiscard]] LogOdds sum() const {
            return static_cast<LogOdds>(high_) * (LogOdds{1} << 32U) + static_cast<LogOdds>(low_);
        }
        void set(LogOdds sum) {
            low_ = static_cast<std::uint32_t>(sum);
            high_ = static_cast<std::int32_t>(sum >> 32U);
        }

    private:
        std::uint32_t low_{};
        std::int32_t high_{};
    };

    /// What is asked of a cluster wherever it is a neighbour: together, as each look may miss the
    /// caches. The label of one that has gone into another is the number of one that it went into.
    struct Cluster {
        std::uint32_t label{};
        std::uint32_t first{};   ///< lowest member
        std::uint32_t size{1};   ///< members
        std::uint8_t is_done{};  ///< no merge is allowed, nor ever will be
        std::uint8_t is_fresh{}; ///< made in this round
        std::uint8_t is_waiting{};
        std::uint8_t has_list{}; ///< else it is one node
    };

    /// How good a pair of clusters is.
    struct Rank {
        MeanGain mean;
        std::uint32_t low_first{}; ///< first members, low < high
        std::uint32_t high_first{};

        [[nodiscard]] bool is_above(const Rank& other) const;
    };
    struct Merge {
        std::uint32_t stays{};
        std::uint32_t goes{};
    };
    static std::uint32_t number(std::uint32_t cluster) { return cluster; }
    static std::uint32_t number(const Merge& merge) { return merge.stays; }

    /// A list that one thread has at hand.
    struct Workspace {
        std::vector<Neighbour> list;
        std::vector<std::uint32_t> places; ///< one more than that in the list of each cluster, or 0
    };

    /// Neighbours to be read; more than there are, maybe.
    [[nodiscard]] std::size_t length(std::uint32_t cluster) const {
        return clusters_[cluster].has_list != 0 ? neighbours_[cluster].size()
                                                : edges_.degree(cluster);
    }
    /// Adds the neighbours of `of` to those at hand, as neighbours of `cluster`, which it is or has
    /// gone into.
    void gather(std::uint32_t of, std::uint32_t cluster, Workspace& workspace) const;
    void keep_list(std::uint32_t cluster, const std::vector<Neighbour>& list);
    /// Among those at hand, which are forgotten.
    void find_best(std::uint32_t cluster, Workspace& workspace);
    [[nodiscard]] std::uint32_t root(std::uint32_t number) const;
    [[nodiscard]] Rank rank(std::uint32_t a, std::uint32_t b, LogOdds sum) const;
    /// Calls visit(item) for each cluster or merge, several threads at a time where it pays.
    template <class Item, class Visit>
    void for_each(const std::vector<Item>& items, const Visit& visit) const;
    /// Brings the cluster's list up to date and finds its best.
    void read(std::uint32_t cluster, Workspace& workspace);
    void read_all(const std::vector<std::uint32_t>& clusters);
    /// The pairs of clusters that are each other's best, of which one is among these.
    [[nodiscard]] std::vector<Merge> reciprocal(const std::vector<std::uint32_t>& clusters) const;
    void merge(const std::vector<Merge>& merges);
    /// After a merge: the clusters whose best was one of its two, and is worse now.
    void tell(const Merge& merge, std::vector<std::uint32_t>& worse);
    void tell_all(const std::vector<Merge>& merges);
    /// Reads the best of these clusters where they wait, then the best of those, and so on, and
    /// appends them.
    void follow(std::vector<std::uint32_t>& clusters);
    /// All that wait.
    [[nodiscard]] std::vector<std::uint32_t> take_waiting();

    [[nodiscard]] LogOdds gain(const Edge& edge) const {
        return gains_.empty() ? scale_.gain(edge)
                              : gains_[static_cast<std::size_t>(&edge - graph_edges_.data())];
    }

    LinkageScale scale_;
    unsigned threads_;
    std::span<const Edge> graph_edges_;
    std::span<const LogOdds> gains_;
    NodeEdges edges_;
    std::vector<Cluster> clusters_;
    std::vector<std::vector<Neighbour>> neighbours_; ///< where `has_list`
    /// `none` where no merge is allowed, or it waits.
    std::vector<std::atomic<std::uint32_t>> best_;
    std::vector<Rank> best_rank_;
    std::vector<std::uint32_t> waiting_; ///< and some that no longer do
    tbb::enumerable_thread_specific<Workspace> workspaces_;
    tbb::enumerable_thread_specific<std::vector<std::uint32_t>> worse_; ///< as `tell` finds them
};

} // namespace fabula::detail
