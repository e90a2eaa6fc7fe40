// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/paths.hpp"
#include "support/random_graph.hpp"

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/io.hpp>
#include <fabula/model.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// The model and the articles that come with the project.
namespace fabula::test {

inline const Model& default_model() {
    static const Model model = Model::load(model_dir() / "default.fabula");
    return model;
}

inline const Embedder& embedder() {
    static const Embedder made{default_model()};
    return made;
}

/// Euclidean.
inline double length(std::span<const float> vector) {
    double squares = 0;
    for (const float value : vector)
        squares += static_cast<double>(value) * static_cast<double>(value);
    return std::sqrt(squares);
}

/// examples/data/articles.jsonl, with the gold story of each article.
inline const ArticleSet& example_set() {
    static const ArticleSet set = [] {
        const std::vector<std::string> inputs{
            (source_dir() / "examples" / "data" / "articles.jsonl").string()};
        ReadOptions options;
        options.gold_stories = true;
        return read_articles(inputs, options);
    }();
    return set;
}

inline const std::vector<Article>& example_articles() {
    return example_set().articles;
}

inline const Article& example(std::string_view id) {
    const auto& all = example_articles();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Article& a) { return a.id == id; });
    if (found == all.end())
        throw std::runtime_error{"no example article " + std::string(id)};
    return *found;
}

/// An article of nothing but a text.
inline Article plain(std::string text, std::string language = {}) {
    Article article;
    article.id = "plain";
    article.text = std::move(text);
    article.language = std::move(language);
    return article;
}

/// The articles in another order, the same on every system.
inline std::vector<Article> shuffled(std::vector<Article> articles, std::uint64_t seed) {
    Random random{seed};
    random.shuffle(articles);
    return articles;
}

} // namespace fabula::test
