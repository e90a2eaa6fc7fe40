// SPDX-License-Identifier: Apache-2.0
#include "stream/window_articles.hpp"

#include "features/article_features.hpp"

#include <algorithm>
#include <tuple>

namespace fabula::detail {

std::uint64_t HeldArticle::identity() const {
    return FeatureData::of(features).identity;
}

std::optional<WindowArticles::Number> WindowArticles::find(const std::string& id) const {
    const auto found = by_id_.find(id);
    return found != by_id_.end() ? std::optional(found->second) : std::nullopt;
}

WindowArticles::Number WindowArticles::add(HeldArticle held) {
    if (free_.empty()) {
        held_.emplace_back();
        is_in_.push_back(0);
        free_.push_back(static_cast<Number>(held_.size() - 1));
    }
    const Number number = free_.back();
    free_.pop_back();
    by_id_.emplace(held.article.id, number);
    by_time_.emplace(held.time, number);
    held_[number] = std::move(held);
    is_in_[number] = 1;
    return number;
}

void WindowArticles::replace(Number number, HeldArticle held) {
    by_time_.erase({held_[number]->time, number});
    by_time_.emplace(held.time, number);
    held_[number] = std::move(held);
}

void WindowArticles::withdraw(Number number) {
    by_time_.erase({held_[number]->time, number});
    by_id_.erase(held_[number]->article.id);
    is_in_[number] = 0;
    withdrawn_.push_back(number);
}

void WindowArticles::forget_withdrawn() {
    for (const Number number : withdrawn_) {
        held_[number].reset();
        free_.push_back(number);
    }
    withdrawn_.clear();
}

std::vector<WindowArticles::Number> WindowArticles::before(std::chrono::sys_seconds time) const {
    std::vector<Number> out;
    for (auto at = by_time_.begin(); at != by_time_.end() && at->first < time; ++at)
        out.push_back(at->second);
    return out;
}

std::vector<WindowArticles::Number> WindowArticles::all() const {
    std::vector<Number> out;
    out.reserve(size());
    for (const auto& [id, number] : by_id_)
        out.push_back(number);
    std::sort(out.begin(), out.end());
    return out;
}

bool WindowArticles::is_before(Number a, Number b) const {
    const Article& x = held_[a]->article;
    const Article& y = held_[b]->article;
    return std::tie(x.published, x.id) < std::tie(y.published, y.id);
}

} // namespace fabula::detail
