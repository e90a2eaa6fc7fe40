// SPDX-License-Identifier: Apache-2.0
#include "base/pool.hpp"
#include "embedding/article_vector.hpp"
#include "embedding/sentence_vectors.hpp"
#include "features/article_identity.hpp"
#include "features/lexical_features.hpp"
#include "features/quantities/quantities.hpp"
#include "neighbours/join/dot.hpp"
#include "pipeline/canonical_order.hpp"
#include "scoring/lexical_fallback.hpp"
#include "scoring/pair_model.hpp"
#include "scoring/sentence_coverage.hpp"
#include "scoring/weighted_corpus.hpp"

#include <fabula/error.hpp>
#include <fabula/comparer.hpp>
#include <fabula/scoring.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace fabula::inline v0 {

namespace {

constexpr std::size_t most_passages = 5;
constexpr float least_passage_similarity = 0.45F;
constexpr std::size_t most_terms = 12;

using QuantityId = std::pair<detail::QuantityKind, std::uint32_t>;

/// How an article stands in its collection.
struct CorpusContext {
    double document_weight{1};               ///< see `document_weights`
    float hubness{0};                        ///< see `hubness`
    std::optional<std::uint32_t> position{}; ///< in the collection
};

/// Everything that a comparison needs of one article.
struct Side {
    detail::AnalyzedArticle analyzed;
    detail::LexicalFeatures lexical;
    SentenceEmbeddings sentences;
    std::vector<float> vector;
    std::vector<float> transformed; ///< as the collection sees it
    detail::CosineDistribution distribution;
    CorpusContext context;
    /// First spelling and rarity of each term.
    std::map<std::uint32_t, std::pair<std::string, float>> terms;
    /// How each number and date is written first, and their order.
    std::map<QuantityId, std::string> quantities;
    std::vector<QuantityId> quantity_order;
};

} // namespace

struct Comparer::State {
    Model model;
    EmbedOptions options;
    detail::BoilerplateFilter boilerplate;
    detail::PairModel pair_model;
    detail::RelationRule relation_rule;
    mutable detail::Pool<TextAnalyzer> analyzers;

    bool has_own_vectors{};       ///< the collection came with vectors of another encoder
    detail::WeightedCorpus known; ///< empty where there is no collection
    /// What is known of the articles of the collection, by their identities.
    std::unordered_map<std::uint64_t, CorpusContext> contexts;
    CorpusContext unseen; ///< of an article that is not from the collection

    State(Model m, std::span<const Article> collection, const EmbeddingMatrix* vectors,
          const ComparerOptions& how)
        : model(std::move(m)),
          boilerplate(detail::BoilerplateFilter::learn(collection, how.threads)),
          pair_model(detail::ModelData::of(model)), relation_rule(detail::ModelData::of(model)),
          has_own_vectors(vectors != nullptr) {
        known.calibration =
            has_own_vectors ? detail::LanguageCalibration{} : pair_model.calibration();
        if (collection.empty())
            return;
        const std::vector<std::size_t> order = detail::canonical_order(collection, vectors);
        detail::Corpus corpus =
            detail::read_corpus(collection, order, model, boilerplate, analyzers, how.threads);
        if (vectors != nullptr)
            detail::bring_vectors(corpus, *vectors, order);
        known = detail::prepare(
                    std::move(corpus), known.calibration,
                    {pair_model.min_cosine(), how.max_neighbours, how.time_window, how.exact_below},
                    how.threads)
                    .corpus;
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            const CorpusContext context{known.statistics.document_weights[i], known.hubness[i], i};
            contexts.emplace(known.corpus.identities[i], context);
            unseen.hubness += context.hubness / static_cast<float>(order.size());
        }
    }

    [[nodiscard]] CorpusContext context_of(const Article& article) const {
        const auto found = contexts.find(detail::article_identity(article));
        return found == contexts.end() ? unseen : found->second;
    }

    [[nodiscard]] Side read(const Article& article) const {
        const auto analyzer = analyzers.borrow();
        Side side;
        side.analyzed =
            detail::analyze_article(article, model, boilerplate, *analyzer, Sentences::find);
        side.vector.resize(model.dimension());
        detail::article_vector(side.analyzed, article, detail::ModelData::of(model), options,
                               side.vector);
        side.context = context_of(article);
        if (side.context.position) { // with its terms weighed by its neighbourhood
            const std::uint32_t i = *side.context.position;
            side.lexical = known.corpus.lexical[i];
            if (has_own_vectors)
                side.vector.assign(known.corpus.vectors.row(i).begin(),
                                   known.corpus.vectors.row(i).end());
        } else {
            side.lexical = detail::extract_lexical_features(side.analyzed, article,
                                                            detail::ModelData::of(model));
            known.statistics.normalization.weigh(side.lexical, side.context.document_weight);
            if (has_own_vectors) {
                side.lexical.has_vector = false;
                side.vector.assign(known.corpus.vectors.dimension, 0);
            }
        }
        side.transformed.resize(side.vector.size());
        known.statistics.normalization.transform(side.vector, side.transformed);
        side.distribution = known.statistics.normalization.distribution(
            side.transformed, side.context.document_weight);
        side.sentences = detail::SentenceVectors(detail::ModelData::of(model), options)
                             .of(side.analyzed, article);
        collect(side, side.analyzed.title, article.title);
        collect(side, side.analyzed.body, article.text);
        return side;
    }

