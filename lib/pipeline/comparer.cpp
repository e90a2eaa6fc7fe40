// SPDX-License-Identifier: Apache-2.0
#include "base/pool.hpp"
#include "embedding/article_vector.hpp"
#include "embedding/sentence_vectors.hpp"
#include "features/article_features.hpp"
#include "features/article_identity.hpp"
#include "features/lexical_features.hpp"
#include "features/quantities/quantities.hpp"
#include "neighbours/join/dot.hpp"
#include "pipeline/canonical_order.hpp"
#include "scoring/lexical_fallback.hpp"
#include "scoring/pair_model.hpp"
#include "scoring/sentence_coverage.hpp"
#include "scoring/text_differences.hpp"
#include "scoring/weighted_corpus.hpp"

#include <fabula/comparer.hpp>
#include <fabula/error.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

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
constexpr std::size_t most_differences = 12;
/// Of a word that is shown as a name: others are ordinary ones that begin a sentence.
constexpr float least_name_rarity = 10;

using QuantityId = std::pair<detail::QuantityKind, std::uint32_t>;

/// What is scored of one article.
struct Side {
    EmbeddingStatus status{};
    detail::LexicalFeatures lexical;
    std::vector<float> vector;
    std::vector<float> transformed; ///< less what is ordinary
    detail::CosineDistribution distribution;
};

/// What is shown of one article.
struct TextSide {
    detail::AnalyzedArticle analyzed;
    SentenceEmbeddings sentences;
    /// First spelling and rarity of each term.
    std::map<std::uint32_t, std::pair<std::string, float>> terms;
    /// How each number and date is written first, and their order.
    std::map<QuantityId, std::string> quantities;
    std::vector<QuantityId> quantity_order;
};

float cosine_of(std::span<const float> a, std::span<const float> b) {
    return std::clamp(detail::dot(a.data(), b.data(), a.size()), -1.0F, 1.0F);
}

} // namespace

struct Comparer::State {
    Model model;
    EmbedOptions options;
    detail::BoilerplateFilter boilerplate;
    detail::PairModel pair_model;
    std::optional<detail::ScoreNormalization> background;
    detail::RelationRule relation_rule;
    mutable detail::Pool<TextAnalyzer> analyzers;

    bool has_own_vectors{};       ///< the collection came with vectors of another encoder
    detail::WeightedCorpus known; ///< empty where there is no collection
    /// Where the articles of the collection are in it, by their identities.
    std::unordered_map<std::uint64_t, std::uint32_t> positions;

    explicit State(Model m)
        : model(std::move(m)), pair_model(detail::ModelData::of(model)),
          background(detail::ordinary_of(detail::ModelData::of(model))),
          relation_rule(detail::ModelData::of(model)) {
        known.calibration = pair_model.calibration();
        if (background)
            known.statistics.normalization = *background;
    }

    void learn(std::span<const Article> collection, const EmbeddingMatrix* vectors,
               const ComparerOptions& how) {
        boilerplate = detail::BoilerplateFilter::learn(collection, how.threads);
        const std::vector<std::size_t> order = detail::canonical_order(collection, vectors);
        detail::Corpus corpus =
            detail::read_corpus(collection, order, model, boilerplate, analyzers, how.threads);
        if (vectors != nullptr)
            detail::bring_vectors(corpus, *vectors, order);
        learn(std::move(corpus), vectors != nullptr, how);
    }

    void learn(std::span<const ArticleFeatures> collection, const ComparerOptions& how) {
        detail::require_one_space(collection, model);
        learn(detail::corpus_of(collection, detail::canonical_order(collection)),
              !collection.empty() && detail::FeatureData::of(collection.front()).has_own_vector,
              how);
    }

