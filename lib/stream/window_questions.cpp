// SPDX-License-Identifier: Apache-2.0
#include "stream/live_window.hpp"
#include "stream/settled_features.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

std::optional<StreamStoryId> LiveWindow::story_of(const std::string& id) const {
    const std::optional<Number> number = articles_.find(id);
    return number ? std::optional(ledger_.story_of(*number)) : std::nullopt;
}

std::optional<StreamStory> LiveWindow::story(StreamStoryId id) const {
    const auto found = ledger_.stories().find(id);
    return found != ledger_.stories().end() ? std::optional(describe(id, found->second))
                                            : std::nullopt;
}

std::vector<StreamStory> LiveWindow::stories() const {
    std::vector<StreamStory> out;
    out.reserve(ledger_.stories().size());
    for (const auto& [id, entry] : ledger_.stories())
        out.push_back(describe(id, entry));
    return out;
}

StreamStory LiveWindow::describe(StreamStoryId id, const StoryLedger::Entry& entry) const {
    StreamStory out;
    out.id = id;
    out.title = entry.title;
    out.representative = articles_[entry.representative].article.id;
    std::vector<Number> numbers = entry.articles;
    std::sort(numbers.begin(), numbers.end(),
              [&](Number a, Number b) { return articles_.is_before(a, b); });
    std::map<std::string, std::size_t> languages;
    std::set<std::string_view> sources;
    for (const Number number : numbers) {
        const Article& article = articles_[number].article;
        out.articles.push_back(article.id);
        ++languages[articles_[number].features.outcome().language];
        if (!article.source.empty())
            sources.insert(article.source);
        if (!article.published)
            continue;
        out.first_published =
            std::min(out.first_published.value_or(*article.published), *article.published);
        out.last_published =
            std::max(out.last_published.value_or(*article.published), *article.published);
    }
    out.sources = sources.size();
    for (const auto& [tag, count] : languages)
        out.languages.push_back(tag);
    std::stable_sort(
        out.languages.begin(), out.languages.end(),
        [&](const std::string& a, const std::string& b) { return languages[a] > languages[b]; });
    return out;
}

std::vector<StreamMatch> LiveWindow::near(const Article& article, std::size_t k) const {
    const std::vector<HeldArticle> read =
        read_articles_of_stream({&article, 1}, model_, boilerplate_, analyzers_, false, 1);
    std::map<StreamStoryId, LiveLink> likeliest;
    for (const LiveLink& link : corpus_->links_of(read.front().features, 0, options_.threads)) {
        const Number number = number_of_[link.row];
        if (!article.id.empty() && articles_[number].article.id == article.id)
            continue;
        LiveLink& best = likeliest.emplace(ledger_.story_of(number), link).first->second;
        if (link.probability > best.probability)
            best = link;
    }
    std::vector<StreamMatch> out;
    for (const auto& [story, link] : likeliest)
        out.push_back({story, static_cast<double>(link.probability),
                       articles_[number_of_[link.row]].article.id});
    std::stable_sort(out.begin(), out.end(), [](const StreamMatch& a, const StreamMatch& b) {
        return a.probability > b.probability;
    });
    out.resize(std::min(k, out.size()));
    return out;
}

} // namespace fabula::detail
