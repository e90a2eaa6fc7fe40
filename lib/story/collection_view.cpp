// SPDX-License-Identifier: Apache-2.0
#include "story/collection_view.hpp"

namespace fabula::detail {

StoryFrequency count_terms(std::span<const std::vector<std::uint32_t>> stories,
                           std::span<const ArticleEvidence> evidence) {
    StoryFrequency out;
    out.stories = stories.size();
    for (const std::vector<std::uint32_t>& members : stories) {
        const double share = 1.0 / static_cast<double>(members.size());
        for (const std::uint32_t member : members)
            for (const WeightedTerm& term : evidence[member].terms)
                out.terms[term.key] += share;
    }
    return out;
}

std::vector<std::optional<StrongestLink>> strongest_links(const SimilarityGraph& graph,
                                                          std::span<const std::uint32_t> labels) {
    std::vector<std::optional<StrongestLink>> out(graph.nodes);
    const auto offer = [&](std::uint32_t member, std::uint32_t other, float probability) {
        std::optional<StrongestLink>& best = out[member];
        const auto value = static_cast<double>(probability);
        if (!best || value > best->probability ||
            (value == best->probability && other < best->member))
            best = StrongestLink{other, value};
    };
    for (const Edge& edge : graph.edges)
        if (labels[edge.first] == labels[edge.second]) {
            offer(edge.first, edge.second, edge.probability);
            offer(edge.second, edge.first, edge.probability);
        }
    return out;
}

} // namespace fabula::detail