    [[nodiscard]] Side read(const ArticleFeatures& features) const {
        detail::require_one_space({&features, 1}, model);
        const detail::FeatureData& data = detail::FeatureData::of(features);
        const std::size_t dimension =
            known.corpus.size() > 0 ? known.corpus.vectors.dimension : data.vector.size();
        if ((known.corpus.size() > 0 && data.has_own_vector != has_own_vectors) ||
            data.vector.size() != dimension)
            throw Error(Errc::other_model, "the features of \"" + data.id +
                                               "\" have a vector of another encoder than those "
                                               "of the collection; use vectors of one encoder");
        return placed(data.outcome.status, data.lexical, {data.vector.begin(), data.vector.end()},
                      data.identity);
    }

    [[nodiscard]] TextSide read_text(const Article& article) const {
        const auto analyzer = analyzers.borrow();
        TextSide out;
        out.analyzed =
            detail::analyze_article(article, model, boilerplate, *analyzer, Sentences::find);
        out.sentences = detail::SentenceVectors(detail::ModelData::of(model), options)
                            .of(out.analyzed, article);
        collect(out, out.analyzed.title, article.title);
        collect(out, out.analyzed.body, article.text);
        return out;
    }

    /// Sets the status of what was analyzed.
    [[nodiscard]] Side read(const Article& article, detail::AnalyzedArticle& analyzed) const {
        const detail::ModelData& data = detail::ModelData::of(model);
        std::vector<float> vector(model.dimension());
        detail::article_vector(analyzed, article, data, options, vector);
        detail::LexicalFeatures lexical = detail::extract_lexical_features(analyzed, article, data);
        const std::uint64_t identity = detail::article_identity(article);
        if (has_own_vectors) {
            lexical.has_vector = false;
            vector.assign(known.corpus.vectors.dimension, 0);
            if (const auto found = positions.find(identity); found != positions.end()) {
                const auto row = known.corpus.vectors.row(found->second);
                vector.assign(row.begin(), row.end());
            }
        }
        return placed(analyzed.outcome.status, std::move(lexical), std::move(vector), identity);
    }

    /// Log-odds, similarity and what the two add up to.
    [[nodiscard]] Comparison score(const Side& a, const Side& b) const {
        Comparison out;
        out.similarity = cosine_of(a.vector, b.vector);
        out.direction = direction_of(a.lexical.published, b.lexical.published);
        out.explanation.time_gap = detail::time_gap(a.lexical.published, b.lexical.published);
        if (a.status == EmbeddingStatus::empty_text || b.status == EmbeddingStatus::empty_text) {
            out.relation = Relation::unrelated;
            return out; // nothing to score by: probability 0
        }
        if (!a.lexical.has_vector || !b.lexical.has_vector) {
            const detail::LexicalFallback names =
                detail::measure_lexical_fallback(a.lexical, b.lexical);
            out.probability = detail::logistic(detail::log_odds(names));
            out.explanation.contributions = detail::contributions(names);
            out.relation = detail::relation(names);
            return out;
        }
        const detail::PairFeatures features = detail::measure_pair(
            a.lexical, b.lexical,
            detail::s_norm(cosine_of(a.transformed, b.transformed), a.distribution, b.distribution),
            known.statistics.nearness, known.calibration);
        out.probability = detail::logistic(pair_model.log_odds(features));
        out.explanation.contributions = pair_model.contributions(features);
        if (relation_rule.is_duplicate(out.probability, a.lexical, b.lexical))
            out.relation = Relation::duplicate;
        else if (out.probability < detail::RelationRule::least_of_versions)
            out.relation = Relation::unrelated;
        return out;
    }

private:
    void learn(detail::Corpus corpus, bool with_own_vectors, const ComparerOptions& how) {
        has_own_vectors = with_own_vectors;
        if (has_own_vectors)
            known.calibration = {};
        if (corpus.size() == 0)
            return;
        known = detail::prepare(
                    std::move(corpus), known.calibration,
                    {pair_model.min_cosine(), how.max_neighbours, how.time_window, how.exact_below},
                    how.threads, background && !has_own_vectors ? &*background : nullptr)
                    .corpus;
        for (std::uint32_t i = 0; i < known.corpus.size(); ++i)
            positions.emplace(known.corpus.identities[i], i);
    }

