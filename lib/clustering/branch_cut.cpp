// SPDX-License-Identifier: Apache-2.0
#include "clustering/branch_cut.hpp"

#include "base/logistic.hpp"
#include "base/parallel.hpp"
#include "clustering/average_linkage.hpp"
#include "clustering/dendrogram.hpp"
#include "clustering/log_odds.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>

namespace fabula::detail {
namespace {

/// Probabilities of the partitions after that of single articles.
constexpr std::array<float, 22> levels{0.95F, 0.9F, 0.85F, 0.8F,  0.75F, 0.7F, 0.65F, 0.6F,
                                       0.55F, 0.5F, 0.45F, 0.4F,  0.35F, 0.3F, 0.25F, 0.2F,
                                       0.15F, 0.1F, 0.07F, 0.05F, 0.03F, 0.02F};

/// Of affinities and scores: 1 is this many steps.
constexpr double one = 0x1p30;
/// How near the nearest other cluster is taken to be at least. Without it, whatever has no other
/// cluster about it would be one, however loose.
constexpr double least_between = 0.35;
/// How much of what an article is nearer to another one than `min_probability` counts against its
/// being alone.
constexpr double pull = 0.1;

/// Edges and places of one task.
constexpr std::size_t edges_at_once = 65'536;
constexpr std::size_t places_at_once = 1'024;

/// Log-odds on a scale where certain pairs count little more than likely ones.
std::uint32_t affinity(float probability) {
    constexpr double temperature = 3;
    return static_cast<std::uint32_t>(
        rounded(logistic(unbent_log_odds(probability) / temperature) * one));
}

/// (A − B) / max(1 − A, 1 − B)^⅜: how much nearer an article is to one cluster than to another.
/// Of both what they have above `missing`.
std::int64_t score_of(double within, double between, std::uint32_t missing) {
    const double left = std::max(1.0, one - missing - std::min(within, between)) / one;
    const double root = std::sqrt(std::sqrt(left));
    return rounded((within - between) / (root * std::sqrt(root)));
}

/// Scores the clusters of each partition and chooses among them. Nodes are known by their places in
/// the dendrogram.
class Branches {
public:
    Branches(const SimilarityGraph& graph, const Dendrogram& dendrogram,
             std::span<const float> min_probabilities, unsigned threads)
        : dendrogram_(dendrogram), threads_(threads), nodes_(graph.nodes) {
        list_neighbours(graph);
        find_changes();
        clusters_.resize(nodes_);
        scores_.resize(nodes_);
        const std::vector<double> nearest = nearest_affinities();
        for (const float least : min_probabilities) {
            Cut cut{std::vector<std::int64_t>(nodes_), std::vector<std::uint8_t>(nodes_, 1)};
            // What two articles score together that have this probability and nothing else about
            // them; less, where there is something nearer.
            const double alone = static_cast<double>(affinity(least)) - missing_;
            for (std::size_t at = 0; at < nodes_; ++at)
                cut.best[at] = score_of(
                    alone, least_between_ + pull * std::max(0.0, nearest[at] - alone), missing_);
            cuts_.push_back(std::move(cut));
        }
    }

    std::vector<Clustering> run() {
        for (std::size_t partition = 1; partition < dendrogram_.partitions; ++partition)
            if (score(partition))
                for (Cut& cut : cuts_)
                    choose(partition, cut);
        std::vector<Clustering> out;
        for (const Cut& cut : cuts_)
            out.push_back(
                dendrogram_.clustering([&](std::size_t place) { return cut.begins[place] != 0; }));
        return out;
    }

private:
    /// Places of a cluster.
    struct Run {
        std::uint32_t begin{};
        std::uint32_t end{};
        [[nodiscard]] std::uint32_t size() const { return end - begin; }
    };
    /// What has been chosen so far.
    struct Cut {
        std::vector<std::int64_t> best; ///< sum of each cluster, where it begins
        std::vector<std::uint8_t> begins;
    };

    /// In one number, so that lists are quick to sort: place, then affinity.
    using Neighbour = std::uint64_t;
    static std::uint32_t place(Neighbour neighbour) {
        return static_cast<std::uint32_t>(neighbour >> 32U);
    }
    static std::uint32_t affinity_of(Neighbour neighbour) {
        return static_cast<std::uint32_t>(neighbour);
    }
    [[nodiscard]] std::span<const Neighbour> neighbours(std::size_t place) const {
        return {neighbours_.data() + begin_[place], begin_[place + 1] - begin_[place]};
    }

    /// Whether the place is ever in a cluster with another.
    [[nodiscard]] bool is_joined(std::size_t place) const {
        const std::size_t last = dendrogram_.partitions - 1;
        return !dendrogram_.begins(place, last) || !dendrogram_.begins(place + 1, last);
    }

    /// In the order of places: those in one cluster stand together.
    void list_neighbours(const SimilarityGraph& graph) {
        std::vector<std::uint32_t> place_of(nodes_);
        for (std::uint32_t place = 0; place < nodes_; ++place)
            place_of[dendrogram_.order[place]] = place;
        missing_ = affinity(graph.missing_probability);
        least_between_ = std::max(0.0, std::round(least_between * one) - missing_);
        std::vector<std::uint32_t> affinities(graph.edges.size());
        for_each_range(affinities.size(), edges_at_once, threads_, [&](const ItemRange& range) {
            for (std::size_t at = range.begin; at < range.end; ++at)
                affinities[at] =
                    std::max(affinity(graph.edges[at].probability), missing_) - missing_;
        });
        const auto for_each_end = [&](const auto& visit) {
            for (std::size_t at = 0; at < graph.edges.size(); ++at) {
                const std::uint32_t a = place_of[graph.edges[at].first];
                const std::uint32_t b = place_of[graph.edges[at].second];
                if (is_joined(a))
                    visit(a, b, affinities[at]);
                if (is_joined(b))
                    visit(b, a, affinities[at]);
            }
        };
        begin_.resize(nodes_ + 1);
        for_each_end([&](std::uint32_t a, auto, auto) { ++begin_[a + 1]; });
        std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
        neighbours_.resize(begin_.back());
        std::vector<std::size_t> next(begin_.begin(), begin_.end() - 1);
        for_each_end([&](std::uint32_t a, std::uint32_t b, std::uint32_t affinity) {
            neighbours_[next[a]++] = static_cast<Neighbour>(b) << 32U | affinity;
        });
        for_each_range(nodes_, places_at_once, threads_, [&](const ItemRange& range) {
            for (std::size_t place = range.begin; place < range.end; ++place)
                std::sort(neighbours_.data() + begin_[place],
                          neighbours_.data() + begin_[place + 1]);
        });
    }

