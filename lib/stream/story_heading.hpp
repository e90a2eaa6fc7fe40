// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boilerplate/filter.hpp"
#include "stream/window_articles.hpp"

#include <fabula/model.hpp>
#include <fabula/text.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace fabula::detail {

/// The representative of a story, as the batch chooses it, by the numbers of its articles.
/// `representative_of` says what an article is a near-duplicate of, or itself.
[[nodiscard]] WindowArticles::Number representative_of_story(
    const WindowArticles& articles, std::span<const WindowArticles::Number> members,
    const std::function<WindowArticles::Number(WindowArticles::Number)>& representative_of);

/// What a story is called after its representative: its title, or its first sentence.
[[nodiscard]] std::string title_of_story(HeldArticle& representative, const Model& model,
                                         const BoilerplateFilter& boilerplate,
                                         TextAnalyzer& analyzer);

} // namespace fabula::detail
