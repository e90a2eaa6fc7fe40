// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream/live_window.hpp"

#include <fabula/stream.hpp>

#include <memory>
#include <shared_mutex>
#include <utility>

namespace fabula::inline v0 {

struct StoryStream::State {
    std::unique_ptr<detail::LiveWindow> window;
    mutable std::shared_mutex mutex;

    State(Model model, const StreamOptions& options)
        : window(std::make_unique<detail::LiveWindow>(std::move(model), options)) {}
};

} // namespace fabula::inline v0

namespace fabula::detail {

/// The inside of a stream, for what keeps it.
struct StreamAccess {
    using State = StoryStream::State;
    [[nodiscard]] static State& state(StoryStream& stream) { return *stream.state_; }
};

} // namespace fabula::detail
