// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace fabula::detail {

/// The caller's articles, whether their texts are in memory or fetched one by one.
class Articles {
public:
    Articles() = default;
    /// `texts`, where given, has the text of each; both must live as long.
    Articles(std::span<const Article> articles, const ArticleTexts* texts = nullptr)
        : articles_(articles), texts_(texts) {}
    Articles(const std::vector<Article>& articles) : articles_(articles) {}

    [[nodiscard]] std::size_t size() const { return articles_.size(); }
    [[nodiscard]] bool empty() const { return articles_.empty(); }

    /// All of article `i` but its text.
    [[nodiscard]] const Article& operator[](std::size_t i) const { return articles_[i]; }

    /// Article `i` with its text: the caller's own, or `room`, filled with it.
    [[nodiscard]] const Article& read(std::size_t i, Article& room) const {
        if (texts_ == nullptr)
            return articles_[i];
        room.id = articles_[i].id;
        room.title = articles_[i].title;
        room.language = articles_[i].language;
        room.source = articles_[i].source;
        room.published = articles_[i].published;
        texts_->read(i, room.text);
        return room;
    }

private:
    std::span<const Article> articles_;
    const ArticleTexts* texts_{};
};

} // namespace fabula::detail
