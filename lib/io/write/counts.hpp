// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/error.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fabula::detail {

/// \throws Error(bad_input) where the articles cannot be those that were clustered
inline void require_same_count(const StoryClusters& clusters, std::span<const Article> articles,
                               std::span<const std::optional<Comparison>> reasons) {
    if (clusters.outcomes.size() != articles.size())
        throw Error{Errc::bad_input, "the stories are of " +
                                         std::to_string(clusters.outcomes.size()) +
                                         " articles, but " + std::to_string(articles.size()) +
                                         " were given; pass those that were clustered"};
    if (!reasons.empty() && reasons.size() != articles.size())
        throw Error{Errc::bad_input, "there are reasons for " + std::to_string(reasons.size()) +
                                         " articles, but " + std::to_string(articles.size()) +
                                         " articles; pass one an article, or none"};
}

/// The parts of a probability that count most, the largest first.
[[nodiscard]] std::vector<Contribution> main_contributions(const Comparison& comparison);

/// How much of the explanation a short reason holds.
inline constexpr std::size_t most_reason_terms = 5;

} // namespace fabula::detail