private:
    void collect(Side& side, const AnalyzedText& text, std::string_view source) const {
        for (const Token& token : text.tokens) {
            std::string surface(detail::surface_of(token, source));
            if (const auto key = detail::term_key(token)) {
                const float rarity = detail::word_rarity(detail::ModelData::of(model),
                                                         side.analyzed.language, token);
                const auto [at, is_new] = side.terms.try_emplace(*key, std::move(surface), rarity);
                if (!is_new)
                    at->second.second = std::min(at->second.second, rarity);
            }
        }
        for (const detail::Quantity& quantity :
             detail::find_quantities(text, source, side.analyzed.outcome.language)) {
            const QuantityId id{quantity.kind, quantity.key};
            const ByteRange& range = quantity.range;
            if (side.quantities.try_emplace(id, source.substr(range.begin, range.end - range.begin))
                    .second)
                side.quantity_order.push_back(id);
        }
    }
};

std::string ComparerOptions::validate() const {
    if (time_window.count() < 0)
        return "time_window is " + std::to_string(time_window.count()) +
               " s, but must be 0 (no limit) or more";
    if (threads > 1024)
        return "threads is " + std::to_string(threads) + ", but must be in 0–1024";
    return {};
}

Comparer::Comparer(Model model, std::span<const Article> collection,
                   const ComparerOptions& options) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    state_ = std::make_unique<State>(std::move(model), collection, nullptr, options);
}
Comparer::Comparer(Model model, std::span<const Article> collection, const EmbeddingMatrix& vectors,
                   const ComparerOptions& options) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    detail::check_vectors(vectors, collection.size());
    state_ = std::make_unique<State>(std::move(model), collection, &vectors, options);
}
Comparer::~Comparer() = default;
Comparer::Comparer(Comparer&&) noexcept = default;
Comparer& Comparer::operator=(Comparer&&) noexcept = default;

namespace {

std::vector<SharedTerm> shared_terms(const Side& a, const Side& b) {
    std::set<std::uint32_t> counted; // keys that take part in the term cosine of both
    for (const detail::WeightedTerm& term : a.lexical.terms)
        counted.insert(term.key);
    std::vector<SharedTerm> out;
    for (const detail::WeightedTerm& term : b.lexical.terms) {
        // A term without a spelling is of another article, whose identity happens to be the same.
        const auto x = a.terms.find(term.key);
        const auto y = b.terms.find(term.key);
        if (!counted.contains(term.key) || x == a.terms.end() || y == b.terms.end())
            continue;
        const auto& [first, rarity] = x->second;
        const auto& [second, other_rarity] = y->second;
        out.push_back({first, second, static_cast<double>(std::min(rarity, other_rarity))});
    }
    std::sort(out.begin(), out.end(), [](const SharedTerm& x, const SharedTerm& y) {
        const auto spelled = [](const SharedTerm& term) {
            return std::minmax(term.first, term.second);
        };
        return x.weight != y.weight ? x.weight > y.weight : spelled(x) < spelled(y);
    });
    if (out.size() > most_terms)
        out.resize(most_terms);
    return out;
}

} // namespace

Comparison Comparer::compare(const Article& first, const Article& second) const {
    const Side a = state_->read(first);
    const Side b = state_->read(second);
    Comparison out;
    out.similarity =
        std::clamp(detail::dot(a.vector.data(), b.vector.data(), a.vector.size()), -1.0F, 1.0F);
    out.direction = direction_of(first.published, second.published);
    out.explanation.time_gap = detail::time_gap(first.published, second.published);
    if (a.analyzed.outcome.status == EmbeddingStatus::empty_text ||
        b.analyzed.outcome.status == EmbeddingStatus::empty_text)
        return out; // nothing to score by: probability 0, unrelated

    if (!a.lexical.has_vector || !b.lexical.has_vector) {
        const detail::LexicalFallback names =
            detail::measure_lexical_fallback(a.lexical, b.lexical);
        out.probability = detail::logistic(detail::log_odds(names));
        out.explanation.contributions = detail::contributions(names);
        out.relation = detail::relation(names);
    } else {
        const float cosine = std::clamp(
            detail::dot(a.transformed.data(), b.transformed.data(), a.transformed.size()), -1.0F,
            1.0F);
        detail::PairFeatures features = detail::measure_pair(
            a.lexical, b.lexical, detail::s_norm(cosine, a.distribution, b.distribution),
            state_->known.statistics.nearness, state_->known.calibration);
        features.collected = state_->known.statistics.normalization.collected();
        features[detail::PairFeature::hubness] =
            (static_cast<double>(a.context.hubness) + static_cast<double>(b.context.hubness)) / 2;
        out.probability = detail::logistic(state_->pair_model.log_odds(features));
        out.explanation.contributions = state_->pair_model.contributions(features);
        out.relation = state_->relation_rule.decide(
            out.probability, a.lexical, b.lexical,
            detail::sentence_coverage(
                a.sentences, b.sentences,
                state_->pair_model.calibration().factor(a.lexical.language, b.lexical.language)));
        out.explanation.passages = detail::aligned_passages(
            a.sentences, b.sentences, least_passage_similarity, most_passages);
    }
    out.explanation.shared_terms = shared_terms(a, b);
    for (const QuantityId& id : a.quantity_order)
        if (const auto other = b.quantities.find(id); other != b.quantities.end())
            (id.first == detail::QuantityKind::number ? out.explanation.shared_numbers
                                                      : out.explanation.shared_dates)
                .push_back({a.quantities.at(id), other->second});
    return out;
}

std::string_view to_string(Relation relation) noexcept {
    switch (relation) {
    case Relation::unrelated:
        return "unrelated";
    case Relation::same_story:
        return "same_story";
    case Relation::rewrite:
        return "rewrite";
    case Relation::translation:
        return "translation";
    case Relation::duplicate:
        return "duplicate";
    }
    return "unrelated";
}

} // namespace fabula::inline v0
