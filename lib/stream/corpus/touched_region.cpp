// SPDX-License-Identifier: Apache-2.0
#include "stream/corpus/touched_region.hpp"

#include "clustering/branch_cut.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace fabula::detail {

TouchedRegion touched_region(const LiveCorpus& corpus, std::span<const std::uint32_t> touched,
                             const std::function<std::vector<std::uint32_t>(std::uint32_t)>& story,
                             std::size_t enough) {
    TouchedRegion region;
    std::vector<std::uint32_t>& out = region.rows; // in the order in which they are met
    std::unordered_set<std::uint32_t> met;
    const auto meet = [&](std::uint32_t row) {
        if (met.contains(row))
            return;
        for (const std::uint32_t other : story(row))
            if (met.insert(other).second)
                out.push_back(other);
    };
    for (const std::uint32_t row : touched)
        meet(row);
    region.core = out.size();
    std::size_t at = 0;
    for (; at < out.size() && out.size() < enough; ++at)
        for (const LiveLink& link : corpus.links(out[at]))
            meet(link.row);
    if (at == out.size())
        region.core = out.size();
    return region;
}

TouchedRegion with_near_duplicates(const LiveCorpus& corpus, const TouchedRegion& region) {
    TouchedRegion out;
    for (std::size_t i = 0; i < region.rows.size(); ++i) {
        if (i == region.core)
            out.core = out.rows.size();
        const std::vector<std::uint32_t> group = corpus.group(region.rows[i]);
        out.rows.insert(out.rows.end(), group.begin(), group.end());
    }
    if (region.core == region.rows.size())
        out.core = out.rows.size();
    return out;
}

std::vector<std::vector<std::uint32_t>> cluster_region(const LiveCorpus& corpus,
                                                       std::span<const std::uint32_t> rows,
                                                       const NodeLinks& links,
                                                       double min_probability, unsigned threads) {
    std::unordered_map<std::uint32_t, std::uint32_t> node_of;
    for (std::uint32_t node = 0; node < rows.size(); ++node)
        node_of.emplace(rows[node], node);
    SimilarityGraph graph;
    graph.nodes = rows.size();
    graph.missing_probability = corpus.missing_probability();
    std::vector<std::uint32_t> representatives;
    for (std::uint32_t node = 0; node < rows.size(); ++node) {
        representatives.push_back(node_of.at(corpus.representative(rows[node])));
        const std::size_t begin = graph.edges.size();
        for (const LiveLink& link : corpus.links(rows[node]))
            if (const auto other = node_of.find(link.row);
                other != node_of.end() && other->second > node)
                graph.edges.push_back({node, other->second, link.probability});
        std::sort(graph.edges.begin() + static_cast<std::ptrdiff_t>(begin), graph.edges.end(),
                  [](const Edge& a, const Edge& b) { return a.second < b.second; });
    }
    const auto least = static_cast<float>(min_probability);
    const auto cut = [&](const SimilarityGraph& some) {
        return branch_cuts(some, {&least, 1}, threads);
    };
    const Clustering clusters =
        (links.empty() ? cut(graph) : cut_with_links(graph, representatives, links, cut)).front();
    std::vector<std::vector<std::uint32_t>> out(clusters.clusters);
    for (std::size_t node = 0; node < rows.size(); ++node)
        out[clusters.labels[representatives[node]]].push_back(rows[node]);
    std::erase_if(out, [](const auto& cluster) { return cluster.empty(); });
    return out;
}

std::vector<std::vector<std::uint32_t>>
clusters_of_core(const TouchedRegion& region, std::vector<std::vector<std::uint32_t>> clusters,
                 const std::function<StreamStoryId(std::uint32_t)>& story_of) {
    if (region.core == region.rows.size())
        return clusters;
    const auto end = region.rows.begin() + static_cast<std::ptrdiff_t>(region.core);
    const std::unordered_set<std::uint32_t> core(region.rows.begin(), end);
    std::vector<std::vector<std::uint32_t>> out;
    std::unordered_set<std::uint32_t> taken;
    for (std::vector<std::uint32_t>& cluster : clusters)
        if (std::any_of(cluster.begin(), cluster.end(),
                        [&](std::uint32_t row) { return core.contains(row); })) {
            taken.insert(cluster.begin(), cluster.end());
            out.push_back(std::move(cluster));
        }
    std::map<StreamStoryId, std::vector<std::uint32_t>> left; // of stories that lost rows
    for (const std::vector<std::uint32_t>& cluster : out)
        for (const std::uint32_t row : cluster)
            if (!core.contains(row))
                left.emplace(story_of(row), std::vector<std::uint32_t>{});
    for (auto at = end; at != region.rows.end(); ++at)
        if (const auto found = left.find(story_of(*at));
            found != left.end() && !taken.contains(*at))
            found->second.push_back(*at);
    for (auto& [story, rows] : left)
        if (!rows.empty())
            out.push_back(std::move(rows));
    return out;
}

} // namespace fabula::detail
