// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/export.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace fabula::inline v0 {

/// One report of a story: a news article in any language.
///
/// All strings are UTF-8; any bytes are legal (invalid sequences count as U+FFFD). Only `text` or
/// `title` need be there; everything else improves the result where it is known. Of a text, and of
/// a title, the first 8 MiB are looked at: a million words.
struct Article {
    std::string id;    ///< the caller's name for it; orders ties, so make it unique
    std::string title; ///< headline; may be empty
    std::string text;  ///< body, paragraphs separated by newlines; may be empty
    /// BCP-47 ("nb", "zh-Hant") or ISO 639 ("nob", "fre"); empty, "und", "mul" = identify it
    std::string language;
    std::string source; ///< outlet, such as a domain name; may be empty
    std::optional<std::chrono::sys_seconds> published; ///< UTC; empty = not known
};

/// The texts of articles that are too many to be held in memory: `Article::text` is empty, and the
/// text is fetched, three to six times in all, when an article is looked at.
///
/// `read_articles` gives those of JSON Lines files (`ReadOptions::leave_texts`); derive your own
/// for texts in a database.
class FABULA_EXPORT ArticleTexts {
public:
    ArticleTexts() = default;
    ArticleTexts(const ArticleTexts&) = delete;
    ArticleTexts& operator=(const ArticleTexts&) = delete;
    virtual ~ArticleTexts() = default;

    /// Replaces `text` by the body of article `i`, UTF-8. Must give the same each time, and be safe
    /// for concurrent calls. What it throws ends the run and reaches the caller.
    virtual void read(std::size_t i, std::string& text) const = 0;
};

} // namespace fabula::inline v0
