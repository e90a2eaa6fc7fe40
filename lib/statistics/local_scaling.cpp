// SPDX-License-Identifier: Apache-2.0
#include "statistics/local_scaling.hpp"

#include "features/term_places.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

namespace {

constexpr double stories = 10;

} // namespace

std::vector<CrowdNeighbour> nearest_stories(std::vector<CrowdNeighbour> neighbours) {
    // A heap, as few of many are taken.
    const auto is_farther = [](const CrowdNeighbour& a, const CrowdNeighbour& b) {
        return a.closeness != b.closeness ? a.closeness < b.closeness : a.article > b.article;
    };
    std::make_heap(neighbours.begin(), neighbours.end(), is_farther);
    std::vector<CrowdNeighbour> nearest;
    double room = stories;
    while (!neighbours.empty() && room > 0 && neighbours.front().closeness > 0) {
        CrowdNeighbour& next = nearest.emplace_back(neighbours.front());
        next.share = std::min(next.share, room);
        room -= next.share;
        std::pop_heap(neighbours.begin(), neighbours.end(), is_farther);
        neighbours.pop_back();
    }
    return nearest;
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
    TermPlaces places;
    places.assign(article.terms);
    for (const CrowdNeighbour& neighbour : nearest)
        places.for_each_common_term( // others' weights may change meanwhile
            evidence[neighbour.article].terms,
            [&](const WeightedTerm& term, const WeightedTerm& /*theirs*/) {
                having[static_cast<std::size_t>(&term - own)] += neighbour.share;
            });
    for (std::size_t i = 0; i < having.size(); ++i)
        article.terms[i].scale(static_cast<float>(std::max(0.0, 1 - having[i] / stories)));
    measure_terms(article);
}

} // namespace fabula::detail
