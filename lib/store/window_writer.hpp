// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.hpp"
#include "stream/window_record.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fabula::detail {

/// Writes what changes in a window into the tables, within the caller's transaction.
class WindowWriter final : public WindowRecorder {
public:
    explicit WindowWriter(const Database& database);

    /// What is there: the number, entry and story of each article, and where the counts stand.
    struct Held {
        WindowArticles::Number number{};
        std::int64_t entry{};
        StreamStoryId story{};
    };
    void begin_with(std::span<const Held> held, std::int64_t step,
                    std::optional<std::chrono::sys_seconds> clock);

    void record(const WindowChange& change) override;
    /// Where a call told of nothing, or passed time alone.
    void set_clock(std::optional<std::chrono::sys_seconds> clock);
    /// Deletes what left the window, and what happened, before this time.
    void forget(std::chrono::sys_seconds before);
    [[nodiscard]] std::optional<std::chrono::sys_seconds> clock() const { return clock_; }
    /// Calls of `record` so far.
    [[nodiscard]] std::size_t records() const { return records_; }

private:
    void depart(WindowArticles::Number number, bool settles);
    void take_in(const HeldArticle& held, WindowArticles::Number number, StreamStoryId story,
                 bool settles);
    void settle();
    void write_links(const ArticleLinks& links);
    void write_stories(const WindowChange& change);
    void write_events(std::span<const StreamEvent> events);
    void set(const char* key, std::int64_t value);
    [[nodiscard]] std::int64_t now() const;

    struct Place {
        std::int64_t entry{}; ///< 0 = no article has the number
        StreamStoryId story{};
    };

    std::vector<Place> places_; ///< by number
    std::int64_t step_{};       ///< changes since it settled
    std::optional<std::chrono::sys_seconds> clock_;
    std::size_t records_{};

    const Database& database_;
    Statement insert_article_;
    Statement insert_features_;
    Statement update_features_;
    Statement insert_window_;
    Statement update_story_;
    Statement mark_gone_;
    Statement delete_window_;
    Statement delete_features_;
    Statement insert_departed_;
    Statement put_story_;
    Statement touch_story_;
    Statement delete_story_;
    Statement insert_event_;
    Statement set_meta_;
};

/// The bytes of a list of byte ranges, and of strings, as they stand in a row.
[[nodiscard]] std::string bytes_of(std::span<const ByteRange> ranges);
[[nodiscard]] std::string bytes_of(std::span<const std::string> texts);
/// \throws Error(damaged_data)
[[nodiscard]] std::vector<ByteRange> ranges_of(std::string_view bytes, const Database& database);
[[nodiscard]] std::vector<std::string> texts_of(std::string_view bytes, const Database& database);

[[nodiscard]] inline std::int64_t seconds_of(std::chrono::sys_seconds time) {
    return time.time_since_epoch().count();
}
[[nodiscard]] inline std::optional<std::int64_t>
seconds_of(const std::optional<std::chrono::sys_seconds>& time) {
    return time ? std::optional(seconds_of(*time)) : std::nullopt;
}
[[nodiscard]] inline std::chrono::sys_seconds time_of(std::int64_t seconds) {
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

} // namespace fabula::detail
