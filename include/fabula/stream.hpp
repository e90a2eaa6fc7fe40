// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/export.hpp>
#include <fabula/features.hpp>
#include <fabula/links.hpp>
#include <fabula/model.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {
struct StreamAccess;
}

namespace fabula::inline v0 {

/// Names a story of a stream for as long as it lives, however it grows: 1, 2, 3, … in the order in
/// which they came to be. None is used twice.
using StreamStoryId = std::uint64_t;

/// What happened to a story. The events of one update in their order, replayed, lead from the
/// partition before it to that after it.
enum class StreamEventKind {
    created, ///< a story of these articles, which are new
    grew,    ///< these articles are in it now
    shrank,  ///< these are no longer in it; those that went to another story come there by `grew`
    merged_into, ///< it ended: these, all that were left in it, are in `other` now
    split_from,  ///< these are in it now, and no longer in `other`; the first such event begins it
    retitled,    ///< it has another title
    expired,     ///< it ended: these, all that were left, are older than the window, or withdrawn
};

/// "created", "merged_into", ... as written by the program.
[[nodiscard]] FABULA_EXPORT std::string_view to_string(StreamEventKind kind) noexcept;

struct StreamEvent {
    StreamEventKind kind{};
    StreamStoryId story{};
    std::optional<StreamStoryId> other{}; ///< of `merged_into` and `split_from`
    std::vector<std::string> articles;    ///< ids, by time and id; empty for `retitled`
    std::string title; ///< of the story, where it was made or retitled; see `StreamStory::title`

    friend bool operator==(const StreamEvent&, const StreamEvent&) = default;
};

/// Where an article went that was added.
struct StreamPlacement {
    std::string article;                  ///< id
    std::optional<StreamStoryId> story{}; ///< empty: it is older than the window, and was left out
    EmbeddingOutcome outcome;
};

/// What one call has done.
struct StreamUpdate {
    std::vector<StreamPlacement> placements; ///< one an article given, in their order
    std::vector<StreamEvent> events;
    bool settled{false}; ///< whether the stream has settled within the call
};

/// A story as it is now.
struct StreamStory {
    StreamStoryId id{};
    std::vector<std::string> articles; ///< ids, by time and id
    std::string representative;        ///< id; see `Story::representative`
    /// See `Story::title`; empty where the representative was added as features.
    std::string title;
    std::vector<std::string> languages; ///< see `Story::languages`
    std::size_t sources{};              ///< see `Story::sources`
    std::optional<std::chrono::sys_seconds> first_published;
    std::optional<std::chrono::sys_seconds> last_published;
};

/// How well an article fits a story of a stream.
struct StreamMatch {
    StreamStoryId story{};
    double probability{}; ///< that it tells the same story as the likeliest member, [0, 1]
    std::string article;  ///< id of that member
};

/// What a stream keeps and when it settles.
struct StreamOptions {
    /// An article leaves when it is older than this; zero = it stays until it is removed. Its age
    /// counts from its date, or from when it was added where it has none or one in the future.
    std::chrono::seconds window{std::chrono::days{7}};

    /// See `ClusteringOptions::min_probability`. Range (0, 1).
    double min_probability{0.5};