    /// An article as the collection sees it.
    [[nodiscard]] Side placed(EmbeddingStatus status, detail::LexicalFeatures lexical,
                              std::vector<float> vector, std::uint64_t identity) const {
        const detail::ScoreNormalization& normalization = known.statistics.normalization;
        Side out{status, std::move(lexical), std::move(vector), {}, {}};
        double own = 0; // of an article that has no part in what is ordinary
        if (const auto found = positions.find(identity); found != positions.end()) {
            own = known.statistics.document_weights[found->second];
            out.lexical = known.corpus.lexical[found->second]; // its terms are weighed
        } else {
            normalization.weigh(out.lexical, own);
        }
        out.transformed.resize(out.vector.size());
        normalization.transform(out.vector, out.transformed);
        out.distribution = normalization.distribution(out.vector, own);
        return out;
    }

    void collect(TextSide& side, const AnalyzedText& text, std::string_view source) const {
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

Comparer::Comparer(Model model, const ComparerOptions& options) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    state_ = std::make_unique<State>(std::move(model));
}
Comparer::Comparer(Model model, std::span<const Article> collection, const ComparerOptions& options)
    : Comparer(std::move(model), options) {
    state_->learn(collection, nullptr, options);
}
Comparer::Comparer(Model model, std::span<const Article> collection, const EmbeddingMatrix& vectors,
                   const ComparerOptions& options)
    : Comparer(std::move(model), options) {
    detail::check_vectors(vectors, collection.size());
    state_->learn(collection, &vectors, options);
}
Comparer::Comparer(Model model, std::span<const ArticleFeatures> collection,
                   const ComparerOptions& options)
    : Comparer(std::move(model), options) {
    state_->learn(collection, options);
}
Comparer::~Comparer() = default;
Comparer::Comparer(Comparer&&) noexcept = default;
Comparer& Comparer::operator=(Comparer&&) noexcept = default;

namespace {

/// Those that take part in the term cosine of both.
std::vector<SharedTerm> shared_terms(const Side& a, const TextSide& of_a, const Side& b,
                                     const TextSide& of_b) {
    std::set<std::uint32_t> counted;
    for (const detail::WeightedTerm& term : a.lexical.terms)
        counted.insert(term.key);
    std::vector<SharedTerm> out;
    for (const detail::WeightedTerm& term : b.lexical.terms) {
        // A term without a spelling is of another article, whose identity happens to be the same.
        const auto x = of_a.terms.find(term.key);
        const auto y = of_b.terms.find(term.key);
        if (!counted.contains(term.key) || x == of_a.terms.end() || y == of_b.terms.end())
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

/// What of `own` the other article lacks: the names that count in its terms, and quantities.
OneSided only_in(const Side& own, const TextSide& of_own, const Side& other,
                 const TextSide& of_other) {
    std::set<std::uint32_t> known;
    for (const detail::WeightedTerm& term : other.lexical.terms)
        known.insert(term.key);
    std::vector<std::pair<std::string, float>> names;
    for (const detail::WeightedTerm& term : own.lexical.terms)
        if (const auto spelled = of_own.terms.find(term.key);
            term.is_name() && !known.contains(term.key) && spelled != of_own.terms.end() &&
            spelled->second.second >= least_name_rarity)
            names.push_back(spelled->second);
    std::sort(names.begin(), names.end(), [](const auto& x, const auto& y) {
        return x.second != y.second ? x.second > y.second : x.first < y.first;
    });
    OneSided out;
    for (const auto& [name, rarity] : names)
        if (out.names.size() < most_terms)
            out.names.push_back(name);
    for (const QuantityId& id : of_own.quantity_order) {
        std::vector<std::string>& list =
            id.first == detail::QuantityKind::number ? out.numbers : out.dates;
        if (!of_other.quantities.contains(id) && list.size() < most_terms)
            list.push_back(of_own.quantities.at(id));
    }
    return out;
}

/// Whether the wording is the same, so that what differs is what was filled in.
bool is_one_form(const Side& a, const Side& b) {
    constexpr double least_resemblance = 0.25; // from there on `PairFeature::form` is 1
    return a.lexical.language == b.lexical.language &&
           detail::resemblance(a.lexical.sketch, b.lexical.sketch) >= least_resemblance;
}

} // namespace

Comparison Comparer::compare(const Article& first, const Article& second) const {
    TextSide of_a = state_->read_text(first);
    TextSide of_b = state_->read_text(second);
    const Side a = state_->read(first, of_a.analyzed);
    const Side b = state_->read(second, of_b.analyzed);
    Comparison out = state_->score(a, b);
    if (a.status == EmbeddingStatus::empty_text || b.status == EmbeddingStatus::empty_text)
        return out;
    if (a.lexical.has_vector && b.lexical.has_vector) {
        out.relation = state_->relation_rule.decide(
            out.probability, a.lexical, b.lexical,
            detail::sentence_coverage(
                of_a.sentences, of_b.sentences,
                state_->pair_model.calibration().factor(a.lexical.language, b.lexical.language)));
        out.explanation.passages = detail::aligned_passages(
            of_a.sentences, of_b.sentences, least_passage_similarity, most_passages);
    }
    out.explanation.shared_terms = shared_terms(a, of_a, b, of_b);
    for (const QuantityId& id : of_a.quantity_order)
        if (const auto other = of_b.quantities.find(id); other != of_b.quantities.end())
            (id.first == detail::QuantityKind::number ? out.explanation.shared_numbers
                                                      : out.explanation.shared_dates)
                .push_back({of_a.quantities.at(id), other->second});
    out.explanation.only_first = only_in(a, of_a, b, of_b);
    out.explanation.only_second = only_in(b, of_b, a, of_a);
    if (is_one_form(a, b)) {
        auto& differences = out.explanation.differences;
        differences = detail::text_differences(of_a.analyzed.title, first.title,
                                               of_b.analyzed.title, second.title, most_differences);
        const auto in_body =
            detail::text_differences(of_a.analyzed.body, first.text, of_b.analyzed.body,
                                     second.text, most_differences - differences.size());
        differences.insert(differences.end(), in_body.begin(), in_body.end());
    }
    return out;
}

Comparison Comparer::compare(const ArticleFeatures& first, const ArticleFeatures& second) const {
    return state_->score(state_->read(first), state_->read(second));
}

Comparison Comparer::compare(const ArticleFeatures& article,
                             std::span<const ArticleFeatures> story) const {
    if (story.empty())
        throw Error(Errc::bad_input, "the story has no member; give the features of one at least");
    const Side own = state_->read(article);
    StoryProfile profile(story.front());
    Comparison out;
    std::vector<Contribution>& parts = out.explanation.contributions;
    for (const ArticleFeatures& member : story) {
        if (&member != &story.front())
            profile.merge(StoryProfile(member));
        const Comparison pair = state_->score(own, state_->read(member));
        for (const Contribution& part : pair.explanation.contributions) {
            auto at = std::find_if(parts.begin(), parts.end(),
                                   [&](const Contribution& p) { return p.name == part.name; });
            if (at == parts.end())
                at = parts.insert(at, {part.name, 0, 0});
            at->value += part.value / static_cast<double>(story.size());
            at->log_odds += part.log_odds / static_cast<double>(story.size());
        }
        const auto gap = pair.explanation.time_gap;
        if (gap && (!out.explanation.time_gap || *gap < *out.explanation.time_gap))
            out.explanation.time_gap = gap;
    }
    double log_odds = 0;
    for (const Contribution& part : parts)
        log_odds += part.log_odds;
    out.probability = parts.empty() ? 0 : detail::logistic(log_odds);
    out.similarity = static_cast<float>(StoryProfile(article).similarity(profile));
    out.direction = direction_of(article.published(), profile.first_published());
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
