// SPDX-License-Identifier: Apache-2.0
#include "live_stories.hpp"

#include "duration.hpp"

#include <utility>

namespace program {

void add_store_options(CLI::App& command, StoreArguments& arguments) {
    CLI::Option* store =
        command
            .add_option("--store", arguments.file,
                        "Keep the stream in this file: nothing that an event was written of is "
                        "lost, and the next run goes on from there")
            ->type_name("FILE");
    command
        .add_flag("--rebuild", arguments.rebuild,
                  "Make the features of a store anew that was written with another model")
        ->needs(store);
    command
        .add_option("--forget", arguments.forget,
                    "Delete from the store what left the window, and what happened, so long ago: "
                    "30d, 12w, 0 (default: never)")
        ->needs(store)
        ->type_name("TIME");
    command
        .add_option("--durability", arguments.durability,
                    "full: what was written survives a loss of power; normal: the death of the "
                    "process alone, and is quicker (default: full)")
        ->needs(store)
        ->check(CLI::IsMember({"full", "normal"}))
        ->type_name("NAME");
}

LiveStories::LiveStories(const fabula::Model& model, const fabula::StreamOptions& options,
                         const StoreArguments& store) {
    if (store.file.empty()) {
        memory_.emplace(model, options);
        return;
    }
    fabula::StoreOptions how;
    how.rebuild = store.rebuild;
    how.durability = store.durability == "normal" ? fabula::StoreDurability::normal
                                                  : fabula::StoreDurability::full;
    if (!store.forget.empty())
        how.forget = parse_duration(store.forget);
    store_.emplace(model, store.file, options, how);
    for (const fabula::StreamStory& story : stream().stories())
        stories_.insert(story.id);
}

fabula::StreamUpdate LiveStories::told(fabula::StreamUpdate update) {
    using Kind = fabula::StreamEventKind;
    for (const fabula::StreamEvent& event : update.events) {
        if (event.kind == Kind::created || event.kind == Kind::split_from)
            stories_.insert(event.story);
        if (event.kind == Kind::merged_into || event.kind == Kind::expired)
            stories_.erase(event.story);
    }
    return update;
}

fabula::StreamUpdate LiveStories::opened() {
    return store_ ? store_->take_rebuilding() : fabula::StreamUpdate{};
}

fabula::StreamUpdate LiveStories::add(const std::vector<fabula::Article>& articles,
                                      std::chrono::sys_seconds now) {
    return told(store_ ? store_->add(articles, now) : memory_->add(articles, now));
}

fabula::StreamUpdate LiveStories::remove(const std::string& id) {
    return told(store_ ? store_->remove(id) : memory_->remove(id));
}

fabula::StreamUpdate LiveStories::link(const std::string& kind,
                                       const fabula::ArticleLinks::Pair& pair) {
    const std::string& first = pair.first;
    const std::string& second = pair.second;
    const auto link = [&](auto& stream) {
        if (kind == "unlink")
            return stream.unlink(first, second);
        return kind == "must_link" ? stream.must_link(first, second)
                                   : stream.cannot_link(first, second);
    };
    return told(store_ ? link(*store_) : link(*memory_));
}

fabula::StreamUpdate LiveStories::expire(std::chrono::sys_seconds now) {
    return told(store_ ? store_->expire(now) : memory_->expire(now));
}

fabula::StreamUpdate LiveStories::settle() {
    return told(store_ ? store_->settle() : memory_->settle());
}

const fabula::StoryStream& LiveStories::stream() const {
    return store_ ? store_->stream() : *memory_;
}

} // namespace program
