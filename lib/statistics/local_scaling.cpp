// SPDX-License-Identifier: Apache-2.0
#include "statistics/local_scaling.hpp"

#include "features/term_places.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

namespace {

constexpr double stories = 10;

} // namespace

std::vector<LocalNeighbour> nearest_stories(std::vector<LocalNeighbour> neighbours) {
    // A heap, as few of many are taken.
    const auto is_farther = [](const LocalNeighbour& a, const LocalNeighbour& b) {
        return a.s_norm != b.s_norm ? a.s_norm < b.s_norm : a.article > b.article;
    };
    std::make_heap(neighbours.begin(), neighbours.end(), is_farther);
    std::vector<LocalNeighbour> nearest;
    double room = stories;
    while (!neighbours.empty() && room > 0 && neighbours.front().s_norm > 0) {
        LocalNeighbour& next = nearest.emplace_back(neighbours.front());
        next.document_weight = std::min(next.document_weight, room);
        room -= next.document_weight;
        std::pop_heap(neighbours.begin(), neighbours.end(), is_farther);
        neighbours.pop_back();
    }
    return nearest;
}

double hubness(std::span<const LocalNeighbour> nearest) {
    double sum = 0;
    for (const LocalNeighbour& neighbour : nearest)
        sum += neighbour.document_weight * neighbour.s_norm;
    return sum / stories;
}

void scale_terms_locally(LexicalFeatures& article, std::span<const LocalNeighbour> nearest,
                         std::span<const LexicalFeatures> lexical) {
    std::vector<double> having(article.terms.size());
    const WeightedTerm* const own = article.terms.data();
    TermPlaces places;
    places.assign(article.terms);
    for (const LocalNeighbour& neighbour : nearest)
        places.for_each_common_term( // others' weights may change meanwhile
            lexical[neighbour.article].terms,
            [&](const WeightedTerm& term, const WeightedTerm& /*theirs*/) {
                having[static_cast<std::size_t>(&term - own)] += neighbour.document_weight;
            });
    for (std::size_t i = 0; i < having.size(); ++i)
        article.terms[i].scale(static_cast<float>(std::max(0.0, 1 - having[i] / stories)));
    measure_terms(article);
}

} // namespace fabula::detail
