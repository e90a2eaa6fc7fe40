// SPDX-License-Identifier: Apache-2.0
#include "clustering/average_linkage.hpp"

#include "clustering/disjoint_sets.hpp"
#include "clustering/log_odds.hpp"
#include "clustering/pair_sums.hpp"
#include "text/parallel.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

namespace fabula::detail {
namespace {

/// Everything is measured from the log-odds of a missing pair, `missing`: then a pair of clusters
/// needs the sum over its edges alone, and mean = missing + sum / (pairs of articles).
struct Scale {
    LogOdds missing;
    double least; ///< a mean above `missing` that allows a merge

    Scale(const SimilarityGraph& graph, float min_probability)
        : missing(log_odds(graph.missing_probability)),
          least(static_cast<double>(log_odds(min_probability) - missing)) {}

    [[nodiscard]] LogOdds gain(const Edge& edge) const {
        return log_odds(edge.probability) - missing;
    }

    /// Exact to one rounding, so equal quotients compare equal and order is kept.
    [[nodiscard]] static double mean(LogOdds sum, std::size_t pairs) {
        return static_cast<double>(sum) / static_cast<double>(pairs);
    }

    /// No evidence at all (a sum of 0) never merges, however low the threshold.
    [[nodiscard]] bool allows(double mean_gain) const {
        return mean_gain > 0 && mean_gain >= least;
    }
};

class Agglomeration {
public:
    Agglomeration(const SimilarityGraph& graph, float min_probability)
        : scale_(graph, min_probability), sets_(graph.nodes), first_(graph.nodes),
          size_(graph.nodes, 1), neighbours_(graph.nodes), sums_(graph.edges.size()) {
        std::iota(first_.begin(), first_.end(), 0U);
        std::vector<std::uint32_t> degrees(graph.nodes, 0);
        std::size_t queued = 0;
        for (const Edge& edge : graph.edges) {
            ++degrees[edge.first];
            ++degrees[edge.second];
            queued += scale_.allows(static_cast<double>(scale_.gain(edge))) ? 1 : 0;
        }
        for (std::size_t node = 0; node < graph.nodes; ++node)
            neighbours_[node].reserve(degrees[node]);
        edges_.reserve(queued);
        constexpr std::size_t edges_ahead = 16;
        for (std::size_t i = 0; i < graph.edges.size(); ++i) {
            if (i + edges_ahead < graph.edges.size())
                sums_.prefetch(graph.edges[i + edges_ahead].first,
                               graph.edges[i + edges_ahead].second);
            const Edge& edge = graph.edges[i];
            const LogOdds gain = scale_.gain(edge);
            sums_.add(edge.first, edge.second, gain);
            neighbours_[edge.first].push_back(edge.second);
            neighbours_[edge.second].push_back(edge.first);
            if (scale_.allows(static_cast<double>(gain)))
                edges_.push_back(entry(edge.first, edge.second, gain));
        }
        std::sort(edges_.begin(), edges_.end());
    }

    Clustering run() {
        while (const std::optional<Entry> next = pop()) {
            const Entry top = *next;
            if (!alive(top.a) || !alive(top.b))
                continue; // what replaced the dead cluster has entries of its own
            const Entry now = entry(top.a, top.b, *sums_.find(top.a, top.b));
            if (now == top)
                merge(top.a, top.b);
            else if (now.mean < top.mean)
                push(now);
            // else the mean stayed and a first member changed, which has an entry of its own
        }
        return sets_.clustering();
    }

private:
    struct Entry {
        double mean{};             ///< above that of missing pairs, so above 0 in the queues
        std::uint32_t low_first{}; ///< first members of the two clusters, low < high
        std::uint32_t high_first{};
        std::uint32_t a{}; ///< the two clusters
        std::uint32_t b{};

        friend bool operator==(const Entry&, const Entry&) = default;
        /// The heap's greatest entry is next: highest mean, then lowest first members.
        friend bool operator<(const Entry& x, const Entry& y) {
            if (x.mean != y.mean)
                return x.mean < y.mean;
            if (x.low_first != y.low_first)
                return x.low_first > y.low_first;
            return x.high_first > y.high_first;
        }
    };

    [[nodiscard]] bool alive(std::uint32_t cluster) { return sets_.find(cluster) == cluster; }

    [[nodiscard]] Entry entry(std::uint32_t a, std::uint32_t b, LogOdds sum) const {
        return {Scale::mean(sum, size_[a] * size_[b]), std::min(first_[a], first_[b]),
                std::max(first_[a], first_[b]), std::min(a, b), std::max(a, b)};
    }

    void push(const Entry& value) {
        if (!scale_.allows(value.mean))
            return;
        if (queue_.size() == queue_.capacity())
            make_room();
        queue_.push_back(value);
        std::push_heap(queue_.begin(), queue_.end());
    }

