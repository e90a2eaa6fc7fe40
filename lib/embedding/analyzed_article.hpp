// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boilerplate/filter.hpp"

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/model.hpp>
#include <fabula/text.hpp>

#include <span>
#include <string>
#include <vector>

namespace fabula::detail {

/// An article cut into words, with its language: what embedding and features both start from.
struct AnalyzedArticle {
    AnalyzedText title; ///< ranges count bytes of `Article::title`
    AnalyzedText body;  ///< ranges count bytes of `Article::text`; words of boilerplate left out
    int language{-1};   ///< number of the language in the model, or `ModelData::unknown_language`
    EmbeddingOutcome outcome;       ///< language and, where nothing can be embedded, the reason
    std::vector<ByteRange> content; ///< what of the text is not boilerplate; empty = all
};

/// Makes what nearly all articles need and what one thread alone can make, two parts at once: the
/// tables of Latin letters and, where some `need_language`, the language identifier. Before many
/// articles are analyzed: it changes the time alone. What fails here fails again where it is
/// needed.
void prepare_analysis(const Model& model, bool need_language, unsigned threads);

/// A pure function of its arguments but for the analyzer's caches.
[[nodiscard]] AnalyzedArticle analyze_article(const Article& article, const Model& model,
                                              const BoilerplateFilter& boilerplate,
                                              TextAnalyzer& analyzer, Sentences sentences);

/// The same of an article that was analyzed before, by what was found then: neither its language
/// nor its boilerplate is looked for again.
[[nodiscard]] AnalyzedArticle analyze_again(const Article& article, const EmbeddingOutcome& outcome,
                                            std::span<const ByteRange> content, const Model& model,
                                            const BoilerplateFilter& boilerplate,
                                            TextAnalyzer& analyzer, Sentences sentences);

/// The words of a text as they are written there, for models that look words up by their spelling.
[[nodiscard]] std::string_view surface_of(const Token& token, std::string_view text);

} // namespace fabula::detail
