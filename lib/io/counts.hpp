// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/error.hpp>
#include <fabula/story.hpp>

#include <span>
#include <string>

namespace fabula::detail {

/// \throws Error(bad_input) where the articles cannot be those that were clustered
inline void require_same_count(const StoryClusters& clusters, std::span<const Article> articles) {
    if (clusters.outcomes.size() != articles.size())
        throw Error{Errc::bad_input, "the stories are of " +
                                         std::to_string(clusters.outcomes.size()) +
                                         " articles, but " + std::to_string(articles.size()) +
                                         " were given; pass those that were clustered"};
}

} // namespace fabula::detail
