// SPDX-License-Identifier: Apache-2.0
#include "base/logistic.hpp"
#include "base/portable_math.hpp"
#include "neighbours/candidate_search.hpp"

#include <fabula/error.hpp>
#include <fabula/neighbours.hpp>

#include <cmath>

namespace fabula::inline v0 {
namespace {

bool is_cosine(float value) {
    return value >= -1.0F && value <= 1.0F; // false for NaN
}

} // namespace

std::string GraphOptions::validate() const {
    if (!is_cosine(min_cosine))
        return "min_cosine is " + std::to_string(min_cosine) + ", but must be in [-1, 1]";
    if (time_window.count() < 0)
        return "time_window is " + std::to_string(time_window.count()) +
               " seconds, but must not be negative (0 = no limit)";
    if (!is_cosine(cosine_midpoint))
        return "cosine_midpoint is " + std::to_string(cosine_midpoint) + ", but must be in [-1, 1]";
    if (!(cosine_slope > 0) || !std::isfinite(cosine_slope))
        return "cosine_slope is " + std::to_string(cosine_slope) +
               ", but must be finite and greater than 0";
    if (threads > 1024)
        return "threads is " + std::to_string(threads) + ", but must be in 0–1024";
    return {};
}

SimilarityGraph similarity_graph(const EmbeddingMatrix& vectors, const GraphOptions& options,
                                 std::span<const std::optional<std::chrono::sys_seconds>> times) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    const auto pairs = detail::candidate_pairs(vectors, options.min_cosine, options.max_neighbours,
                                               options.time_window, times, options.threads, {}, {},
                                               options.exact_below);
    SimilarityGraph graph;
    graph.nodes = vectors.rows;
    graph.edges.reserve(pairs.size());
    const double slope = options.cosine_slope;
    const double midpoint = options.cosine_midpoint;
    for (const detail::CandidatePair& pair : pairs) {
        const double log_odds = slope * (static_cast<double>(pair.cosine) - midpoint);
        graph.edges.push_back(
            {pair.first, pair.second, static_cast<float>(detail::logistic(log_odds))});
    }
    return graph;
}

} // namespace fabula::inline v0