    /// Most entries of a full queue are of clusters that are no more.
    void make_room() {
        std::erase_if(queue_, [&](const Entry& old) { return !alive(old.a) || !alive(old.b); });
        if (4 * queue_.size() > 3 * queue_.capacity())
            queue_.reserve(queue_.capacity() + queue_.capacity() / 2 + 16);
        std::make_heap(queue_.begin(), queue_.end());
    }

    /// The greatest entry, from wherever it waits, and never twice in a row.
    std::optional<Entry> pop() {
        for (;;) {
            if (edges_.empty() && queue_.empty())
                return std::nullopt;
            Entry top;
            if (queue_.empty() || (!edges_.empty() && queue_.front() < edges_.back())) {
                top = edges_.back();
                edges_.pop_back();
            } else {
                std::pop_heap(queue_.begin(), queue_.end());
                top = queue_.back();
                queue_.pop_back();
            }
            if (top == last_)
                continue;
            last_ = top;
            return top;
        }
    }

    void merge(std::uint32_t stays, std::uint32_t goes) {
        if (neighbours_[stays].size() < neighbours_[goes].size())
            std::swap(stays, goes);
        sums_.take(stays, goes);
        const std::size_t size_before = size_[stays];
        size_[stays] += size_[goes];
        const bool first_changed = first_[goes] < first_[stays];
        first_[stays] = std::min(first_[stays], first_[goes]);
        sets_.attach(goes, stays);

        // Lists keep the numbers of dead clusters; reading one costs no more than writing it did.
        std::erase_if(neighbours_[goes], [&](std::uint32_t other) {
            if (other == stays || !alive(other))
                return true;
            sums_.prefetch(goes, other);
            sums_.prefetch(stays, other);
            __builtin_prefetch(&neighbours_[other]);
            return false;
        });
        for (const std::uint32_t other : neighbours_[goes]) {
            const PairSums::Change change = sums_.add(stays, other, *sums_.take(goes, other));
            if (!change.before) {
                neighbours_[stays].push_back(other);
                neighbours_[other].push_back(stays);
            }
            const Entry now = entry(stays, other, change.after);
            const double before =
                change.before ? Scale::mean(*change.before, size_before * size_[other]) : 0;
            // An entry at the old mean or above is queued; among equals, a lower first member
            // counts.
            if (!change.before || now.mean > before || (now.mean == before && first_changed))
                push(now);
        }
        std::vector<std::uint32_t>().swap(neighbours_[goes]);
    }

    Scale scale_;
    DisjointSets sets_;
    std::vector<std::uint32_t> first_;                   ///< lowest member of a living cluster
    std::vector<std::size_t> size_;                      ///< members of a living cluster
    std::vector<std::vector<std::uint32_t>> neighbours_; ///< clusters with an edge between
    PairSums sums_;                                      ///< of gains over those edges
    std::vector<Entry> edges_;                           ///< one each at first, ascending
    std::vector<Entry> queue_;                           ///< those that came since, a heap
    Entry last_;                                         ///< taken
};

} // namespace

namespace {

/// The parts of a graph that no merge can join: what is connected by edges that allow a merge by
/// themselves. A mean that allows one needs such an edge.
class MergeableParts {
public:
    MergeableParts(const SimilarityGraph& graph, const Scale& scale) : graph_(graph) {
        DisjointSets sets(graph.nodes);
        for (const Edge& edge : graph.edges)
            if (scale.allows(static_cast<double>(scale.gain(edge)))) {
                const std::uint32_t a = sets.find(edge.first);
                const std::uint32_t b = sets.find(edge.second);
                sets.attach(std::max(a, b), std::min(a, b));
            }
        Clustering parts = sets.clustering();
        part_ = std::move(parts.labels);
        node_begins_.assign(parts.clusters + 1, 0);
        for (const std::uint32_t part : part_)
            ++node_begins_[part + 1];
        std::partial_sum(node_begins_.begin(), node_begins_.end(), node_begins_.begin());
        nodes_.resize(graph.nodes);
        place_.resize(graph.nodes);
        std::vector<std::size_t> next(node_begins_.begin(), node_begins_.end() - 1);
        for (std::uint32_t node = 0; node < graph.nodes; ++node) {
            std::size_t& at = next[part_[node]];
            place_[node] = static_cast<std::uint32_t>(at - node_begins_[part_[node]]);
            nodes_[at++] = node;
        }
        edges_.resize(parts.clusters);
        edge_begins_.assign(graph.nodes + 1, 0);
        for (const Edge& edge : graph.edges) {
            ++edge_begins_[edge.first + 1];
            edges_[part_[edge.first]] += is_inside(edge) ? 1 : 0;
        }
        std::partial_sum(edge_begins_.begin(), edge_begins_.end(), edge_begins_.begin());
    }

    [[nodiscard]] std::size_t size() const { return node_begins_.size() - 1; }
    [[nodiscard]] std::span<const std::uint32_t> nodes(std::size_t part) const {
        return std::span(nodes_).subspan(node_begins_[part],
                                         node_begins_[part + 1] - node_begins_[part]);
    }

    [[nodiscard]] std::size_t edges(std::size_t part) const { return edges_[part]; }

