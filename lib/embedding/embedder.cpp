// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"
#include "base/pool.hpp"
#include "embedding/analyzed_article.hpp"
#include "embedding/article_vector.hpp"
#include "embedding/sentence_vectors.hpp"
#include "model/lookup/language_tags.hpp"
#include "model/lookup/model_data.hpp"

#include <fabula/embedding.hpp>
#include <fabula/error.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fabula::inline v0 {

std::string_view to_string(EmbeddingStatus status) noexcept {
    switch (status) {
    case EmbeddingStatus::ok:
        return "ok";
    case EmbeddingStatus::empty_text:
        return "empty_text";
    case EmbeddingStatus::unsupported_language:
        return "unsupported_language";
    case EmbeddingStatus::no_known_words:
        return "no_known_words";
    }
    return "ok";
}

float cosine_similarity(std::span<const float> a, std::span<const float> b) {
    if (a.size() != b.size())
        throw Error(Errc::bad_input, "cosine_similarity: vectors of " + std::to_string(a.size()) +
                                         " and " + std::to_string(b.size()) + " values");
    double product = 0;
    double squares_a = 0;
    double squares_b = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        product += static_cast<double>(a[i]) * static_cast<double>(b[i]);
        squares_a += static_cast<double>(a[i]) * static_cast<double>(a[i]);
        squares_b += static_cast<double>(b[i]) * static_cast<double>(b[i]);
    }
    if (squares_a == 0 || squares_b == 0)
        return 0.0F;
    const double cosine = product / std::sqrt(squares_a) / std::sqrt(squares_b);
    return static_cast<float>(std::clamp(cosine, -1.0, 1.0));
}

std::string EmbedOptions::validate() const {
    if (threads > 1024)
        return "threads is " + std::to_string(threads) + ": expected 0 (one a core) to 1024";
    if (!(word_weight > 0 && word_weight <= 1))
        return "word_weight is " + std::to_string(word_weight) + ": expected above 0 and at most 1";
    if (!(title_weight >= 0 && title_weight <= 100))
        return "title_weight is " + std::to_string(title_weight) + ": expected 0 to 100";
    return {};
}

struct Embedder::State {
    Model model;
    EmbedOptions options;
    detail::BoilerplateFilter boilerplate;
    mutable detail::Pool<TextAnalyzer> analyzers;

    State(Model m, const EmbedOptions& o) : model(std::move(m)), options(o) {}
};

Embedder::Embedder(Model model, EmbedOptions options) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    state_ = std::make_unique<State>(std::move(model), options);
}

Embedder::~Embedder() = default;
Embedder::Embedder(Embedder&&) noexcept = default;
Embedder& Embedder::operator=(Embedder&&) noexcept = default;

const Model& Embedder::model() const noexcept {
    return state_->model;
}

Embedding Embedder::embed(const Article& article) const {
    const detail::ModelData& data = detail::ModelData::of(state_->model);
    const auto analyzer = state_->analyzers.borrow();
    detail::AnalyzedArticle analyzed = detail::analyze_article(
        article, state_->model, state_->boilerplate, *analyzer, Sentences::skip);
    Embedding out;
    out.vector.resize(data.dimension());
    detail::article_vector(analyzed, article, data, state_->options, out.vector);
    out.outcome = std::move(analyzed.outcome);
    return out;
}

Embeddings Embedder::embed(std::span<const Article> articles) const {
    const std::size_t articles_per_task = detail::items_per_task(articles.size(), 16);
    Embeddings out;
    out.matrix.rows = articles.size();
    out.matrix.dimension = state_->model.dimension();
    out.matrix.values.resize(out.matrix.rows * out.matrix.dimension);
    out.outcomes.resize(articles.size());
    detail::prepare_analysis(state_->model,
                             std::any_of(articles.begin(), articles.end(),
                                         [](const Article& article) {
                                             return detail::says_no_language(article.language);
                                         }),
                             state_->options.threads);
    detail::for_each_range(
        articles.size(), articles_per_task, state_->options.threads, [&](detail::ItemRange range) {
            const auto analyzer = state_->analyzers.borrow();
            for (std::size_t i = range.begin; i < range.end; ++i) {
                detail::AnalyzedArticle analyzed = detail::analyze_article(
                    articles[i], state_->model, state_->boilerplate, *analyzer, Sentences::skip);
                detail::article_vector(analyzed, articles[i], detail::ModelData::of(state_->model),
                                       state_->options, out.matrix.row(i));
                out.outcomes[i] = std::move(analyzed.outcome);
            }
        });
    return out;
}

SentenceEmbeddings Embedder::embed_sentences(const Article& article) const {
    const auto analyzer = state_->analyzers.borrow();
    const detail::AnalyzedArticle analyzed = detail::analyze_article(
        article, state_->model, state_->boilerplate, *analyzer, Sentences::find);
    return detail::SentenceVectors(detail::ModelData::of(state_->model), state_->options)
        .of(analyzed, article, std::numeric_limits<std::size_t>::max());
}

} // namespace fabula::inline v0
