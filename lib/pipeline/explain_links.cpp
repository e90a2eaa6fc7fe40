// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"

#include <fabula/error.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <utility>

namespace fabula::inline v0 {

std::vector<std::optional<Comparison>> explain_links(const Comparer& comparer,
                                                     const StoryClusters& clusters,
                                                     std::span<const Article> articles,
                                                     unsigned threads) {
    if (clusters.outcomes.size() != articles.size())
        throw Error(Errc::bad_input, "the stories are of " +
                                         std::to_string(clusters.outcomes.size()) +
                                         " articles, but " + std::to_string(articles.size()) +
                                         " were given; pass those that were clustered");
    std::vector<const StoryLink*> links;
    for (const Story& story : clusters.stories)
        for (const StoryLink& link : story.links)
            if (link.strongest)
                links.push_back(&link);
    std::vector<std::optional<Comparison>> out(articles.size());
    detail::for_each_task(links.size(), threads, [&](std::size_t i) {
        const StoryLink& link = *links[i];
        out[link.member] =
            comparer.compare(articles[link.member], articles[link.strongest->member]);
    });
    return out;
}

} // namespace fabula::inline v0
