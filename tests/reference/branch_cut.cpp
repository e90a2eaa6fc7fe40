// SPDX-License-Identifier: Apache-2.0
#include "reference/branch_cut.hpp"

#include "base/portable_math.hpp"
#include "reference/average_linkage.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace fabula::test {
namespace {

using Members = std::vector<std::uint32_t>;
using Partition = std::vector<Members>;

/// What is best made of some articles: its score, and the clusters.
struct Choice {
    std::int64_t score{};
    Partition clusters;
};

Partition members_of(const Clustering& clustering) {
    Partition out(clustering.clusters);
    for (std::uint32_t node = 0; node < clustering.labels.size(); ++node)
        out[clustering.labels[node]].push_back(node);
    return out;
}

class Definition {
public:
    Definition(const SimilarityGraph& graph, float min_probability)
        : affinity_(graph.nodes, std::vector<std::int64_t>(graph.nodes)) {
        // All from that of a missing pair, which adds the same to every mean.
        missing_ = affinity(graph.missing_probability);
        least_between_ = std::max<std::int64_t>(0, std::llround(0.35 * unit) - missing_);
        lone_affinity_ = static_cast<double>(affinity(min_probability) - missing_);
        for (const Edge& edge : graph.edges)
            affinity_[edge.first][edge.second] = affinity_[edge.second][edge.first] =
                std::max<std::int64_t>(0, affinity(edge.probability) - missing_);
        for (const float level :
             {0.02F, 0.03F, 0.05F, 0.07F, 0.1F,  0.15F, 0.2F,  0.25F, 0.3F,  0.35F, 0.4F,
              0.45F, 0.5F,  0.55F, 0.6F,  0.65F, 0.7F,  0.75F, 0.8F,  0.85F, 0.9F,  0.95F})
            partitions_.push_back(members_of(average_linkage_naive(graph, level)));
        Partition alone;
        for (std::uint32_t node = 0; node < graph.nodes; ++node)
            alone.push_back({node});
        partitions_.push_back(alone);
    }

    [[nodiscard]] Partition best() const {
        Partition out;
        for (const Members& cluster : partitions_.front()) {
            const Choice choice = best(cluster, 0);
            out.insert(out.end(), choice.clusters.begin(), choice.clusters.end());
        }
        return out;
    }

private:
    static constexpr double unit = 1073741824;

    static std::int64_t affinity(float probability) {
        const double p = std::min(std::max(static_cast<double>(probability), 1e-6), 1 - 1e-6);
        const double log_odds = detail::portable_log(p / (1 - p));
        const double affinity = 1 / (1 + detail::portable_exp(-log_odds / 3));
        return std::llround(affinity * unit);
    }

    [[nodiscard]] Choice best(const Members& cluster, std::size_t number) const {
        Choice whole{0, {cluster}};
        for (const std::uint32_t node : cluster)
            whole.score += score(node, cluster, partitions_[number]);
        if (number + 1 == partitions_.size())
            return whole;
        Choice pieces;
        for (const Members& piece : partitions_[number + 1]) {
            if (std::find(cluster.begin(), cluster.end(), piece.front()) == cluster.end())
                continue;
            const Choice choice = best(piece, number + 1);
            pieces.score += choice.score;
            pieces.clusters.insert(pieces.clusters.end(), choice.clusters.begin(),
                                   choice.clusters.end());
        }
        return whole.score >= pieces.score ? whole : pieces;
    }

    [[nodiscard]] std::int64_t score(std::uint32_t node, const Members& own,
                                     const Partition& partition) const {
        if (own.size() == 1) {
            const auto nearest = static_cast<double>(
                *std::max_element(affinity_[node].begin(), affinity_[node].end()));
            return score(lone_affinity_, static_cast<double>(least_between_) +
                                             0.1 * std::max(0.0, nearest - lone_affinity_));
        }
        auto between = static_cast<double>(least_between_);
        for (const Members& other : partition)
            if (other != own)
                between = std::max(between, sum(node, other) / static_cast<double>(other.size()));
        return score(sum(node, own) / static_cast<double>(own.size() - 1), between);
    }

    [[nodiscard]] std::int64_t score(double within, double between) const {
        const double from_within = unit - static_cast<double>(missing_) - within;
        const double from_between = unit - static_cast<double>(missing_) - between;
        const double fourth_root = std::sqrt(std::sqrt(std::max(from_within, from_between) / unit));
        return std::llround((within - between) / (fourth_root * std::sqrt(fourth_root)));
    }

    /// Of no affinity to itself.
    [[nodiscard]] double sum(std::uint32_t node, const Members& cluster) const {
        std::int64_t out = 0;
        for (const std::uint32_t member : cluster)
            out += affinity_[node][member];
        return static_cast<double>(out);
    }

    std::int64_t missing_{};
    double lone_affinity_{};
    std::int64_t least_between_{};
    std::vector<std::vector<std::int64_t>> affinity_;
    std::vector<Partition> partitions_; ///< the coarsest first
};

} // namespace

Clustering branch_cut_naive(const SimilarityGraph& graph, float min_probability) {
    Partition clusters = Definition(graph, min_probability).best();
    std::sort(clusters.begin(), clusters.end()); // by first members
    Clustering out{std::vector<std::uint32_t>(graph.nodes), clusters.size()};
    for (std::uint32_t label = 0; label < clusters.size(); ++label)
        for (const std::uint32_t node : clusters[label])
            out.labels[node] = label;
    return out;
}

} // namespace fabula::test
