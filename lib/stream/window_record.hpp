// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream/story_ledger.hpp"
#include "stream/window_articles.hpp"

#include <fabula/links.hpp>
#include <fabula/stream.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fabula::detail {

/// What one call has changed of a window.
struct WindowChange {
    const WindowArticles& articles; ///< with those that went, for as long as they are told of
    const StoryLedger& ledger;
    std::span<const WindowArticles::Number> came; ///< in their order; maybe in another one's place
    std::span<const WindowArticles::Number> went;
    std::span<const WindowArticles::Number> read_again; ///< the same articles with other features
    std::span<const StreamStoryId> regrouped; ///< have other articles, which are in no other list
    std::span<const StreamStoryId> described; ///< have another title or representative
    std::span<const StreamEvent> events;
    bool settled{};
    std::optional<std::chrono::sys_seconds> clock;
    std::size_t changes{};       ///< see `KeptWindow`
    const ArticleLinks* links{}; ///< where they are others now
};

/// Is told of each change before the call that made it comes back, and may throw.
class WindowRecorder {
public:
    WindowRecorder() = default;
    virtual ~WindowRecorder() = default;
    WindowRecorder(const WindowRecorder&) = delete;
    WindowRecorder& operator=(const WindowRecorder&) = delete;

    virtual void record(const WindowChange& change) = 0;
};

/// An article that is in the window, or was when it last settled.
struct KeptArticle {
    HeldArticle held;
    std::uint32_t came{};                ///< with which change since; 0 = it was there
    std::optional<std::uint32_t> went{}; ///< with which change
    StreamStoryId story{};               ///< 0 where it went
};

struct KeptStory {
    StreamStoryId id{};
    std::string representative; ///< the article's id
    std::string title;
};

/// All that a window is: what else it holds follows from this. Its articles are in the order in
/// which they came.
struct KeptWindow {
    std::vector<KeptArticle> articles;
    std::vector<KeptStory> stories;
    StreamStoryId next_story{1};
    std::optional<std::chrono::sys_seconds> clock;
    std::size_t changes{}; ///< articles that came or went since it settled
    ArticleLinks links;
};

} // namespace fabula::detail
