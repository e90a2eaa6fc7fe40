// SPDX-License-Identifier: Apache-2.0
#include "relations.hpp"

#include "base/parallel.hpp"
#include "embedding/sentence_vectors.hpp"
#include "features/lexical_features.hpp"
#include "labelled_articles.hpp"
#include "near_duplicates/near_duplicates.hpp"
#include "neighbours/candidate_search.hpp"
#include "pipeline/canonical_order.hpp"
#include "scoring/lexical_fallback.hpp"
#include "scoring/pair_model.hpp"
#include "scoring/sentence_coverage.hpp"
#include "scoring/weighted_corpus.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>
#include <fabula/neighbours.hpp>

#include <algorithm>
#include <map>
#include <regex>
#include <span>
#include <utility>

namespace fabula::training {

namespace {

std::vector<Report> read_labels(const ArticleSet& set, std::span<const std::string> languages,
                                std::span<const std::size_t> order, const std::string& original,
                                const std::filesystem::path& file) {
    const std::regex pattern(original);
    std::vector<std::string> stories;
    std::vector<std::string> originals;
    std::vector<Report> out(set.articles.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (set.gold_stories[order[i]].empty())
            throw Error(Errc::bad_input, file.string() + ": an article without a story");
        out[i].id = set.articles[order[i]].id;
        out[i].language = languages[order[i]];
        stories.push_back(set.gold_stories[order[i]]);
        std::smatch match;
        std::string text = out[i].id;
        if (!original.empty() && std::regex_search(out[i].id, match, pattern))
            text = match[match.size() > 1 ? 1 : 0];
        originals.push_back(text);
    }
    const std::vector<std::uint32_t> story_numbers = numbered(stories);
    const std::vector<std::uint32_t> original_numbers = numbered(originals);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].story = story_numbers[i];
        out[i].original = original_numbers[i];
    }
    return out;
}

} // namespace

PairKind kind_of(const Report& first, const Report& second) {
    return {first.story == second.story,
            first.story == second.story && first.original == second.original,
            first.language == second.language};
}

bool is_right(const PairKind& kind, Relation relation) {
    if (!kind.same_story)
        return relation == Relation::unrelated;
    if (!kind.same_original)
        return relation == Relation::same_story;
    if (!kind.same_language)
        return relation == Relation::translation;
    return relation == Relation::rewrite || relation == Relation::duplicate;
}

ScoredSet score_relations(const std::filesystem::path& file, const Model& model,
                          const std::string& original) {
    ArticleSet set = read_labelled(file);
    ScoredSet out;
    std::vector<std::string> languages;
    for (Article& article : set.articles)
        languages.push_back(std::exchange(article.language, {}));
    const std::size_t n = set.articles.size();
    const detail::BoilerplateFilter boilerplate = detail::BoilerplateFilter::learn(set.articles);
    const std::vector<std::size_t> order = detail::canonical_order(set.articles);
    detail::Pool<TextAnalyzer> analyzers;
    detail::Corpus corpus =
        detail::read_corpus(set.articles, order, model, boilerplate, analyzers, 0);
    const detail::PairModel pair_model(detail::ModelData::of(model));
    detail::CandidateLimits limits;
    limits.min_cosine = pair_model.min_cosine();
    const auto ordinary = detail::ordinary_of(detail::ModelData::of(model));
    const detail::Prepared prepared = detail::prepare(std::move(corpus), pair_model.calibration(),
                                                      limits, 0, ordinary ? &*ordinary : nullptr);
    const detail::WeightedCorpus& known = prepared.corpus;
    std::vector<SentenceEmbeddings> sentences(n);
    constexpr std::size_t per_task = 64;
    detail::for_each_range(n, per_task, 0, [&](detail::ItemRange range) {
        const auto analyzer = analyzers.borrow();
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const Article& article = set.articles[order[i]];
            sentences[i] = detail::SentenceVectors(detail::ModelData::of(model))
                               .of(detail::analyze_article(article, model, boilerplate, *analyzer,
                                                           Sentences::find),
                                   article);
        }
    });
    out.reports = read_labels(set, languages, order, original, file);
    for (std::size_t i = 0; i < n; ++i)
        out.reports[i].identified = known.corpus.outcomes[i].language;

    for (std::uint32_t i = 0; i < n; ++i)
        for (std::uint32_t j = i + 1; j < n; ++j)
            if (out.reports[i].story == out.reports[j].story)
                out.pairs.push_back({i, j, 0, 0, 0, 0, Relation::unrelated});
    for (const detail::CandidatePair& pair : prepared.candidates)
        if (out.reports[pair.first].story != out.reports[pair.second].story)
            out.pairs.push_back({pair.first, pair.second, 0, 0, 0, 0, Relation::unrelated});

    const detail::RelationRule rule(detail::ModelData::of(model));
    detail::for_each_range(out.pairs.size(), per_task, 0, [&](detail::ItemRange range) {
        for (std::size_t i = range.begin; i < range.end; ++i) {
            ScoredPair& pair = out.pairs[i];
            const detail::LexicalFeatures& a = known.corpus.lexical[pair.first];
            const detail::LexicalFeatures& b = known.corpus.lexical[pair.second];
            pair.terms = static_cast<double>(detail::term_cosine(a, b));
            if (!a.has_vector || !b.has_vector) {
                const auto names = detail::measure_lexical_fallback(a, b);
                pair.probability = detail::logistic(detail::log_odds(names));
                pair.relation = detail::relation(names);
                continue;
            }
            pair.probability = known.probability(pair_model, pair.first, pair.second);
            const bool same_story = out.reports[pair.first].story == out.reports[pair.second].story;
            if (!same_story && pair.probability < 0.5)
                continue; // unrelated, unless copied word for word, which two stories are not
            const detail::Coverage coverage =
                detail::sentence_coverage(sentences[pair.first], sentences[pair.second],
                                          pair_model.calibration().factor(a.language, b.language));
            pair.first_aligned = coverage.first_aligned;
            pair.second_aligned = coverage.second_aligned;
            pair.relation = rule.decide(pair.probability, a, b, coverage);
        }
    });
    return out;
}

} // namespace fabula::training
