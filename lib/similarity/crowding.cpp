// SPDX-License-Identifier: Apache-2.0
#include "similarity/crowding.hpp"

#include "evidence/common_terms.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

namespace {

constexpr double stories = 10;

} // namespace

std::vector<CrowdNeighbour> nearest_stories(std::vector<CrowdNeighbour> neighbours) {
    std::sort(
        neighbours.begin(), neighbours.end(), [](const CrowdNeighbour& a, const CrowdNeighbour& b) {
            return a.closeness != b.closeness ? a.closeness > b.closeness : a.article < b.article;
        });
    double room = stories;
    std::size_t kept = 0;
    while (kept < neighbours.size() && room > 0 && neighbours[kept].closeness > 0) {
        neighbours[kept].share = std::min(neighbours[kept].share, room);
        room -= neighbours[kept].share;
        ++kept;
    }
    neighbours.resize(kept);
    return neighbours;
}

double crowding(std::span<const CrowdNeighbour> nearest) {
    double sum = 0;
    for (const CrowdNeighbour& neighbour : nearest)
        sum += neighbour.share * neighbour.closeness;
    return sum / stories;
}

void weigh_in_crowd(ArticleEvidence& article, std::span<const CrowdNeighbour> nearest,
                    std::span<const ArticleEvidence> evidence) {
    std::vector<double> having(article.terms.size());
    const WeightedTerm* const own = article.terms.data();
    for (const CrowdNeighbour& neighbour : nearest)
        for_each_common_term<Weights::may_change>(
            article.terms, evidence[neighbour.article].terms,
            [&](const WeightedTerm& term, const WeightedTerm& /*theirs*/) {
                having[static_cast<std::size_t>(&term - own)] += neighbour.share;
            });
    for (std::size_t i = 0; i < having.size(); ++i)
        article.terms[i].scale(static_cast<float>(std::max(0.0, 1 - having[i] / stories)));
    measure_terms(article);
}

} // namespace fabula::detail
