// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/clustering.hpp>
#include <fabula/embedding.hpp>
#include <fabula/neighbours.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

namespace fabula::test {

/// The same numbers on every system: the distributions of <random> are not the same everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    /// In [0, below).
    std::uint32_t number(std::uint32_t below) {
        return static_cast<std::uint32_t>((engine_() >> 32U) * below >> 32U);
    }
    /// In [0, 1).
    float part() { return static_cast<float>(engine_() >> 40U) * 0x1p-24F; }

    template <typename T>
    void shuffle(std::vector<T>& values) {
        for (std::size_t i = values.size(); i > 1; --i)
            std::swap(values[i - 1], values[number(static_cast<std::uint32_t>(i))]);
    }

private:
    std::mt19937_64 engine_;
};

/// A graph with about `density` of all pairs. With `levels` > 0 the probabilities are multiples of
/// 1 / levels, so that there are many ties and some probabilities of 0 and 1.
inline SimilarityGraph random_graph(Random& random, std::uint32_t nodes, float density,
                                    std::uint32_t levels = 0) {
    SimilarityGraph graph;
    graph.nodes = nodes;
    for (std::uint32_t i = 0; i < nodes; ++i)
        for (std::uint32_t j = i + 1; j < nodes; ++j)
            if (random.part() < density)
                graph.edges.push_back({i, j,
                                       levels == 0 ? random.part()
                                                   : static_cast<float>(random.number(levels + 1)) /
                                                         static_cast<float>(levels)});
    return graph;
}

/// Whether each cluster of `fine` lies within one of `coarse`.
inline bool refines(const Clustering& fine, const Clustering& coarse) {
    std::map<std::uint32_t, std::uint32_t> parent;
    for (std::size_t i = 0; i < fine.labels.size(); ++i)
        if (parent.emplace(fine.labels[i], coarse.labels[i]).first->second != coarse.labels[i])
            return false;
    return true;
}

/// A few groups with high probabilities inside and low ones outside, as stories are.
inline SimilarityGraph story_graph(Random& random, std::uint32_t nodes, std::uint32_t stories) {
    std::vector<std::uint32_t> story(nodes);
    for (auto& number : story)
        number = random.number(stories);
    SimilarityGraph graph;
    graph.nodes = nodes;
    for (std::uint32_t i = 0; i < nodes; ++i)
        for (std::uint32_t j = i + 1; j < nodes; ++j) {
            const bool same = story[i] == story[j];
            if (random.part() < (same ? 0.8F : 0.1F))
                graph.edges.push_back(
                    {i, j, same ? 0.3F + 0.7F * random.part() : 0.7F * random.part()});
        }
    return graph;
}

/// Unit rows around a few directions, with `copies` exact copies of other rows and `zeros` zero
/// rows, all in random order.
inline EmbeddingMatrix random_rows(Random& random, std::size_t rows, std::size_t dimension,
                                   std::size_t directions, std::size_t copies = 0,
                                   std::size_t zeros = 0) {
    std::vector<std::vector<float>> centres(directions, std::vector<float>(dimension));
    for (auto& centre : centres)
        for (float& value : centre)
            value = random.part() - 0.5F;
    std::vector<std::vector<float>> all;
    for (std::size_t i = 0; i < rows; ++i) {
        auto row = centres[random.number(static_cast<std::uint32_t>(directions))];
        double squares = 0;
        for (float& value : row) {
            value += 0.6F * (random.part() - 0.5F);
            squares += static_cast<double>(value) * static_cast<double>(value);
        }
        for (float& value : row)
            value /= static_cast<float>(std::sqrt(squares));
        all.push_back(std::move(row));
    }
    for (std::size_t i = 0; i < copies; ++i)
        all.push_back(all[random.number(static_cast<std::uint32_t>(rows))]);
    for (std::size_t i = 0; i < zeros; ++i)
        all.emplace_back(dimension, 0.0F);
    random.shuffle(all);
    EmbeddingMatrix matrix{all.size(), dimension, {}};
    for (const auto& row : all)
        matrix.values.insert(matrix.values.end(), row.begin(), row.end());
    return matrix;
}

/// The least probability with which an article alone has this score in `branch_cut`.
inline float probability_of_lone_score(double score) {
    const double affinity = 0.35 + score * std::pow(1 - 0.35, 0.375);
    return static_cast<float>(1 / (1 + std::pow((1 - affinity) / affinity, 3)));
}

} // namespace fabula::test
