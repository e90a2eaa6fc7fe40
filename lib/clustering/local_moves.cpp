// SPDX-License-Identifier: Apache-2.0
#include "clustering/local_moves.hpp"

#include "clustering/dense_labels.hpp"
#include "clustering/linkage_scale.hpp"

#include <limits>
#include <utility>
#include <vector>

namespace fabula::detail {
namespace {

/// How an article fits a cluster that it is not counted in.
struct Fit {
    LogOdds sum{}; ///< of log-odds − least over its pairs with the members
    double mean{}; ///< the same, over their number; 0 where there are none

    Fit() = default;
    Fit(LogOdds gains, std::size_t members, const LinkageScale& scale)
        : sum(gains - scale.cost() * static_cast<LogOdds>(members)),
          mean(members == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(members)) {}

    [[nodiscard]] bool beats(const Fit& own) const { return sum > own.sum && mean > own.mean; }
};

class Moves {
public:
    Moves(const SimilarityGraph& graph, float min_probability, const Clustering& start)
        : scale_(graph, min_probability), cluster_of_(start.labels), size_(start.clusters, 0),
          begin_(graph.nodes + 1, 0) {
        for (const std::uint32_t cluster : cluster_of_)
            ++size_[cluster];
        for (const Edge& edge : graph.edges) {
            ++begin_[edge.first + 1];
            ++begin_[edge.second + 1];
        }
        for (std::size_t node = 0; node < graph.nodes; ++node)
            begin_[node + 1] += begin_[node];
        // Sorted edges give each list its lower neighbours in order, and then the higher ones.
        halves_.resize(begin_.back());
        std::vector<std::size_t> next(begin_.begin(), begin_.end() - 1);
        for (const Edge& edge : graph.edges)
            halves_[next[edge.second]++] = half(edge.first, edge);
        for (const Edge& edge : graph.edges)
            halves_[next[edge.first]++] = half(edge.second, edge);
        sum_.resize(size_.size());
    }

    MovedClustering run(std::size_t most_sweeps) {
        MovedClustering out;
        std::size_t moved = 1;
        while (moved > 0 && out.sweeps < most_sweeps) {
            moved = 0;
            for (std::uint32_t node = 0; node < cluster_of_.size(); ++node)
                moved += visit(node) ? 1 : 0;
            out.moves += moved;
            ++out.sweeps;
        }
        out.clustering = dense_labels(std::move(cluster_of_), size_.size());
        return out;
    }

private:
    struct Half {
        std::uint32_t neighbour{};
        std::int32_t gain{}; ///< fits: log-odds are within ±13.9, in steps of 2^-20
    };

    [[nodiscard]] Half half(std::uint32_t neighbour, const Edge& edge) const {
        return {neighbour, static_cast<std::int32_t>(scale_.gain(edge))};
    }

    bool visit(std::uint32_t node) {
        const std::uint32_t own = cluster_of_[node];
        touched_.clear();
        for (std::size_t i = begin_[node]; i < begin_[node + 1]; ++i) {
            const std::uint32_t cluster = cluster_of_[halves_[i].neighbour];
            if (!sum_[cluster].touched) {
                sum_[cluster].touched = true;
                touched_.push_back(cluster);
            }
            sum_[cluster].gains += halves_[i].gain;
        }
        Fit best(sum_[own].gains, size_[own] - 1, scale_);
        const Fit here = best;
        std::uint32_t target = own;
        if (const Fit alone; alone.beats(here)) {
            best = alone;
            target = no_cluster;
        }
        for (const std::uint32_t cluster : touched_) {
            const Fit there(sum_[cluster].gains, size_[cluster], scale_);
            if (cluster != own && there.beats(here) && there.mean > best.mean) {
                best = there;
                target = cluster;
            }
            sum_[cluster] = {};
        }
        if (target == own)
            return false;
        if (target == no_cluster)
            target = free_cluster();
        if (--size_[own] == 0)
            free_.push_back(own);
        ++size_[target];
        cluster_of_[node] = target;
        return true;
    }

    /// An empty cluster. Its number has no part in the result.
    std::uint32_t free_cluster() {
        if (!free_.empty()) {
            const std::uint32_t cluster = free_.back();
            free_.pop_back();
            return cluster;
        }
        size_.push_back(0);
        sum_.emplace_back();
        return static_cast<std::uint32_t>(size_.size() - 1);
    }

    static constexpr auto no_cluster = std::numeric_limits<std::uint32_t>::max();

    struct Sum {
        LogOdds gains{};
        bool touched{};
    };

    LinkageScale scale_;
    std::vector<std::uint32_t> cluster_of_;
    std::vector<std::uint32_t> size_;
    std::vector<std::uint32_t> free_;    ///< clusters without members
    std::vector<std::size_t> begin_;     ///< of each node's part of `halves_`
    std::vector<Half> halves_;           ///< each edge from both its ends, by node, then neighbour
    std::vector<Sum> sum_;               ///< of the visited node to each cluster
    std::vector<std::uint32_t> touched_; ///< clusters in the order of their lowest neighbour
};

} // namespace

MovedClustering local_moves(const SimilarityGraph& graph, float min_probability,
                            const Clustering& start, std::size_t most_sweeps) {
    return Moves(graph, min_probability, start).run(most_sweeps);
}

} // namespace fabula::detail
