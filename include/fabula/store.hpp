// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/export.hpp>
#include <fabula/features.hpp>
#include <fabula/model.hpp>
#include <fabula/story.hpp>
#include <fabula/stream.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fabula::inline v0 {

/// When what a call has done is safe.
enum class StoreDurability {
    full,   ///< when the call returns, also against a loss of power
    normal, ///< against the death of the process; of a loss of power, the last calls may be undone
};

struct StoreOptions {
    StoreDurability durability{StoreDurability::full};

    /// What left the window, and what happened, so long ago by the stream's clock is deleted, so
    /// that the file stays as large as it is. Empty = nothing is. Range 0 s on.
    std::optional<std::chrono::seconds> forget{};

    /// Make the features of a store anew that was written with another model, from its articles as
    /// they were given. Stories keep their ids as far as they share articles.
    bool rebuild{false};

    /// How long to wait for another process that holds the file. Range 0–3,600,000 ms.
    std::chrono::milliseconds wait{5000};

    /// Empty where all is well, else a sentence that names the field and its range.
    [[nodiscard]] FABULA_EXPORT std::string validate() const;
};

/// A `StoryStream` that outlives its process: in a SQLite file, with all that it is made from.
///
/// Each call that changes something is one transaction: when it has returned, what it did is on the
/// disk; when it throws, or the process dies within it, nothing is. So give articles many at once.
/// Opened again with the same options, the stream goes on as if it had never stopped: the same
/// stories, ids and events, byte for byte. Nothing is embedded again; it takes as long as settling.
///
/// One process writes, any number may read (`read_store`, `open_as_stream`, `sqlite3`). The file
/// has others beside it while it is in use (FILE-wal, FILE-shm, FILE-writer); the first belongs to
/// it. What is in it, table by table, is in docs/live.md.
///
/// Safe to use from any number of threads: calls wait for one another.
///
/// Calls throw as those of `StoryStream` do, and Error(unwritable) where another process holds the
/// file, the disk is full or the like; Error(damaged_data) where the file is damaged. Nothing that
/// was acknowledged is lost by that, and the call may be made again.
class FABULA_EXPORT StoryStore {
public:
    /// Opens a store, or begins one where there is no such file.
    /// \throws Error(bad_option); Error(unwritable, unreadable) where it cannot be made or opened,
    /// or another process writes it; Error(other_model) where it was written with another model, or
    /// by a later version; Error(damaged_data) where it is damaged, or no store
    StoryStore(Model model, const std::filesystem::path& file, StreamOptions stream = {},
               StoreOptions options = {});
    ~StoryStore();
    StoryStore(StoryStore&&) noexcept;
    StoryStore& operator=(StoryStore&&) noexcept;

    /// What rebuilding has done, once; empty where nothing was rebuilt.
    [[nodiscard]] StreamUpdate take_rebuilding();

    // As of `StoryStream`.
    StreamUpdate add(std::span<const Article> articles, std::chrono::sys_seconds now);
    StreamUpdate add(const Article& article, std::chrono::sys_seconds now);
    StreamUpdate add(std::span<const ArticleFeatures> features, std::chrono::sys_seconds now);
    StreamUpdate update(const Article& article, std::chrono::sys_seconds now);
    StreamUpdate remove(std::span<const std::string> ids);
    StreamUpdate remove(const std::string& id);
    StreamUpdate expire(std::chrono::sys_seconds now);
    StreamUpdate must_link(const std::string& a, const std::string& b);
    StreamUpdate cannot_link(const std::string& a, const std::string& b);
    StreamUpdate unlink(const std::string& a, const std::string& b);
    StreamUpdate settle();

    /// What is there, to ask. Lives as long as the store.
    [[nodiscard]] const StoryStream& stream() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// An event with its place in the store's log.
struct StoredEvent {
    std::uint64_t number{};        ///< 1, 2, 3, … ; those that were forgotten leave a gap
    std::chrono::sys_seconds at{}; ///< by the stream's clock
    StreamEvent event;
};

/// Which stories of a store are asked for.
struct StoryFilter {
    /// Those to which something happened so long before the last time that the stream knew, or
    /// later.
    std::optional<std::chrono::seconds> since{};
    std::string language{};               ///< BCP-47; those with a report in it; empty = any
    std::size_t min_size{1};              ///< articles
    std::vector<StreamStoryId> stories{}; ///< these; empty = all
};

/// What was in a store at one moment.
struct StoredStories {
    /// Described as `StoryClusterer` does, but for the ids, which are those of the stream: "1",
    /// "2", … Texts of features that were added without are not known.
    StoryClusters clusters;
    std::vector<Article> articles; ///< all of the window, by time and id; members are indices
};

/// Stories as they are now. Another process may go on writing. `model` is that of the store.
/// \throws Error(file_not_found, unreadable, unwritable, other_model, damaged_data)
[[nodiscard]] FABULA_EXPORT StoredStories read_stories(const Model& model,
                                                       const std::filesystem::path& store,
                                                       const StoryFilter& filter = {},
                                                       unsigned threads = 0);

/// What happened after the event of this number, the first `most`. Throws as above.
[[nodiscard]] FABULA_EXPORT std::vector<StoredEvent>
read_events(const std::filesystem::path& store, std::uint64_t after = 0, std::size_t most = 1000);

/// The stream as it is now, in memory alone; what happens to it changes nothing in the store.
/// Throws as above.
[[nodiscard]] FABULA_EXPORT StoryStream open_as_stream(const Model& model,
                                                       const std::filesystem::path& store,
                                                       StreamOptions options = {});

/// What could be read of a damaged store.
struct Salvage {
    std::size_t articles{}; ///< that are in the new store's window
    std::size_t lost{};     ///< of the window: what was there is known no more
    std::size_t events{};
    std::size_t lost_events{};
};

/// Puts all that can be read of a damaged store into a new one, page by page, which goes on from
/// there: articles keep their stories, ids go on above the highest that was seen.
/// \throws Error(unwritable) where there is a file `to` already; Error(damaged_data) where nothing
/// can be read; and as above
FABULA_EXPORT Salvage salvage_store(const Model& model, const std::filesystem::path& from,
                                    const std::filesystem::path& to);

} // namespace fabula::inline v0
