// SPDX-License-Identifier: Apache-2.0
#include "language_agreement.hpp"

#include "neighbours/join/dot.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace fabula::training {

namespace {

constexpr double least = 0.6;
constexpr double most = 1.4;
constexpr double prior_pairs = 200; ///< pairs' worth of "as the average language"
constexpr int rounds = 100;

struct Cell {
    double sum{};
    double count{};
};

} // namespace

std::vector<double> estimate_agreement(const detail::WeightedCorpus& corpus,
                                       std::span<const std::uint32_t> gold, std::size_t languages) {
    std::map<std::uint32_t, std::vector<std::size_t>> stories;
    for (std::size_t i = 0; i < gold.size(); ++i)
        if (corpus.corpus.lexical[i].language >= 0)
            stories[gold[i]].push_back(i);
    std::vector<Cell> cells(languages * languages);
    double sum = 0;
    double count = 0;
    const EmbeddingMatrix transformed =
        corpus.statistics.normalization.transform(corpus.corpus.vectors, 0);
    for (const auto& [story, members] : stories)
        for (const std::size_t a : members)
            for (const std::size_t b : members) {
                const auto x = static_cast<std::size_t>(corpus.corpus.lexical[a].language);
                const auto y = static_cast<std::size_t>(corpus.corpus.lexical[b].language);
                if (x == y)
                    continue;
                const double cosine = static_cast<double>(detail::dot(
                    transformed.row(a).data(), transformed.row(b).data(), transformed.dimension));
                Cell& cell = cells[x * languages + y];
                cell.sum += cosine;
                cell.count += 1;
                sum += cosine;
                count += 1;
            }
    std::vector<double> agreement(languages, 1.0);
    if (count == 0)
        return agreement;
    const double mean = sum / count;
    for (int round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < languages; ++i) {
            double above = prior_pairs;
            double below = prior_pairs;
            for (std::size_t j = 0; j < languages; ++j) {
                const Cell& cell = cells[i * languages + j];
                above += cell.sum / mean * agreement[j];
                below += cell.count * agreement[j] * agreement[j];
            }
            agreement[i] = std::clamp(above / below, least, most);
        }
    return agreement;
}

} // namespace fabula::training
