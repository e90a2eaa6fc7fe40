// SPDX-License-Identifier: Apache-2.0
#include "story/centrality.hpp"

#include <fabula/language.hpp>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace fabula::detail {

namespace {

constexpr double nearly_as_central = 0.02; ///< difference of cosines
constexpr double hairs_breadth = 1e-6;
constexpr double length_factor = 2;

/// Cosine of each member with the mean direction under the weights; -1 without a vector.
std::vector<double> cosines_with_mean(const CollectionView& collection,
                                      std::span<const std::uint32_t> members,
                                      std::span<const double> weights) {
    const std::size_t dimension = collection.known.corpus.vectors.dimension;
    std::vector<double> mean(dimension);
    for (std::size_t i = 0; i < members.size(); ++i) {
        const std::span<const float> row = collection.known.corpus.vectors.row(members[i]);
        for (std::size_t d = 0; d < dimension; ++d)
            mean[d] += weights[i] * static_cast<double>(row[d]);
    }
    double squares = 0;
    for (const double value : mean)
        squares += value * value;
    std::vector<double> out(members.size(), -1);
    if (squares == 0)
        return out;
    const double norm = std::sqrt(squares);
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!collection.known.corpus.lexical[members[i]].has_vector)
            continue; // joined by its names, and says nothing of the direction
        const std::span<const float> row = collection.known.corpus.vectors.row(members[i]);
        double sum = 0;
        for (std::size_t d = 0; d < dimension; ++d)
            sum += static_cast<double>(row[d]) * mean[d];
        out[i] = sum / norm;
    }
    return out;
}

/// The upper weighted median: of a blurb and an article, the article.
double median_words(const CollectionView& collection, std::span<const std::uint32_t> members,
                    std::span<const double> weights) {
    std::vector<std::pair<std::uint32_t, double>> sorted;
    double total = 0;
    for (std::size_t i = 0; i < members.size(); ++i)
        if (collection.known.corpus.lexical[members[i]].has_vector) {
            sorted.emplace_back(collection.known.corpus.lexical[members[i]].words, weights[i]);
            total += weights[i];
        }
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    double above = 0;
    for (const auto& [words, weight] : sorted) {
        above += weight;
        if (above >= total / 2)
            return words;
    }
    return 0;
}

} // namespace

Centrality::Centrality(const CollectionView& collection, std::span<const std::uint32_t> members) {
    weigh(collection, members);
    measure(collection, members);
    rank_fitness(collection, members);
}

void Centrality::weigh(const CollectionView& collection, std::span<const std::uint32_t> members) {
    std::unordered_map<std::uint32_t, std::size_t> copies;
    std::unordered_map<std::string_view, std::size_t> by_source;
    for (const std::uint32_t member : members) {
        ++copies[collection.representatives[member]];
        ++by_source[collection.article(member).source];
    }
    weights_.resize(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        const std::string& source = collection.article(members[i]).source;
        const std::size_t shared = source.empty() ? 1 : by_source[source];
        weights_[i] = 1.0 / static_cast<double>(
                                std::max(copies[collection.representatives[members[i]]], shared));
    }
}

void Centrality::measure(const CollectionView& collection, std::span<const std::uint32_t> members) {
    cosines_ = cosines_with_mean(collection, members, weights_);
    double total = 0;
    std::size_t counted = 0;
    const std::vector<double> equal(members.size(), 1.0);
    for (const double cosine : cosines_with_mean(collection, members, equal))
        if (cosine > -1) {
            total += cosine;
            ++counted;
        }
    if (counted > 0)
        cohesion_ = std::clamp(total / static_cast<double>(counted), 0.0, 1.0);
}

void Centrality::rank_fitness(const CollectionView& collection,
                              std::span<const std::uint32_t> members) {
    const double median = median_words(collection, members, weights_);
    for (const std::uint32_t member : members) {
        const LexicalFeatures& lexical = collection.known.corpus.lexical[member];
        const EmbeddingOutcome& outcome = collection.known.corpus.outcomes[member];
        const auto words = static_cast<double>(lexical.words);
        const bool fits = words * length_factor >= median && words <= length_factor * median;
        const bool is_told =
            outcome.language_probability >= LanguageIdentifier::reliable_probability;
        unfit_for_.push_back((lexical.has_vector ? 0 : 4) + (fits ? 0 : 2) + (is_told ? 0 : 1));
    }
}

std::size_t Centrality::most_central(const std::function<bool(std::size_t)>& may_be) const {
    std::size_t best = cosines_.size();
    for (std::size_t i = 0; i < cosines_.size(); ++i) {
        if (may_be && !may_be(i))
            continue;
        if (best == cosines_.size() || unfit_for_[i] < unfit_for_[best] ||
            (unfit_for_[i] == unfit_for_[best] && cosines_[i] > cosines_[best] + hairs_breadth))
            best = i;
    }
    return best;
}

bool Centrality::is_close(std::size_t member, std::size_t other) const {
    return unfit_for_[member] == unfit_for_[other] &&
           std::abs(cosines_[member] - cosines_[other]) <= nearly_as_central;
}

} // namespace fabula::detail
