// SPDX-License-Identifier: Apache-2.0
#include "features/corpus.hpp"

#include "base/parallel.hpp"
#include "embedding/article_vector.hpp"
#include "features/article_identity.hpp"
#include "model/lookup/language_tags.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>
#include <thread>

namespace fabula::detail {

void Corpus::spill_vectors() {
    if (scratch == nullptr)
        return;
    const std::size_t bytes = vectors.values.size() * sizeof(float);
    spilled_ = {static_cast<float*>(scratch->allocate(bytes, alignof(float))),
                vectors.values.size()};
    std::copy(vectors.values.begin(), vectors.values.end(), spilled_.begin());
    std::vector<float>().swap(vectors.values);
    scratch->evict();
}

void Corpus::restore_vectors() {
    if (spilled_.empty())
        return;
    vectors.values.assign(spilled_.begin(), spilled_.end());
    spilled_ = {};
    scratch->evict();
}

Corpus read_corpus(const Articles& articles, std::span<const std::size_t> order, const Model& model,
                   const BoilerplateFilter& boilerplate, Pool<TextAnalyzer>& analyzers,
                   unsigned threads, const std::function<void(double)>& done,
                   ScratchMemory* scratch) {
    const std::size_t n = order.size();
    const std::size_t articles_per_task = items_per_task(n, 16);
    Corpus out(scratch);
    out.vectors = {n, model.dimension(), std::vector<float>(n * model.dimension())};
    out.outcomes.resize(n);
    out.contents.resize(n);
    out.lexical.resize(n);
    out.times.resize(n);
    out.identities.resize(n);
    const EmbedOptions options;
    const std::size_t tasks = (n + articles_per_task - 1) / articles_per_task;
    prepare_analysis(
        model,
        std::any_of(order.begin(), order.end(),
                    [&](std::size_t i) { return says_no_language(articles[i].language); }),
        threads);
    std::atomic<std::size_t> finished{0};
    const std::thread::id caller = std::this_thread::get_id();
    for_each_task(tasks, threads, [&](std::size_t task) {
        const auto analyzer = analyzers.borrow();
        Article buffer;
        const std::size_t end = std::min(n, (task + 1) * articles_per_task);
        for (std::size_t i = task * articles_per_task; i < end; ++i) {
            const Article& article = articles.read(order[i], buffer);
            AnalyzedArticle analyzed =
                analyze_article(article, model, boilerplate, *analyzer, Sentences::skip);
            article_vector(analyzed, article, ModelData::of(model), options, out.vectors.row(i));
            out.lexical[i] = extract_lexical_features(analyzed, article, ModelData::of(model));
            if (scratch != nullptr)
                move_lists(out.lexical[i], *scratch);
            out.outcomes[i] = std::move(analyzed.outcome);
            analyzed.content.shrink_to_fit();
            out.contents[i] = std::move(analyzed.content);
            out.times[i] = article.published;
            out.identities[i] = article_identity(article);
        }
        ++finished;
        if (done && std::this_thread::get_id() == caller)
            done(static_cast<double>(finished) / static_cast<double>(tasks));
    });
    return out;
}

void check_vectors(const EmbeddingMatrix& given, std::size_t articles) {
    constexpr std::size_t most_dimensions = 65'536;
    if (given.rows != articles)
        throw Error(Errc::bad_input, "there are " + std::to_string(given.rows) + " vectors for " +
                                         std::to_string(articles) +
                                         " articles; give one row an article, in their order");
    if (articles > 0 && (given.dimension == 0 || given.dimension > most_dimensions))
        throw Error(Errc::bad_input, "the vectors have " + std::to_string(given.dimension) +
                                         " dimensions, but must have 1 to 65536");
    if (given.values.size() != given.rows * given.dimension)
        throw Error(Errc::bad_input, "the vectors have " + std::to_string(given.values.size()) +
                                         " values, but must have rows × dimensions, that is " +
                                         std::to_string(given.rows * given.dimension));
    const auto odd = std::find_if_not(given.values.begin(), given.values.end(),
                                      [](float value) { return std::isfinite(value); });
    if (odd != given.values.end()) {
        const auto at = static_cast<std::size_t>(odd - given.values.begin());
        throw Error(Errc::bad_input, "row " + std::to_string(at / given.dimension) +
                                         " of the vectors has in column " +
                                         std::to_string(at % given.dimension) +
                                         " a value that is not a finite number");
    }
}

void bring_vectors(Corpus& corpus, const EmbeddingMatrix& given,
                   std::span<const std::size_t> order) {
    corpus.vectors = {given.rows, given.dimension, std::vector<float>(given.values.size())};
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::span<const float> from = given.row(order[i]);
        double squares = 0;
        for (const float value : from)
            squares += static_cast<double>(value) * static_cast<double>(value);
        EmbeddingOutcome& outcome = corpus.outcomes[i];
        if (outcome.status != EmbeddingStatus::empty_text)
            outcome.status = squares > 0 ? EmbeddingStatus::ok : EmbeddingStatus::no_known_words;
        corpus.lexical[i].has_vector = outcome.status == EmbeddingStatus::ok;
        if (!corpus.lexical[i].has_vector)
            continue;
        const double norm = std::sqrt(squares);
        std::transform(from.begin(), from.end(), corpus.vectors.row(i).begin(), [&](float value) {
            return static_cast<float>(static_cast<double>(value) / norm);
        });
    }
}

} // namespace fabula::detail