    /// The stream settles within a call when so many articles came, changed or left since it last
    /// did, and also when it holds half as many again as then (from 32 on). 0 = only by `settle`.
    std::size_t settle_every{10'000};

    /// When the stream has settled with more articles than that, what comes is compared with those
    /// that lie in cells near it, see `GraphOptions::exact_below`: of pairs that are not very near,
    /// some are missing until it settles again. 0 = always.
    std::size_t exact_below{150'000};

    /// Keep texts, so that what recurs in them is learned to be boilerplate as the batch learns it,
    /// and untitled stories have their first sentence. Without, memory is less by the texts.
    bool keep_texts{true};

    /// See `ClusterOptions`; here of some 7 KB an article. Where its disk is full, memory is used.
    std::filesystem::path scratch_directory{};

    unsigned threads{0}; ///< 0 = one a usable core; the result does not depend on it. Range 0–1024

    /// Empty where all is well, else a sentence that names the field and its range.
    [[nodiscard]] FABULA_EXPORT std::string validate() const;
};

/// Stories on a moving window of articles, with ids that stay.
///
/// Adding compares what is new with all in the window, scores pairs as the batch does, and clusters
/// anew what is connected with what has changed. Settling compares all with all: then the partition
/// is that of `StoryClusterer` with this `min_probability` for the articles in the window. What
/// that needs all articles for (how ordinary a distance in time is, boilerplate that recurs, which
/// pairs are too many to compare) stays as it was between two settlings.
///
/// Always: each article of the window is in exactly one story. An id never names two stories at
/// once, and none comes back. The events of all calls, replayed, give the partition. The same
/// calls give the same bytes, for any number of threads; the same articles in the window give the
/// same partition after `settle`, in whichever order they came. Numbers of stories depend on it.
///
/// The clock is the caller's: `now` says what time it is, and one before the latest that was given
/// changes nothing. Articles may come late, in any order, without a date. docs/live.md says more.
///
/// Safe to use from any number of threads: calls that change something wait for one another, and
/// for those that look. A call that throws has changed nothing, unless memory was short.
class FABULA_EXPORT StoryStream {
public:
    /// \throws Error(bad_option); Error(file_not_found, unwritable) for the `scratch_directory`
    explicit StoryStream(Model model, StreamOptions options = {});
    ~StoryStream();
    StoryStream(StoryStream&&) noexcept;
    StoryStream& operator=(StoryStream&&) noexcept;

    /// Adds articles, and lets those expire that are older than the window. One whose id is there
    /// already takes that one's place; the very same article changes nothing. Of several with one
    /// id the last counts. \throws Error(bad_input) where one has no id
    StreamUpdate add(std::span<const Article> articles, std::chrono::sys_seconds now);
    StreamUpdate add(const Article& article, std::chrono::sys_seconds now);

    /// The same from features, of articles without their texts: nothing is read again. Boilerplate
    /// is left out as `extract_features` does. \throws also Error(other_model); Error(bad_input)
    /// where vectors are of another encoder
    StreamUpdate add(std::span<const ArticleFeatures> features, std::chrono::sys_seconds now);

    /// A correction: as `add`, but an article that is not in the window stays out.
    StreamUpdate update(const Article& article, std::chrono::sys_seconds now);

    /// Withdraws articles; ids that are not in the window are passed over.
    StreamUpdate remove(std::span<const std::string> ids);
    StreamUpdate remove(const std::string& id);

    /// Lets the articles go that are older than the window.
    StreamUpdate expire(std::chrono::sys_seconds now);

    /// Corrections by editors, see `ArticleLinks`: they hold from now on, also for articles that
    /// are still to come, until one of the two leaves the window, or `unlink` takes them back.
    /// \throws Error(bad_input) where they contradict others
    StreamUpdate must_link(const std::string& a, const std::string& b);
    StreamUpdate cannot_link(const std::string& a, const std::string& b);
    StreamUpdate unlink(const std::string& a, const std::string& b);
    [[nodiscard]] ArticleLinks links() const; ///< those that hold, in order

    /// Compares all with all and clusters anew. As long as a clustering of the window from
    /// features.
    StreamUpdate settle();

    [[nodiscard]] std::size_t articles() const; ///< in the window
    /// Of an article in the window.
    [[nodiscard]] std::optional<StreamStoryId> story_of(const std::string& id) const;
    /// By id, empty where there is none.
    [[nodiscard]] std::optional<StreamStory> story(StreamStoryId id) const;
    /// All, by id.
    [[nodiscard]] std::vector<StreamStory> stories() const;

    /// The `k` stories that an article fits best, the likeliest first, ties by id, of those that
    /// have a member it was worth comparing with. The article is not added, and need not have an
    /// id; a member with the id that it has is passed over.
    [[nodiscard]] std::vector<StreamMatch> near(const Article& article, std::size_t k) const;

private:
    friend struct detail::StreamAccess;
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fabula::inline v0
