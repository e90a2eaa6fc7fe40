// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/pool.hpp"
#include "boilerplate/filter.hpp"
#include "stream/window_articles.hpp"

#include <fabula/model.hpp>
#include <fabula/text.hpp>

#include <span>
#include <utility>
#include <vector>

namespace fabula::detail {

/// Makes what is held of new articles, with features read by this filter. Their times are not set.
[[nodiscard]] std::vector<HeldArticle> read_articles_of_stream(std::span<const Article> articles,
                                                               const Model& model,
                                                               const BoilerplateFilter& boilerplate,
                                                               Pool<TextAnalyzer>& analyzers,
                                                               bool keep_texts, unsigned threads);

/// What is learned of the boilerplate of the articles in the window that have their texts, as the
/// batch learns it of them, and what has to be read again since it removes something else.
struct LearnedBoilerplate {
    BoilerplateFilter filter;
    std::vector<std::pair<WindowArticles::Number, HeldArticle>> read_again;
};

[[nodiscard]] LearnedBoilerplate learn_boilerplate(const WindowArticles& articles,
                                                   const Model& model,
                                                   Pool<TextAnalyzer>& analyzers, unsigned threads);

} // namespace fabula::detail
