// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream/live_window.hpp"

#include <fabula/stream.hpp>

#include <memory>
#include <shared_mutex>
#include <utility>

namespace fabula::detail {

/// The inside of a `StoryStream`.
struct StreamState {
    std::unique_ptr<LiveWindow> window;
    mutable std::shared_mutex mutex;

    StreamState(Model model, const StreamOptions& options)
        : window(std::make_unique<LiveWindow>(std::move(model), options)) {}
};

/// Leads there, for what keeps a stream.
struct StreamAccess {
    [[nodiscard]] static StreamState& state(StoryStream& stream);
};

} // namespace fabula::detail
