// SPDX-License-Identifier: Apache-2.0
#include "features/article_features.hpp"

#include "base/hash.hpp"
#include "boilerplate/filter.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <memory>
#include <memory_resource>
#include <new>
#include <numeric>
#include <utility>

namespace fabula::detail {

std::uint64_t feature_space(const ModelData& model) {
    // Changes where the same article gives others, and where their bytes are laid out anew: a store
    // that is to be rebuilt knows it by nothing else.
    constexpr std::string_view made_as = "features-5";
    const ModelCard& card = model.card();
    std::string all(made_as);
    for (const std::string& part :
         {std::string(forms_version()), card.checksum, std::to_string(model.dimension()),
          std::to_string(card.vocabulary), std::to_string(card.checksum.empty() ? card.bytes : 0)})
        all += ' ' + part;
    for (const std::string& tag : model.languages())
        all += ' ' + tag;
    return hash_of(all);
}

void require_one_space(std::span<const ArticleFeatures> features, const Model& model) {
    const std::uint64_t space = feature_space(ModelData::of(model));
    for (std::size_t i = 0; i < features.size(); ++i) {
        const FeatureData& data = FeatureData::of(features[i]);
        const FeatureData& first = FeatureData::of(features.front());
        const auto refuse = [&](const std::string& why) {
            throw Error(Errc::other_model, "the features of article " + std::to_string(i) + " (\"" +
                                               data.id + "\") " + why);
        };
        if (data.space != space)
            refuse("were made with another model than " + model.card().path +
                   "; extract them again with this one");
        if (data.has_own_vector != first.has_own_vector ||
            data.vector.size() != first.vector.size())
            refuse("have a vector of another encoder than those of article 0; use vectors of one "
                   "encoder together");
    }
}

Corpus corpus_of(std::span<const ArticleFeatures> features, std::span<const std::size_t> order,
                 ScratchMemory* scratch) {
    const std::size_t n = order.size();
    const std::size_t dimension =
        features.empty() ? 0 : FeatureData::of(features.front()).vector.size();
    Corpus out(scratch);
    out.vectors = {n, dimension, std::vector<float>(n * dimension)};
    out.lexical.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        const FeatureData& data = FeatureData::of(features[order[i]]);
        std::copy(data.vector.begin(), data.vector.end(), out.vectors.row(i).begin());
        out.outcomes.push_back(data.outcome);
        out.lexical[i] = data.lexical;
        if (scratch != nullptr)
            move_lists(out.lexical[i], *scratch);
        out.times.push_back(data.lexical.published);
        out.identities.push_back(data.identity);
    }
    return out;
}

ArticleFeatures in_scratch(const ArticleFeatures& features,
                           const std::shared_ptr<ScratchMemory>& memory) {
    const FeatureData& from = FeatureData::of(features);
    LexicalFeatures lexical = from.lexical;
    move_lists(lexical, *memory);
    FeatureData moved{
        from.space,         from.has_own_vector, from.id,
        from.source,        from.outcome,        std::pmr::vector<float>(from.vector, memory.get()),
        std::move(lexical), from.identity};
    // What counts the copies stays outside: it changes when the features are only passed on.
    void* const place = memory->allocate(sizeof(FeatureData), alignof(FeatureData));
    return FeatureData::wrap({::new (place) const FeatureData(std::move(moved)),
                              [memory](const FeatureData* data) { std::destroy_at(data); }});
}

Article article_of(const ArticleFeatures& features) {
    Article out;
    out.id = features.id();
    out.source = features.source();
    out.published = features.published();
    return out;
}

ExtractedFeatures extract_features(const Model& model, const Articles& articles,
                                   const BoilerplateFilter& boilerplate,
                                   Pool<TextAnalyzer>& analyzers, unsigned threads,
                                   const EmbeddingMatrix* vectors) {
    std::vector<std::size_t> order(articles.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    Corpus corpus = read_corpus(articles, order, model, boilerplate, analyzers, threads);
    if (vectors != nullptr)
        bring_vectors(corpus, *vectors, order);
    const std::uint64_t space = feature_space(ModelData::of(model));
    ExtractedFeatures out;
    out.features.reserve(articles.size());
    for (std::size_t i = 0; i < articles.size(); ++i) {
        const auto row = corpus.vectors.row(i);
        out.features.push_back(FeatureData::wrap(std::make_shared<const FeatureData>(FeatureData{
            space, vectors != nullptr, articles[i].id, articles[i].source,
            std::move(corpus.outcomes[i]), std::pmr::vector<float>(row.begin(), row.end()),
            std::move(corpus.lexical[i]), corpus.identities[i]})));
    }
    out.contents = std::move(corpus.contents);
    return out;
}

namespace {

std::vector<ArticleFeatures> extract(const Model& model, std::span<const Article> articles,
                                     const EmbeddingMatrix* vectors, unsigned threads,
                                     const Boilerplate& boilerplate = {}) {
    if (vectors != nullptr)
        check_vectors(*vectors, articles.size());
    Pool<TextAnalyzer> analyzers;
    return extract_features(model, articles, BoilerplateFilter::of(boilerplate), analyzers, threads,
                            vectors)
        .features;
}

} // namespace

} // namespace fabula::detail

namespace fabula::inline v0 {

const std::string& ArticleFeatures::id() const noexcept {
    return data_->id;
}

const std::string& ArticleFeatures::source() const noexcept {
    return data_->source;
}

std::optional<std::chrono::sys_seconds> ArticleFeatures::published() const noexcept {
    return data_->lexical.published;
}

const EmbeddingOutcome& ArticleFeatures::outcome() const noexcept {
    return data_->outcome;
}

std::span<const float> ArticleFeatures::vector() const noexcept {
    return data_->vector;
}

bool operator==(const ArticleFeatures& a, const ArticleFeatures& b) {
    return a.data_ == b.data_ || a.to_bytes() == b.to_bytes();
}

ArticleFeatures extract_features(const Model& model, const Article& article) {
    return detail::extract(model, {&article, 1}, nullptr, 1).front();
}

std::vector<ArticleFeatures> extract_features(const Model& model, std::span<const Article> articles,
                                              unsigned threads) {
    return detail::extract(model, articles, nullptr, threads);
}

std::vector<ArticleFeatures> extract_features(const Model& model, std::span<const Article> articles,
                                              const Boilerplate& boilerplate, unsigned threads) {
    return detail::extract(model, articles, nullptr, threads, boilerplate);
}

std::vector<ArticleFeatures> extract_features(const Model& model, std::span<const Article> articles,
                                              const EmbeddingMatrix& vectors, unsigned threads) {
    return detail::extract(model, articles, &vectors, threads);
}

} // namespace fabula::inline v0