    /// Of each place the highest affinity to another.
    [[nodiscard]] std::vector<double> nearest_affinities() const {
        std::vector<double> out(nodes_);
        for (std::size_t at = 0; at < nodes_; ++at)
            for (const Neighbour neighbour : neighbours(at))
                out[at] = std::max(out[at], static_cast<double>(affinity_of(neighbour)));
        return out;
    }

    /// Of each place the partitions in which its cluster, or that of a neighbour, is not the one
    /// that it was before, as bits.
    void find_changes() {
        static_assert(levels.size() < 32);
        std::vector<std::uint32_t> own(nodes_);
        for (std::size_t partition = 1; partition < dendrogram_.partitions; ++partition)
            for (std::size_t begin = 0, end = 0; begin < nodes_; begin = end) {
                end = dendrogram_.end(begin, partition);
                if (dendrogram_.end(begin, partition - 1) != end)
                    for (std::size_t place = begin; place < end; ++place)
                        own[place] |= 1U << partition;
            }
        changes_.resize(nodes_);
        for_each_range(nodes_, places_at_once, threads_, [&](const ItemRange& range) {
            for (std::size_t at = range.begin; at < range.end; ++at) {
                std::uint32_t all = own[at];
                for (const Neighbour neighbour : neighbours(at))
                    all |= own[place(neighbour)];
                changes_[at] = all;
            }
        });
    }

    /// Scores the places in clusters of the partition. False where none has changed.
    bool score(std::size_t partition) {
        const std::uint32_t bit = 1U << partition;
        if (std::none_of(changes_.begin(), changes_.end(),
                         [&](std::uint32_t changes) { return (changes & bit) != 0; }))
            return false;
        for (std::size_t begin = 0, end = 0; begin < nodes_; begin = end) {
            end = dendrogram_.end(begin, partition);
            std::fill(clusters_.begin() + static_cast<std::ptrdiff_t>(begin),
                      clusters_.begin() + static_cast<std::ptrdiff_t>(end),
                      Run{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
        }
        for_each_range(nodes_, places_at_once, threads_, [&](const ItemRange& range) {
            for (std::size_t place = range.begin; place < range.end; ++place)
                if ((changes_[place] & bit) != 0 && clusters_[place].size() > 1)
                    scores_[place] = place_score(place);
        });
        return true;
    }

    [[nodiscard]] std::int64_t place_score(std::size_t of) const {
        const std::uint32_t own = clusters_[of].begin;
        double within = 0;
        double between = least_between_;
        const std::span<const Neighbour> all = neighbours(of);
        for (auto at = all.begin(); at != all.end();) {
            const Run cluster = clusters_[place(*at)];
            std::uint64_t sum = 0;
            for (; at != all.end() && place(*at) < cluster.end; ++at)
                sum += affinity_of(*at);
            const auto total = static_cast<double>(sum);
            if (cluster.begin == own)
                within = total / (cluster.size() - 1);
            else
                between = std::max(between, total / cluster.size());
        }
        return score_of(within, between, missing_);
    }

    /// Takes the clusters of the partition whose sums are no lower than the best of their pieces.
    void choose(std::size_t partition, Cut& cut) const {
        for (std::size_t begin = 0, end = 0; begin < nodes_; begin = end) {
            end = clusters_[begin].end;
            if (end - begin == 1)
                continue;
            std::int64_t whole = 0;
            std::int64_t pieces = 0;
            for (std::size_t place = begin; place < end; ++place) {
                whole += scores_[place];
                if (dendrogram_.begins(place, partition - 1))
                    pieces += cut.best[place];
            }
            cut.best[begin] = std::max(whole, pieces);
            if (whole >= pieces)
                std::fill(cut.begins.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                          cut.begins.begin() + static_cast<std::ptrdiff_t>(end), std::uint8_t{0});
        }
    }

    const Dendrogram& dendrogram_;
    std::uint32_t missing_{}; ///< affinity of a missing pair
    double least_between_{};  ///< from the affinity of a missing pair, as all affinities are
    unsigned threads_;
    std::size_t nodes_;
    std::vector<std::size_t> begin_; ///< of the neighbours of each place
    std::vector<Neighbour> neighbours_;
    std::vector<std::uint32_t> changes_;
    std::vector<Run> clusters_;        ///< of each place, in the partition last scored
    std::vector<std::int64_t> scores_; ///< there, or in the one before where it is the same
    std::vector<Cut> cuts_;
};

} // namespace

std::vector<Clustering> branch_cuts(const SimilarityGraph& graph,
                                    std::span<const float> min_probabilities, unsigned threads) {
    const Dendrogram dendrogram = average_linkage_dendrogram(graph, levels, threads);
    return Branches(graph, dendrogram, min_probabilities, threads).run();
}

} // namespace fabula::detail
