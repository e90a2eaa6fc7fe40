// SPDX-License-Identifier: Apache-2.0
#include "clustering/local_moves.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace fabula::detail {
namespace {

/// Pairs are measured from a missing pair, so that only edges need a sum; `cost` is what each pair
/// loses when it is measured from `least` instead.
struct Scale {
    LogOdds missing;
    LogOdds cost; ///< ≥ 0

    Scale(const SimilarityGraph& graph, float min_probability)
        : missing(log_odds(graph.missing_probability)),
          cost(std::max<LogOdds>(0, log_odds(min_probability) - missing)) {}

    [[nodiscard]] LogOdds gain(const Edge& edge) const {
        return log_odds(edge.probability) - missing;
    }
};

/// How an article fits a cluster that it is not counted in.
struct Fit {
    LogOdds sum{}; ///< of log-odds − least over its pairs with the members
    double mean{}; ///< the same, over their number; 0 where there are none

    Fit() = default;
    Fit(LogOdds gains, std::size_t members, const Scale& scale)
        : sum(gains - scale.cost * static_cast<LogOdds>(members)),
          mean(members == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(members)) {}

    [[nodiscard]] bool beats(const Fit& own) const { return sum > own.sum && mean > own.mean; }
};

/// Dense labels in the order of first members.
Clustering renumbered(const std::vector<std::uint32_t>& cluster_of, std::size_t numbers) {
    constexpr auto none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> label(numbers, none);
    Clustering out;
    out.labels.reserve(cluster_of.size());
    for (const std::uint32_t cluster : cluster_of) {
        if (label[cluster] == none)
            label[cluster] = static_cast<std::uint32_t>(out.clusters++);
        out.labels.push_back(label[cluster]);
    }
    return out;
}

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
        out.clustering = renumbered(cluster_of_, size_.size());
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

    Scale scale_;
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

MovedClustering local_moves_naive(const SimilarityGraph& graph, float min_probability,
                                  const Clustering& start, std::size_t most_sweeps) {
    const Scale scale(graph, min_probability);
    std::map<std::pair<std::uint32_t, std::uint32_t>, LogOdds> gains;
    for (const Edge& edge : graph.edges)
        gains[{edge.first, edge.second}] = scale.gain(edge);

    std::vector<std::uint32_t> cluster_of = start.labels;
    std::size_t numbers = start.clusters;
    const auto fit = [&](std::uint32_t node, std::uint32_t cluster) {
        LogOdds sum = 0;
        std::size_t members = 0;
        for (std::uint32_t other = 0; other < graph.nodes; ++other) {
            if (other == node || cluster_of[other] != cluster)
                continue;
            ++members;
            const auto found = gains.find({std::min(node, other), std::max(node, other)});
            sum += found == gains.end() ? 0 : found->second;
        }
        return Fit(sum, members, scale);
    };

    MovedClustering out;
    std::size_t moved = 1;
    while (moved > 0 && out.sweeps < most_sweeps) {
        moved = 0;
        for (std::uint32_t node = 0; node < graph.nodes; ++node) {
            const Fit here = fit(node, cluster_of[node]);
            Fit best = here;
            std::uint32_t target = cluster_of[node];
            const auto alone = static_cast<std::uint32_t>(numbers);
            if (Fit{}.beats(here)) {
                best = Fit{};
                target = alone;
            }
            for (std::uint32_t other = 0; other < graph.nodes; ++other) {
                if (!gains.contains({std::min(node, other), std::max(node, other)}) ||
                    cluster_of[other] == cluster_of[node])
                    continue;
                const Fit there = fit(node, cluster_of[other]);
                if (there.beats(here) && there.mean > best.mean) {
                    best = there;
                    target = cluster_of[other];
                }
            }
            if (target == cluster_of[node])
                continue;
            numbers += target == alone ? 1 : 0;
            cluster_of[node] = target;
            ++moved;
        }
        out.moves += moved;
        ++out.sweeps;
    }
    out.clustering = renumbered(cluster_of, numbers);
    return out;
}

LogOdds clustering_objective(const SimilarityGraph& graph, float min_probability,
                             const Clustering& clustering) {
    const Scale scale(graph, min_probability);
    LogOdds sum = 0;
    for (const Edge& edge : graph.edges)
        if (clustering.labels[edge.first] == clustering.labels[edge.second])
            sum += scale.gain(edge);
    std::vector<LogOdds> size(clustering.clusters, 0);
    for (const std::uint32_t label : clustering.labels)
        ++size[label];
    for (const LogOdds members : size)
        sum -= scale.cost * (members * (members - 1) / 2);
    return sum;
}

} // namespace fabula::detail
