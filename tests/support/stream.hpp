// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/catch.hpp"

#include <fabula/article.hpp>
#include <fabula/stream.hpp>

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

/// What a stream says of itself, by its events and by asking.
namespace fabula::test {

/// Plays events and keeps the partition that they lead to.
class EventLog {
public:
    void play(const StreamUpdate& update) {
        for (const StreamEvent& event : update.events)
            play(event);
    }

    [[nodiscard]] const std::map<std::string, StreamStoryId>& story_of() const { return story_of_; }
    [[nodiscard]] const std::map<StreamStoryId, std::string>& titles() const { return titles_; }

private:
    void play(const StreamEvent& event) {
        using Kind = StreamEventKind;
        INFO(to_string(event.kind) << " of " << event.story);
        REQUIRE(!ended_.contains(event.story));
        const bool begins = event.kind == Kind::created ||
                            (event.kind == Kind::split_from && !titles_.contains(event.story));
        REQUIRE(titles_.contains(event.story) != begins);
        REQUIRE(event.articles.empty() == (event.kind == Kind::retitled));
        REQUIRE(event.other.has_value() ==
                (event.kind == Kind::merged_into || event.kind == Kind::split_from));
        if (begins || event.kind == Kind::retitled)
            titles_[event.story] = event.title;
        for (const std::string& article : event.articles) {
            const auto found = story_of_.find(article);
            switch (event.kind) {
            case Kind::created:
            case Kind::grew: // what is in another story has left that before
                REQUIRE(found == story_of_.end());
                story_of_[article] = event.story;
                break;
            case Kind::split_from:
                REQUIRE(found != story_of_.end());
                REQUIRE(found->second == event.other);
                found->second = event.story;
                break;
            case Kind::merged_into:
                REQUIRE(found != story_of_.end());
                REQUIRE(found->second == event.story);
                REQUIRE(titles_.contains(*event.other));
                found->second = *event.other;
                break;
            default:
                REQUIRE(found != story_of_.end());
                REQUIRE(found->second == event.story);
                story_of_.erase(found);
            }
        }
        if (event.kind == Kind::merged_into || event.kind == Kind::expired) {
            ended_.insert(event.story);
            titles_.erase(event.story);
            for (const auto& [article, story] : story_of_)
                REQUIRE(story != event.story);
        }
    }

    std::map<std::string, StreamStoryId> story_of_; ///< by article
    std::map<StreamStoryId, std::string> titles_;   ///< of those that live
    std::set<StreamStoryId> ended_;
};

/// The articles of each story, by their ids: a partition without the stories' names.
using Partition = std::set<std::set<std::string>>;

inline Partition partition_of(const StoryStream& stream) {
    Partition out;
    for (const StreamStory& story : stream.stories())
        out.emplace(story.articles.begin(), story.articles.end());
    return out;
}

inline Partition partition_of(const StoryClusters& clusters, std::span<const Article> articles) {
    Partition out;
    for (const Story& story : clusters.stories) {
        std::set<std::string> ids;
        for (const std::size_t member : story.members)
            ids.insert(articles[member].id);
        out.insert(ids);
    }
    return out;
}

/// Checks that the events so far, and every question, say the same.
inline void check_agreement(const StoryStream& stream, const EventLog& log) {
    std::map<std::string, StreamStoryId> told;
    std::map<StreamStoryId, std::string> titles;
    for (const StreamStory& story : stream.stories()) {
        CHECK(!story.articles.empty());
        titles[story.id] = story.title;
        for (const std::string& article : story.articles) {
            CHECK(told.emplace(article, story.id).second);
            CHECK(stream.story_of(article) == story.id);
        }
    }
    CHECK(told == log.story_of());
    CHECK(titles == log.titles());
    CHECK(told.size() == stream.articles());
}

} // namespace fabula::test