    /// Its nodes keep their order, and so do its edges: ties fall as in the whole.
    void graph_of(std::size_t part, SimilarityGraph& out) const {
        out.nodes = nodes(part).size();
        out.missing_probability = graph_.missing_probability;
        out.edges.clear();
        out.edges.reserve(edges(part));
        for (const std::uint32_t node : nodes(part))
            for (std::size_t i = edge_begins_[node]; i < edge_begins_[node + 1]; ++i)
                if (const Edge& edge = graph_.edges[i]; is_inside(edge))
                    out.edges.push_back(
                        {place_[edge.first], place_[edge.second], edge.probability});
    }

private:
    /// Edges between parts can never count.
    [[nodiscard]] bool is_inside(const Edge& edge) const {
        return part_[edge.first] == part_[edge.second];
    }

    const SimilarityGraph& graph_;
    std::vector<std::uint32_t> part_;  ///< of each node
    std::vector<std::uint32_t> place_; ///< of each node in its part
    std::vector<std::uint32_t> nodes_; ///< by part
    std::vector<std::size_t> node_begins_;
    std::vector<std::size_t> edges_;       ///< inside each part
    std::vector<std::size_t> edge_begins_; ///< in the graph, of each first node
};

} // namespace

Clustering average_linkage(const SimilarityGraph& graph, float min_probability, unsigned threads) {
    const Scale scale(graph, min_probability);
    // Where missing pairs do not count against a merge, weak edges alone may add up to one.
    if (!(scale.least > 0))
        return Agglomeration(graph, min_probability).run();
    const MergeableParts parts(graph, scale);
    // The largest first, so that no thread is left with it at the end.
    std::vector<std::uint32_t> larger;
    for (std::size_t part = 0; part < parts.size(); ++part)
        if (parts.nodes(part).size() > 1)
            larger.push_back(static_cast<std::uint32_t>(part));
    std::stable_sort(larger.begin(), larger.end(), [&](std::uint32_t a, std::uint32_t b) {
        return parts.edges(a) > parts.edges(b);
    });
    // Each part writes to its own nodes: the first member of each one's cluster.
    std::vector<std::uint32_t> first_of(graph.nodes);
    std::iota(first_of.begin(), first_of.end(), 0U);
    for_each_task(larger.size(), threads, [&](std::size_t i) {
        const std::span<const std::uint32_t> nodes = parts.nodes(larger[i]);
        SimilarityGraph part_graph;
        parts.graph_of(larger[i], part_graph);
        Agglomeration agglomeration(part_graph, min_probability);
        part_graph = {}; // all that is needed of it is in the sums
        const Clustering found = agglomeration.run();
        std::vector<std::uint32_t> first(found.clusters, nodes.back());
        for (std::size_t node = nodes.size(); node-- > 0;)
            first[found.labels[node]] = nodes[node];
        for (std::size_t node = 0; node < nodes.size(); ++node)
            first_of[nodes[node]] = first[found.labels[node]];
    });
    DisjointSets sets(graph.nodes);
    for (std::uint32_t node = 0; node < graph.nodes; ++node)
        sets.attach(node, first_of[node]);
    return sets.clustering();
}

Clustering average_linkage_naive(const SimilarityGraph& graph, float min_probability) {
    const Scale scale(graph, min_probability);
    std::map<std::pair<std::uint32_t, std::uint32_t>, LogOdds> gains;
    for (const Edge& edge : graph.edges)
        gains[{edge.first, edge.second}] = scale.gain(edge);

    // In the order of first members, as each merge goes into the earlier cluster.
    std::vector<std::vector<std::uint32_t>> clusters(graph.nodes);
    for (std::uint32_t node = 0; node < graph.nodes; ++node)
        clusters[node] = {node};
    for (;;) {
        double best = -std::numeric_limits<double>::infinity();
        std::size_t best_a = 0;
        std::size_t best_b = 0;
        for (std::size_t a = 0; a < clusters.size(); ++a)
            for (std::size_t b = a + 1; b < clusters.size(); ++b) {
                LogOdds sum = 0;
                for (const std::uint32_t i : clusters[a])
                    for (const std::uint32_t j : clusters[b])
                        if (const auto gain = gains.find({std::min(i, j), std::max(i, j)});
                            gain != gains.end())
                            sum += gain->second;
                const double mean = Scale::mean(sum, clusters[a].size() * clusters[b].size());
                if (mean > best) {
                    best = mean;
                    best_a = a;
                    best_b = b;
                }
            }
        if (!scale.allows(best))
            break;
        clusters[best_a].insert(clusters[best_a].end(), clusters[best_b].begin(),
                                clusters[best_b].end());
        clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(best_b));
    }

    Clustering result;
    result.labels.resize(graph.nodes);
    result.clusters = clusters.size();
    for (std::uint32_t label = 0; label < clusters.size(); ++label)
        for (const std::uint32_t node : clusters[label])
            result.labels[node] = label;
    return result;
}

} // namespace fabula::detail
