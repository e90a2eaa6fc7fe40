// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/text.hpp>

#include <span>
#include <vector>

namespace fabula::training {

enum class Layout {
    lines,   ///< one piece of boilerplate a line
    one_line ///< as scrapers leave it that join everything with spaces
};

struct DecoratedArticle {
    Article article;
    /// The article's own words: ranges of `article.text`, in order. The rest is boilerplate.
    std::vector<ByteRange> own;
};

/// The articles as invented news sites (outlets.hpp) would print them: each gets a source that
/// prints in its language, that site's ending behind the title, and around and between its
/// paragraphs navigation, byline, dateline, credits, share buttons, a newsletter pitch, a comment
/// form, a cookie notice, a copyright line and headlines of other articles of the site.
///
/// A pure function: what is drawn depends on the ids, not on the order of `articles`.
[[nodiscard]] std::vector<DecoratedArticle> add_boilerplate(std::span<const Article> articles,
                                                            Layout layout);

} // namespace fabula::training
