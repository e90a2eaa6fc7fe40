// SPDX-License-Identifier: Apache-2.0
#include "pipeline/canonical_order.hpp"
#include "scoring/collection.hpp"
#include "scoring/pair_model.hpp"
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

TEST_CASE("a collection in scratch memory is the same, though all of it is evicted") {
    const std::vector<Article> articles = test::example_articles();
    const Model& model = test::default_model();
    const detail::PairModel pair_model(detail::ModelData::of(model));
    const std::vector<std::size_t> order = detail::canonical_order(articles);
    const detail::BoilerplateFilter boilerplate;
    detail::Pool<TextAnalyzer> analyzers;
    const auto find = [&](detail::Collection& collection) {
        return detail::find_candidates(collection, pair_model.calibration(),
                                       pair_model.min_cosine(), 512, std::chrono::seconds{0},
                                       detail::never_an_index, 2);
    };
    detail::Collection in_memory =
        detail::read_collection(articles, order, model, boilerplate, analyzers, 2);
    const std::vector<float> vectors = in_memory.vectors.values;
    const detail::Candidates expected = find(in_memory);

    const test::TempFolder folder;
    detail::ScratchMemory memory(folder.path(), 0);
    detail::Collection kept =
        detail::read_collection(articles, order, model, boilerplate, analyzers, 2, {}, &memory);
    const detail::Candidates found = find(kept);
    CHECK(found.pairs == expected.pairs);
    CHECK(found.representatives == expected.representatives);
    CHECK(kept.hubness == in_memory.hubness);
    CHECK(kept.document_weights == in_memory.document_weights);
    CHECK(kept.vectors.values.empty());
    kept.restore_vectors();
    CHECK(kept.vectors.values == vectors);
    memory.evict();
    for (std::size_t i = 0; i < articles.size(); ++i) {
        CHECK(kept.lexical[i].terms.get_allocator().resource() == &memory);
        CHECK(kept.lexical[i].sketch == in_memory.lexical[i].sketch);
        CHECK(kept.lexical[i].names == in_memory.lexical[i].names);
        CHECK(detail::term_cosine(kept.lexical[i], in_memory.lexical[i]) ==
              detail::term_cosine(in_memory.lexical[i], in_memory.lexical[i]));
    }
}

TEST_CASE("a near-duplicate stands in its collection where its representative stands") {
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
    detail::Collection collection =
        detail::read_collection(articles, order, model, {}, analyzers, 1);
    const detail::Candidates candidates =
        detail::find_candidates(collection, pair_model.calibration(), pair_model.min_cosine(), 512,
                                std::chrono::seconds{0}, detail::never_an_index, 1);
    std::size_t crowded = 0;
    std::size_t told_by_others = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::uint32_t representative = candidates.representatives[i];
        if (articles[order[i]].id.ends_with("-copy"))
            CHECK(representative != i);
        if (representative == i)
            continue;
        INFO(articles[order[i]].id);
        crowded += collection.hubness[representative] > 0 ? 1 : 0;
        told_by_others += collection.document_weights[representative] < 1 ? 1 : 0;
        CHECK(collection.hubness[i] == collection.hubness[representative]);
        CHECK(collection.document_weights[i] == collection.document_weights[representative]);
        if (articles[order[i]].text != articles[order[representative]].text)
            continue;
        CHECK(collection.distributions[i].mean == collection.distributions[representative].mean);
        CHECK(collection.distributions[i].deviation ==
              collection.distributions[representative].deviation);
        CHECK(collection.lexical[i].terms_norm == collection.lexical[representative].terms_norm);
    }
    CHECK(crowded > 10);
    CHECK(told_by_others > 10);
}
