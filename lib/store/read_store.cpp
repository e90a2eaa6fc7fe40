// SPDX-License-Identifier: Apache-2.0
#include "features/article_features.hpp"
#include "pipeline/find_stories.hpp"
#include "statistics/corpus_statistics.hpp"
#include "store/schema.hpp"
#include "store/window_loader.hpp"
#include "store/window_writer.hpp"
#include "stream/stream_state.hpp"

#include <fabula/error.hpp>
#include <fabula/store.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace fabula::inline v0 {
namespace {

using detail::Database;

constexpr std::chrono::milliseconds wait{5000};

/// A store at one moment.
struct Reading {
    Database database;
    detail::Transaction transaction;

    explicit Reading(const std::filesystem::path& file)
        : database(file, Database::Access::read, wait),
          transaction(database, Database::Access::read) {
        detail::require_store(database);
    }
};

StreamEventKind kind_of(std::string_view name, const Database& database) {
    constexpr std::array kinds{StreamEventKind::created,    StreamEventKind::grew,
                               StreamEventKind::shrank,     StreamEventKind::merged_into,
                               StreamEventKind::split_from, StreamEventKind::retitled,
                               StreamEventKind::expired};
    for (const StreamEventKind kind : kinds)
        if (to_string(kind) == name)
            return kind;
    database.refuse_damaged("an event is of no known kind");
}

/// The articles by time and id, and what is made of them.
struct Articles {
    std::vector<Article> articles;
    std::vector<ArticleFeatures> features;
    std::vector<std::vector<ByteRange>> contents;
    std::vector<StreamStoryId> stories;
};

Articles in_order(std::vector<detail::KeptArticle> kept) {
    std::sort(kept.begin(), kept.end(),
              [](const detail::KeptArticle& a, const detail::KeptArticle& b) {
                  return std::tie(a.held.article.published, a.held.article.id) <
                         std::tie(b.held.article.published, b.held.article.id);
              });
    Articles out;
    for (detail::KeptArticle& one : kept) {
        out.articles.push_back(std::move(one.held.article));
        out.features.push_back(std::move(one.held.features));
        out.contents.push_back(std::move(one.held.content));
        out.stories.push_back(one.story);
    }
    return out;
}

Clustering partition_of(std::span<const StreamStoryId> stories) {
    std::unordered_map<StreamStoryId, std::uint32_t> labels;
    Clustering out;
    for (const StreamStoryId story : stories)
        out.labels.push_back(
            labels.emplace(story, static_cast<std::uint32_t>(labels.size())).first->second);
    out.clusters = labels.size();
    return out;
}

/// The stories to which something happened late enough.
std::set<StreamStoryId> changed_since(const Database& database, std::int64_t begin) {
    std::set<StreamStoryId> out;
    detail::Statement stories(database, "SELECT story FROM stories WHERE changed >= ?1");
    stories.with(begin);
    while (stories.step())
        out.insert(static_cast<StreamStoryId>(stories.integer(0)));
    return out;
}

bool is_asked_for(const Story& story, StreamStoryId id, const StoryFilter& filter) {
    return story.members.size() >= filter.min_size &&
           (filter.language.empty() || std::find(story.languages.begin(), story.languages.end(),
                                                 filter.language) != story.languages.end()) &&
           (filter.stories.empty() ||
            std::find(filter.stories.begin(), filter.stories.end(), id) != filter.stories.end());
}

} // namespace

StoredStories read_stories(const Model& model, const std::filesystem::path& store,
                           const StoryFilter& filter, unsigned threads) {
    detail::LoadOptions how;
    how.all_texts = true;
    how.now_only = true;
    how.threads = threads;
    Articles all;
    std::optional<std::set<StreamStoryId>> changed;
    {
        const Reading reading(store);
        detail::LoadedWindow loaded = load_window(reading.database, model, how);
        if (filter.since && loaded.window.clock)
            changed = changed_since(reading.database,
                                    detail::seconds_of(*loaded.window.clock) -
                                        static_cast<std::int64_t>(filter.since->count()));
        all = in_order(std::move(loaded.window.articles));
    }
    ClusterOptions options;
    options.threads = threads;
    const detail::PairModel pair_model(detail::ModelData::of(model));
    const auto background = detail::ordinary_of(detail::ModelData::of(model));
    detail::Pool<TextAnalyzer> analyzers;
    const Clustering partition = partition_of(all.stories);
    detail::Job job{model,     options,      pair_model, background ? &*background : nullptr,
                    analyzers, all.articles, nullptr,    all.features};
    job.partition = &partition;
    job.contents = all.contents;
    StoredStories out;
    if (!all.articles.empty())
        out.clusters = find_stories(job);
    std::unordered_map<std::string, std::string> ids; // that of the stream for each of the batch
    for (Story& story : out.clusters.stories) {
        const std::string id = std::to_string(all.stories[story.members.front()]);
        ids.emplace(std::exchange(story.id, id), id);
    }
    for (Story& story : out.clusters.stories)
        if (story.follows)
            story.follows->id = ids.at(story.follows->id);
    std::erase_if(out.clusters.stories, [&](const Story& story) {
        const StreamStoryId id = all.stories[story.members.front()];
        return !is_asked_for(story, id, filter) || (changed && !changed->contains(id));
    });
    out.articles = std::move(all.articles);
    return out;
}

std::vector<StoredEvent> read_events(const std::filesystem::path& store, std::uint64_t after,
                                     std::size_t most) {
    const Reading reading(store);
    detail::Statement events(reading.database,
                             "SELECT number, at, kind, story, other, title, articles FROM events "
                             "WHERE number > ?1 ORDER BY number LIMIT ?2");
    events.with(after, static_cast<std::int64_t>(most));
    std::vector<StoredEvent> out;
    while (events.step()) {
        StoredEvent& one = out.emplace_back();
        one.number = static_cast<std::uint64_t>(events.integer(0));
        one.at = detail::time_of(events.integer(1));
        one.event.kind = kind_of(events.bytes(2), reading.database);
        one.event.story = static_cast<StreamStoryId>(events.integer(3));
        if (!events.is_null(4))
            one.event.other = static_cast<StreamStoryId>(events.integer(4));
        one.event.title = events.text(5);
        one.event.articles = detail::texts_of(events.bytes(6), reading.database);
    }
    return out;
}

StoryStream open_as_stream(const Model& model, const std::filesystem::path& store,
                           StreamOptions options) {
    StoryStream out{model, options};
    detail::LoadOptions how;
    how.texts = options.keep_texts;
    how.threads = options.threads;
    const Reading reading(store);
    detail::StreamAccess::state(out).window->restore(
        load_window(reading.database, model, how).window);
    return out;
}

} // namespace fabula::inline v0
