// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/utf8.hpp"

#include <fabula/article.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// Bytes of a text that are looked at. A newspaper article has some thousands, a book a million;
/// what is known of a text while it is looked at takes some 60 bytes for each of its own.
inline constexpr std::size_t most_text = std::size_t{1} << 23U;

/// The part of a text, or of a title, that is looked at: all of it, or whole code points of its
/// beginning.
[[nodiscard]] inline std::string_view looked_at(std::string_view text) {
    return first_bytes(text, most_text);
}

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

    /// Article `i` with its text: the caller's own, or `buffer`, filled with it.
    [[nodiscard]] const Article& read(std::size_t i, Article& buffer) const {
        if (texts_ == nullptr)
            return articles_[i];
        buffer.id = articles_[i].id;
        buffer.title = articles_[i].title;
        buffer.language = articles_[i].language;
        buffer.source = articles_[i].source;
        buffer.published = articles_[i].published;
        texts_->read(i, buffer.text);
        return buffer;
    }

private:
    std::span<const Article> articles_;
    const ArticleTexts* texts_{};
};

} // namespace fabula::detail
