// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/model.hpp>
#include <fabula/store.hpp>
#include <fabula/stream.hpp>

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace program {

/// `--store` and what belongs to it, as given.
struct StoreArguments {
    std::string file; ///< empty = none
    bool rebuild{false};
    std::string forget;
    std::string durability{"full"};
};

void add_store_options(CLI::App& command, StoreArguments& arguments);

/// A stream in memory or in a store.
class LiveStories {
public:
    LiveStories(const fabula::Model& model, const fabula::StreamOptions& options,
                const StoreArguments& store);

    /// What opening a store has done to its stories.
    [[nodiscard]] fabula::StreamUpdate opened();

    fabula::StreamUpdate add(const std::vector<fabula::Article>& articles,
                             std::chrono::sys_seconds now);
    fabula::StreamUpdate remove(const std::string& id);
    /// `kind` is "must_link", "cannot_link" or "unlink".
    fabula::StreamUpdate link(const std::string& kind, const fabula::ArticleLinks::Pair& pair);
    fabula::StreamUpdate expire(std::chrono::sys_seconds now);
    fabula::StreamUpdate settle();

    [[nodiscard]] const fabula::StoryStream& stream() const;
    [[nodiscard]] std::size_t stories() const { return stories_.size(); }
    [[nodiscard]] bool is_kept() const { return store_.has_value(); }

private:
    /// Counts stories by what it tells.
    fabula::StreamUpdate told(fabula::StreamUpdate update);

    std::optional<fabula::StoryStream> memory_;
    std::optional<fabula::StoryStore> store_;
    std::unordered_set<fabula::StreamStoryId> stories_;
};

} // namespace program
