// SPDX-License-Identifier: Apache-2.0
#include "story/collection_view.hpp"

namespace fabula::detail {

StoryFrequency count_terms(std::span<const std::vector<std::uint32_t>> stories,
                           std::span<const LexicalFeatures> lexical, unsigned threads,
                           const Eviction& eviction) {
    std::vector<std::uint32_t> articles;
    std::vector<double> counts;
    articles.reserve(lexical.size());
    counts.reserve(lexical.size());
    for (const std::vector<std::uint32_t>& members : stories) {
        articles.insert(articles.end(), members.begin(), members.end());
        counts.insert(counts.end(), members.size(), 1.0 / static_cast<double>(members.size()));
    }
    return {TermSums(lexical, articles, counts, threads, eviction), stories.size()};
}

namespace {

/// The likelier partner stays, among equals the one that comes first.
void offer(std::span<std::optional<StrongestLink>> strongest, std::uint32_t a, std::uint32_t b,
           double probability) {
    const auto offer_to = [&](std::uint32_t member, std::uint32_t other) {
        std::optional<StrongestLink>& best = strongest[member];
        if (!best || probability > best->probability ||
            (probability == best->probability && other < best->member))
            best = StrongestLink{other, probability};
    };
    offer_to(a, b);
    offer_to(b, a);
}

} // namespace

std::vector<std::optional<StrongestLink>> strongest_links(const SimilarityGraph& graph,
                                                          std::span<const std::uint32_t> labels) {
    std::vector<std::optional<StrongestLink>> out(graph.nodes);
    for (const Edge& edge : graph.edges)
        if (labels[edge.first] == labels[edge.second])
            offer(out, edge.first, edge.second, static_cast<double>(edge.probability));
    return out;
}

void link_near_duplicates(std::span<const std::uint32_t> representatives,
                          const std::function<double(std::uint32_t, std::uint32_t)>& probability_of,
                          std::span<std::optional<StrongestLink>> strongest) {
    for (std::uint32_t i = 0; i < representatives.size(); ++i)
        if (representatives[i] != i)
            offer(strongest, i, representatives[i], probability_of(i, representatives[i]));
}

} // namespace fabula::detail
