// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.hpp"
#include "stream/window_record.hpp"

#include <fabula/model.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// What a store's tables say of its window.
struct LoadedWindow {
    KeptWindow window;
    std::vector<std::int64_t> entries; ///< one an article of it
    std::int64_t step{};
};

/// How articles are read.
struct LoadOptions {
    /// With their texts, those that have them for learning boilerplate. Else none has.
    bool texts{true};
    /// All texts that are known, whether or not boilerplate is learned from them.
    bool all_texts{false};
    /// Only what is in the window now, without the changes that led there.
    bool now_only{false};
    unsigned threads{};
};

/// Reads a window, and checks that it is whole.
/// \throws Error(damaged_data, other_model)
[[nodiscard]] LoadedWindow load_window(const Database& database, const Model& model,
                                       const LoadOptions& options);

/// The same with features made anew from the articles as they were given, as if all had come before
/// the stream last settled. \throws Error(other_model) where there are articles without a text
[[nodiscard]] LoadedWindow load_anew(const Database& database, const Model& model, bool keep_texts,
                                     unsigned threads);

[[nodiscard]] std::vector<KeptStory> load_stories(const Database& database);

/// Reads one row: id, title, language, source, published, from a column on.
[[nodiscard]] Article article_of_row(const Statement& row, int column);

} // namespace fabula::detail
