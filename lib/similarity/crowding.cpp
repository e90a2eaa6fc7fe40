// SPDX-License-Identifier: Apache-2.0
#include "similarity/crowding.hpp"

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
    for (const CrowdNeighbour& neighbour : nearest) {
        auto term = evidence[neighbour.article].terms.begin();
        const auto end = evidence[neighbour.article].terms.end();
        for (std::size_t i = 0; i < having.size() && term != end; ++i) {
            while (term != end && term->key < article.terms[i].key)
                ++term;
            if (term != end && term->key == article.terms[i].key)
                having[i] += neighbour.share;
        }
    }
    for (std::size_t i = 0; i < having.size(); ++i)
        article.terms[i].scale(static_cast<float>(std::max(0.0, 1 - having[i] / stories)));
    measure_terms(article);
}

} // namespace fabula::detail
