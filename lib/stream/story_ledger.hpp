// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/stream.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace fabula::detail {

/// Which story each article is in, by the numbers of the articles, and the ids of stories.
///
/// A new cluster takes the id of the old story that it shares the most articles with, and a story
/// goes on as the cluster that it shares the most with: of all pairs of the two the largest first,
/// ties to the older story, then to the cluster that is given first. What gets no id that way is a
/// story of its own, with the next number.
class StoryLedger {
public:
    struct Entry {
        std::vector<std::uint32_t> articles; ///< ascending
        std::uint32_t representative{};
        std::string title;
    };
    /// What an `apply` has done.
    struct Changes {
        std::vector<StreamEvent> events;
        std::vector<StreamStoryId> changed; ///< stories whose articles are others now, ascending
    };

    [[nodiscard]] const std::map<StreamStoryId, Entry>& stories() const { return stories_; }
    [[nodiscard]] Entry& entry(StreamStoryId story) { return stories_.at(story); }
    [[nodiscard]] const Entry& entry(StreamStoryId story) const { return stories_.at(story); }
    /// The number of the next story that comes to be.
    [[nodiscard]] StreamStoryId next() const { return next_; }
    /// Puts back what was there once. `stories` have articles.
    void restore(std::map<StreamStoryId, Entry> stories, StreamStoryId next);
    /// 0 where it is in none.
    [[nodiscard]] StreamStoryId story_of(std::uint32_t article) const {
        return article < story_of_.size() ? story_of_[article] : 0;
    }

    /// Puts the articles into these clusters, no article into two, and takes the `removed` ones
    /// out. All other articles of the stories that this concerns must be in a cluster. `name` says
    /// the id of an article; `is_before` puts those of an event in order.
    Changes apply(std::span<const std::vector<std::uint32_t>> clusters,
                  std::span<const std::uint32_t> removed,
                  const std::function<const std::string&(std::uint32_t)>& name,
                  const std::function<bool(std::uint32_t, std::uint32_t)>& is_before);

private:
    std::map<StreamStoryId, Entry> stories_;
    std::vector<StreamStoryId> story_of_;
    StreamStoryId next_{1};
};

} // namespace fabula::detail
