// SPDX-License-Identifier: Apache-2.0
#include "stream/stream_state.hpp"

#include <fabula/clustering.hpp>
#include <fabula/error.hpp>
#include <fabula/stream.hpp>

#include <mutex>
#include <shared_mutex>
#include <utility>

namespace fabula::inline v0 {

struct StoryStream::State : detail::StreamState {
    using StreamState::StreamState;
};

std::string_view to_string(StreamEventKind kind) noexcept {
    switch (kind) {
    case StreamEventKind::created:
        return "created";
    case StreamEventKind::grew:
        return "grew";
    case StreamEventKind::shrank:
        return "shrank";
    case StreamEventKind::merged_into:
        return "merged_into";
    case StreamEventKind::split_from:
        return "split_from";
    case StreamEventKind::retitled:
        return "retitled";
    case StreamEventKind::expired:
        return "expired";
    }
    return "created";
}

std::string StreamOptions::validate() const {
    if (window.count() < 0)
        return "window is " + std::to_string(window.count()) +
               " seconds, but must be 0 (no limit) or more";
    ClusteringOptions clustering;
    clustering.min_probability = min_probability;
    clustering.threads = threads;
    return clustering.validate();
}

StoryStream::StoryStream(Model model, StreamOptions options) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    state_ = std::make_unique<State>(std::move(model), options);
}

StoryStream::~StoryStream() = default;
StoryStream::StoryStream(StoryStream&&) noexcept = default;
StoryStream& StoryStream::operator=(StoryStream&&) noexcept = default;

StreamUpdate StoryStream::add(std::span<const Article> articles, std::chrono::sys_seconds now) {
    const std::unique_lock lock(state_->mutex);
    return state_->window->add(articles, now, false);
}

StreamUpdate StoryStream::add(const Article& article, std::chrono::sys_seconds now) {
    return add({&article, 1}, now);
}

StreamUpdate StoryStream::add(std::span<const ArticleFeatures> features,
                              std::chrono::sys_seconds now) {
    const std::unique_lock lock(state_->mutex);
    return state_->window->add(features, now);
}

StreamUpdate StoryStream::update(const Article& article, std::chrono::sys_seconds now) {
    const std::unique_lock lock(state_->mutex);
    return state_->window->add({&article, 1}, now, true);
}

StreamUpdate StoryStream::remove(std::span<const std::string> ids) {
    const std::unique_lock lock(state_->mutex);
    return state_->window->remove(ids);
}

StreamUpdate StoryStream::remove(const std::string& id) {
    return remove({&id, 1});
}

StreamUpdate StoryStream::expire(std::chrono::sys_seconds now) {
    const std::unique_lock lock(state_->mutex);
    return state_->window->expire(now);
}

StreamUpdate StoryStream::must_link(const std::string& a, const std::string& b) {
    const std::unique_lock lock(state_->mutex);
    return state_->window->link(a, b, detail::LinkKind::must);
}

StreamUpdate StoryStream::cannot_link(const std::string& a, const std::string& b) {
    const std::unique_lock lock(state_->mutex);
    return state_->window->link(a, b, detail::LinkKind::cannot);
}

StreamUpdate StoryStream::unlink(const std::string& a, const std::string& b) {
    const std::unique_lock lock(state_->mutex);
    return state_->window->link(a, b, detail::LinkKind::none);
}

ArticleLinks StoryStream::links() const {
    const std::shared_lock lock(state_->mutex);
    return state_->window->links();
}

StreamUpdate StoryStream::settle() {
    const std::unique_lock lock(state_->mutex);
    return state_->window->settle();
}

std::size_t StoryStream::articles() const {
    const std::shared_lock lock(state_->mutex);
    return state_->window->articles();
}

std::optional<StreamStoryId> StoryStream::story_of(const std::string& id) const {
    const std::shared_lock lock(state_->mutex);
    return state_->window->story_of(id);
}

std::optional<StreamStory> StoryStream::story(StreamStoryId id) const {
    const std::shared_lock lock(state_->mutex);
    return state_->window->story(id);
}

std::vector<StreamStory> StoryStream::stories() const {
    const std::shared_lock lock(state_->mutex);
    return state_->window->stories();
}

std::vector<StreamMatch> StoryStream::near(const Article& article, std::size_t k) const {
    const std::shared_lock lock(state_->mutex);
    return state_->window->near(article, k);
}

} // namespace fabula::inline v0

namespace fabula::detail {

StreamState& StreamAccess::state(StoryStream& stream) {
    return *stream.state_;
}

} // namespace fabula::detail
