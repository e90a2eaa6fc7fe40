// SPDX-License-Identifier: Apache-2.0
#include "stream/story_heading.hpp"

#include "boilerplate/lines.hpp"
#include "embedding/analyzed_article.hpp"
#include "features/article_features.hpp"
#include "story/centrality.hpp"
#include "story/story_builder.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

namespace fabula::detail {

WindowArticles::Number representative_of_story(
    const WindowArticles& articles, std::span<const WindowArticles::Number> members,
    const std::function<WindowArticles::Number(WindowArticles::Number)>& representative_of) {
    if (members.size() == 1)
        return members.front();
    std::vector<WindowArticles::Number> sorted(members.begin(), members.end());
    std::sort(sorted.begin(), sorted.end(),
              [&](WindowArticles::Number a, WindowArticles::Number b) {
                  return articles.is_before(a, b);
              });
    // A collection of these alone, of what the choice looks at.
    std::vector<Article> known;
    std::vector<std::size_t> order(sorted.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<std::uint32_t> positions(sorted.size());
    std::iota(positions.begin(), positions.end(), 0U);
    std::vector<std::uint32_t> representatives;
    WeightedCorpus corpus;
    const std::size_t dimension = articles[sorted.front()].features.vector().size();
    corpus.corpus.vectors = {sorted.size(), dimension, {}};
    for (const WindowArticles::Number number : sorted) {
        const FeatureData& data = FeatureData::of(articles[number].features);
        Article article;
        article.source = data.source;
        known.push_back(std::move(article));
        corpus.corpus.vectors.values.insert(corpus.corpus.vectors.values.end(), data.vector.begin(),
                                            data.vector.end());
        corpus.corpus.outcomes.push_back(data.outcome);
        LexicalFeatures& lexical = corpus.corpus.lexical.emplace_back();
        lexical.has_vector = data.lexical.has_vector;
        lexical.is_titled = data.lexical.is_titled;
        lexical.words = data.lexical.words;
        lexical.language = data.lexical.language;
        const auto of = std::find(sorted.begin(), sorted.end(), representative_of(number));
        representatives.push_back(of != sorted.end()
                                      ? static_cast<std::uint32_t>(of - sorted.begin())
                                      : static_cast<std::uint32_t>(representatives.size()));
    }
    const Articles given(known);
    const StoryFrequency no_frequency;
    const std::vector<std::uint64_t> identities(sorted.size());
    const StoryIds no_ids(given, order, identities);
    const CollectionView view{given,        order,  corpus, representatives,
                              no_frequency, no_ids, {},     false};
    return sorted[find_representative(view, positions, Centrality(view, positions))];
}

std::string title_of_story(HeldArticle& representative, const Model& model,
                           const BoilerplateFilter& boilerplate, TextAnalyzer& analyzer) {
    const Article& article = representative.article;
    std::string title(trimmed(boilerplate.title(article.title, article.source)));
    if (!title.empty() || !representative.has_text)
        return title;
    if (!representative.first_sentence)
        representative.first_sentence =
            first_sentence(article, analyze_again(article, representative.features.outcome(),
                                                  representative.content, model, boilerplate,
                                                  analyzer, Sentences::find));
    return *representative.first_sentence;
}

} // namespace fabula::detail
