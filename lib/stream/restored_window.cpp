// SPDX-License-Identifier: Apache-2.0
#include "stream/live_window.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace fabula::detail {

std::vector<WindowArticles::Number> LiveWindow::restore(KeptWindow kept) {
    // What it was made from when it last settled, ...
    std::vector<Number> numbers(kept.articles.size());
    for (std::size_t i = 0; i < kept.articles.size(); ++i)
        if (kept.articles[i].came == 0)
            numbers[i] = articles_.add(std::move(kept.articles[i].held));
    std::vector<Number> read_again;
    static_cast<void>(cluster_all(read_again));
    // ... and what has become of it.
    repeat_changes(kept.articles, numbers);
    std::map<StreamStoryId, StoryLedger::Entry> stories;
    for (const KeptStory& story : kept.stories) {
        StoryLedger::Entry& entry = stories[story.id];
        entry.title = story.title;
        entry.representative = articles_.find(story.representative).value();
    }
    for (std::size_t i = 0; i < kept.articles.size(); ++i)
        if (!kept.articles[i].went)
            stories[kept.articles[i].story].articles.push_back(numbers[i]);
    ledger_.restore(std::move(stories), kept.next_story);
    clock_ = kept.clock;
    changes_ = kept.changes;
    links_.restore(kept.links);
    return numbers;
}

void LiveWindow::repeat_changes(std::vector<KeptArticle>& kept, std::span<Number> numbers) {
    struct Step {
        std::vector<std::size_t> came;
        std::vector<std::size_t> went;
    };
    std::map<std::uint32_t, Step> steps;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (kept[i].came > 0)
            steps[kept[i].came].came.push_back(i);
        if (kept[i].went)
            steps[*kept[i].went].went.push_back(i);
    }
    for (const auto& [number, step] : steps) {
        std::vector<std::uint32_t> out;
        std::vector<std::uint32_t> in;
        for (const std::size_t i : step.went) {
            out.push_back(articles_[numbers[i]].row);
            articles_.withdraw(numbers[i]);
        }
        articles_.forget_withdrawn();
        for (const std::size_t i : step.came) {
            numbers[i] = articles_.add(std::move(kept[i].held));
            HeldArticle& held = articles_[numbers[i]];
            move_features(held, scratch_);
            held.row = corpus_->append(held.features);
            in.push_back(held.row);
            number_of_.push_back(numbers[i]);
        }
        static_cast<void>(corpus_->change(out, in, options_.threads));
    }
}

} // namespace fabula::detail
