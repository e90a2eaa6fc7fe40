// SPDX-License-Identifier: Apache-2.0
#include "clustering/linked_clusters.hpp"

#include "clustering/dense_labels.hpp"
#include "clustering/linkage_scale.hpp"
#include "clustering/log_odds.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

namespace fabula::detail {
namespace {

using Pair = NodeLinks::Pair;

Pair in_order(const Pair& pair) {
    return std::minmax(pair.first, pair.second);
}

std::vector<Pair> in_order(const std::vector<Pair>& pairs) {
    std::vector<Pair> out;
    out.reserve(pairs.size());
    for (const Pair& pair : pairs)
        out.push_back(in_order(pair));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

/// The nodes that links name, and those that represent them, as one where they must be: each stands
/// for itself or for the lowest that it must be with.
class Units {
public:
    Units(const std::vector<Pair>& must, const std::vector<Pair>& cannot,
          std::span<const std::uint32_t> representatives) {
        for (const auto* pairs : {&must, &cannot})
            for (const Pair& pair : *pairs)
                for (const std::uint32_t node : {pair.first, pair.second})
                    unite(node, representatives[node]);
        for (const Pair& pair : must)
            unite(pair.first, pair.second);
    }

    [[nodiscard]] std::uint32_t of(std::uint32_t node) const {
        for (auto found = parent_.find(node); found != parent_.end() && found->second != node;
             found = parent_.find(node))
            node = found->second;
        return node;
    }
    /// Whether a link names it, or what it represents.
    [[nodiscard]] bool has(std::uint32_t node) const { return parent_.contains(node); }
    /// Of all nodes that are named, ascending.
    template <class Visit>
    void for_each(const Visit& visit) const {
        for (const auto& [node, parent] : parent_)
            visit(node);
    }

private:
    void unite(std::uint32_t a, std::uint32_t b) {
        parent_.emplace(a, a);
        parent_.emplace(b, b);
        const auto [low, high] = in_order(Pair{of(a), of(b)});
        parent_[high] = low;
    }

    std::map<std::uint32_t, std::uint32_t> parent_;
};

/// Takes near-duplicates away from what represents them until no two that cannot be together are.
Units make_units(const std::vector<Pair>& must, const std::vector<Pair>& cannot,
                 std::vector<std::uint32_t>& representatives) {
    const auto separate = [&](std::uint32_t node) {
        return std::exchange(representatives[node], node) != node;
    };
    for (;;) {
        Units units(must, cannot, representatives);
        bool fits = true;
        for (const Pair& pair : cannot) {
            if (units.of(pair.first) != units.of(pair.second))
                continue;
            fits = false;
            // The later of the two, or the other; else others hold them together.
            if (separate(pair.second) || separate(pair.first))
                break;
            const std::uint32_t unit = units.of(pair.first);
            units.for_each([&](std::uint32_t node) {
                if (units.of(node) == unit)
                    separate(node);
            });
            break;
        }
        if (fits)
            return units;
    }
}

/// Each unit as its lowest node, with the likeliest edge of its nodes to each other one.
SimilarityGraph contracted(const SimilarityGraph& graph, const Units& units) {
    std::unordered_map<std::uint32_t, std::uint32_t> other; // what a node is part of
    std::set<std::uint32_t> whole;
    units.for_each([&](std::uint32_t node) {
        if (const std::uint32_t unit = units.of(node); unit != node) {
            other.emplace(node, unit);
            whole.insert(unit);
        }
    });
    if (other.empty())
        return graph;
    const auto unit_of = [&](std::uint32_t node) {
        const auto found = other.find(node);
        return found != other.end() ? found->second : node;
    };
    SimilarityGraph out{graph.nodes, {}, graph.missing_probability};
    std::map<Pair, float> likeliest;
    for (const Edge& edge : graph.edges) {
        const Pair pair = in_order({unit_of(edge.first), unit_of(edge.second)});
        if (!whole.contains(pair.first) && !whole.contains(pair.second)) {
            out.edges.push_back(edge);
        } else if (pair.first != pair.second) {
            float& probability = likeliest[pair];
            probability = std::max(probability, edge.probability);
        }
    }
    const auto untouched = static_cast<std::ptrdiff_t>(out.edges.size());
    for (const auto& [pair, probability] : likeliest)
        out.edges.push_back({pair.first, pair.second, probability});
    std::inplace_merge(out.edges.begin(), out.edges.begin() + untouched, out.edges.end(),
                       [](const Edge& a, const Edge& b) {
                           return a.first != b.first ? a.first < b.first : a.second < b.second;
                       });
    return out;
}

/// One cluster, its nodes ascending, taken apart.
class Parts {
public:
    Parts(std::vector<std::uint32_t> nodes, const std::vector<Pair>& apart, LogOdds missing)
        : nodes_(std::move(nodes)), missing_(missing), links_(nodes_.size()), apart_(nodes_.size()),
          part_of_(nodes_.size(), none) {
        for (const Pair& pair : apart) {
            apart_[place(pair.first)].push_back(place(pair.second));
            apart_[place(pair.second)].push_back(place(pair.first));
        }
    }

    void add(const Edge& edge) {
        const LogOdds value = log_odds(edge.probability);
        links_[place(edge.first)].emplace_back(place(edge.second), value);
        links_[place(edge.second)].emplace_back(place(edge.first), value);
    }

    /// The part of each node.
    [[nodiscard]] std::vector<std::uint32_t> run() {
        for (std::size_t at = 0; at < nodes_.size(); ++at)
            if (!apart_[at].empty() && is_kept_out_everywhere(at))
                begin_part(at);
        for (;;) {
            const auto best = best_move();
            if (best) {
                join(best->first, best->second);
                continue;
            }
            const auto left = std::find(part_of_.begin(), part_of_.end(), none);
            if (left == part_of_.end())
                return part_of_;
            begin_part(static_cast<std::size_t>(left - part_of_.begin())); // nothing links it
        }
    }

private:
    static constexpr std::uint32_t none = ~0U;

    struct Part {
        std::size_t size{};
        std::vector<LogOdds> sums;   ///< of the edges of each node to it, above a missing one
        std::vector<char> is_near;   ///< whether there are any
        std::vector<char> keeps_out; ///< each node
    };

    [[nodiscard]] std::size_t place(std::uint32_t node) const {
        return static_cast<std::size_t>(std::lower_bound(nodes_.begin(), nodes_.end(), node) -
                                        nodes_.begin());
    }
    [[nodiscard]] bool is_kept_out_everywhere(std::size_t at) const {
        return std::all_of(parts_.begin(), parts_.end(),
                           [&](const Part& part) { return part.keeps_out[at] != 0; });
    }
    void begin_part(std::size_t at) {
        parts_.push_back({0, std::vector<LogOdds>(nodes_.size()), std::vector<char>(nodes_.size()),
                          std::vector<char>(nodes_.size())});
        join(at, parts_.size() - 1);
    }
    void join(std::size_t at, std::size_t number) {
        Part& part = parts_[number];
        part_of_[at] = static_cast<std::uint32_t>(number);
        ++part.size;
        for (const auto& [other, value] : links_[at]) {
            part.sums[other] += value - missing_;
            part.is_near[other] = 1;
        }
        for (const std::size_t other : apart_[at])
            part.keeps_out[other] = 1;
    }
    [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> best_move() const {
        std::optional<std::pair<std::size_t, std::size_t>> best;
        MeanGain highest;
        for (std::size_t at = 0; at < nodes_.size(); ++at)
            for (std::size_t number = 0; part_of_[at] == none && number < parts_.size(); ++number) {
                const Part& part = parts_[number];
                if (part.keeps_out[at] != 0 || part.is_near[at] == 0)
                    continue;
                const MeanGain gain(part.sums[at], part.size);
                if (!best || gain > highest) {
                    best = {at, number};
                    highest = gain;
                }
            }
        return best;
    }

    std::vector<std::uint32_t> nodes_;
    LogOdds missing_;
    std::vector<std::vector<std::pair<std::size_t, LogOdds>>> links_;
    std::vector<std::vector<std::size_t>> apart_;
    std::vector<std::uint32_t> part_of_;
    std::vector<Part> parts_;
};

/// Takes the clusters apart that have nodes which cannot be together. New labels follow the others.
void take_apart(const SimilarityGraph& graph, const Units& units, const std::vector<Pair>& cannot,
                std::span<const std::uint32_t> representatives, Clustering& clustering) {
    std::map<std::uint32_t, std::vector<Pair>> apart; // by label
    for (const Pair& pair : cannot) {
        const Pair of_units = in_order({units.of(pair.first), units.of(pair.second)});
        if (clustering.labels[of_units.first] == clustering.labels[of_units.second])
            apart[clustering.labels[of_units.first]].push_back(of_units);
    }
    if (apart.empty())
        return;
    std::map<std::uint32_t, std::vector<std::uint32_t>> nodes;
    for (std::uint32_t node = 0; node < clustering.labels.size(); ++node)
        if (apart.contains(clustering.labels[node]) && units.of(node) == node &&
            (units.has(node) || representatives[node] == node))
            nodes[clustering.labels[node]].push_back(node);
    std::map<std::uint32_t, Parts> parts;
    const LogOdds missing = log_odds(graph.missing_probability);
    for (const auto& [label, pairs] : apart)
        parts.emplace(label, Parts(nodes[label], pairs, missing));
    for (const Edge& edge : graph.edges)
        if (const std::uint32_t label = clustering.labels[edge.first];
            label == clustering.labels[edge.second])
            if (const auto found = parts.find(label); found != parts.end())
                found->second.add(edge);
    for (auto& [label, some] : parts) {
        const std::vector<std::uint32_t> part_of = some.run();
        std::uint32_t most = 0;
        for (std::size_t i = 0; i < part_of.size(); ++i) {
            most = std::max(most, part_of[i]);
            if (part_of[i] > 0)
                clustering.labels[nodes[label][i]] =
                    static_cast<std::uint32_t>(clustering.clusters) + part_of[i] - 1;
        }
        clustering.clusters += most;
    }
}

} // namespace

std::vector<Clustering>
cut_with_links(const SimilarityGraph& graph, std::vector<std::uint32_t>& representatives,
               const NodeLinks& links,
               const std::function<std::vector<Clustering>(const SimilarityGraph&)>& cut) {
    const std::vector<Pair> must = in_order(links.must);
    const std::vector<Pair> cannot = in_order(links.cannot);
    const Units units = make_units(must, cannot, representatives);
    const SimilarityGraph units_graph = contracted(graph, units);
    std::vector<Clustering> out = cut(units_graph);
    for (Clustering& clustering : out) {
        take_apart(units_graph, units, cannot, representatives, clustering);
        std::vector<std::uint32_t> labels;
        labels.reserve(representatives.size());
        for (const std::uint32_t representative : representatives)
            labels.push_back(clustering.labels[units.of(representative)]);
        clustering = dense_labels(std::move(labels), clustering.clusters);
    }
    return out;
}

} // namespace fabula::detail
