// SPDX-License-Identifier: Apache-2.0
#include "neighbours/candidate_search.hpp"
#include "pipeline/canonical_order.hpp"
#include "scoring/pair_model.hpp"
#include "scoring/weighted_corpus.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <chrono>
#include <vector>

using namespace fabula;

TEST_CASE("canonical order: by time, undated first, then by id, whatever the order of the input") {
    const auto at = [](std::string id, int hour) {
        Article article = test::plain("text");
        article.id = std::move(id);
        if (hour >= 0)
            article.published = std::chrono::sys_seconds{std::chrono::hours{hour}};
        return article;
    };
    const std::vector<Article> articles{at("b", 2), at("a", 3), at("z", -1), at("a", 2),
                                        at("c", -1)};
    CHECK(detail::canonical_order(articles) == std::vector<std::size_t>{4, 2, 3, 0, 1});
}

namespace {

detail::CandidateLimits limits_of(const detail::PairModel& model) {
    detail::CandidateLimits limits;
    limits.min_cosine = model.min_cosine();
    limits.exact_below = detail::never_an_index;
    return limits;
}

} // namespace

TEST_CASE("a corpus in scratch memory is the same, though all of it is evicted") {
    const std::vector<Article> articles = test::example_articles();
    const Model& model = test::default_model();
    const detail::PairModel pair_model(detail::ModelData::of(model));
    const std::vector<std::size_t> order = detail::canonical_order(articles);
    const detail::BoilerplateFilter boilerplate;
    detail::Pool<TextAnalyzer> analyzers;
    detail::Corpus in_memory =
        detail::read_corpus(articles, order, model, boilerplate, analyzers, 2);
    const std::vector<float> vectors = in_memory.vectors.values;
    const detail::Prepared expected = detail::prepare(
        std::move(in_memory), pair_model.calibration(), limits_of(pair_model), 2, nullptr);

    const test::TempFolder folder;
    detail::ScratchMemory memory(folder.path(), 0);
    detail::Prepared found = detail::prepare(
        detail::read_corpus(articles, order, model, boilerplate, analyzers, 2, {}, &memory),
        pair_model.calibration(), limits_of(pair_model), 2, nullptr);
    CHECK(found.candidates == expected.candidates);
    CHECK(found.groups.representatives == expected.groups.representatives);
    CHECK(found.corpus.statistics.document_weights == expected.corpus.statistics.document_weights);
    detail::Corpus& kept = found.corpus.corpus;
    CHECK(kept.vectors.values.empty());
    kept.restore_vectors();
    CHECK(kept.vectors.values == vectors);
    memory.evict();
    for (std::size_t i = 0; i < articles.size(); ++i) {
        const detail::LexicalFeatures& same = expected.corpus.corpus.lexical[i];
        CHECK(kept.lexical[i].terms.get_allocator().resource() == &memory);
        CHECK(kept.lexical[i].sketch == same.sketch);
        CHECK(kept.lexical[i].names == same.names);
        CHECK(detail::term_cosine(kept.lexical[i], same) == detail::term_cosine(same, same));
    }
}

TEST_CASE("a near-duplicate stands in its corpus where its representative stands") {
    std::vector<Article> articles = test::example_articles();
    const std::size_t count = articles.size();
    for (std::size_t i = 0; i < count; i += 3) {
        articles.push_back(articles[i]);
        articles.back().id += "-copy";
    }
    const Model& model = test::default_model();
    const detail::PairModel pair_model(detail::ModelData::of(model));
    const std::vector<std::size_t> order = detail::canonical_order(articles);
    detail::Pool<TextAnalyzer> analyzers;
    const detail::Prepared prepared =
        detail::prepare(detail::read_corpus(articles, order, model, {}, analyzers, 1),
                        pair_model.calibration(), limits_of(pair_model), 1, nullptr);
    const detail::WeightedCorpus& corpus = prepared.corpus;
    std::size_t of_large_stories = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::uint32_t representative = prepared.groups.representatives[i];
        if (articles[order[i]].id.ends_with("-copy"))
            CHECK(representative != i);
        if (representative == i)
            continue;
        INFO(articles[order[i]].id);
        of_large_stories += corpus.statistics.document_weights[representative] < 1 ? 1 : 0;
        CHECK(corpus.statistics.document_weights[i] ==
              corpus.statistics.document_weights[representative]);
        if (articles[order[i]].text != articles[order[representative]].text)
            continue;
        const auto& distributions = corpus.statistics.distributions;
        CHECK(distributions[i].mean == distributions[representative].mean);
        CHECK(distributions[i].deviation == distributions[representative].deviation);
        CHECK(corpus.corpus.lexical[i].terms_norm ==
              corpus.corpus.lexical[representative].terms_norm);
    }
    CHECK(of_large_stories > 10);
}
