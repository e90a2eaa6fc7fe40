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

TEST_CASE("a collection in scratch memory is the same, though all of it is let go") {
    const std::vector<Article> articles = test::example_articles();
    const Model& model = test::default_model();
    const detail::PairModel pair_model(detail::ModelData::of(model));
    const std::vector<std::size_t> order = detail::canonical_order(articles);
    const detail::FurnitureFilter furniture;
    detail::Pool<TextAnalyzer> analyzers;
    const auto find = [&](detail::Collection& collection) {
        return detail::find_candidates(collection, pair_model.scale(), pair_model.min_cosine(), 512,
                                       std::chrono::seconds{0}, detail::never_an_index, 2);
    };
    detail::Collection in_memory =
        detail::read_collection(articles, order, model, furniture, analyzers, 2);
    const std::vector<float> vectors = in_memory.vectors.values;
    const detail::Candidates expected = find(in_memory);

    const test::TempFolder folder;
    detail::ScratchMemory memory(folder.path(), 0);
    detail::Collection kept =
        detail::read_collection(articles, order, model, furniture, analyzers, 2, {}, &memory);
    const detail::Candidates found = find(kept);
    CHECK(found.pairs == expected.pairs);
    CHECK(found.leaders == expected.leaders);
    CHECK(kept.crowding == in_memory.crowding);
    CHECK(kept.shares == in_memory.shares);
    CHECK(kept.vectors.values.empty());
    kept.fetch_vectors();
    CHECK(kept.vectors.values == vectors);
    memory.let_go();
    for (std::size_t i = 0; i < articles.size(); ++i) {
        CHECK(kept.evidence[i].terms.get_allocator().resource() == &memory);
        CHECK(kept.evidence[i].fingerprint == in_memory.evidence[i].fingerprint);
        CHECK(kept.evidence[i].names == in_memory.evidence[i].names);
        CHECK(detail::term_cosine(kept.evidence[i], in_memory.evidence[i]) ==
              detail::term_cosine(in_memory.evidence[i], in_memory.evidence[i]));
    }
}

TEST_CASE("a copy stands in its collection where its leader stands") {
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
        detail::find_candidates(collection, pair_model.scale(), pair_model.min_cosine(), 512,
                                std::chrono::seconds{0}, detail::never_an_index, 1);
    std::size_t crowded = 0;
    std::size_t told_by_others = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::uint32_t leader = candidates.leaders[i];
        if (articles[order[i]].id.ends_with("-copy"))
            CHECK(leader != i);
        if (leader == i)
            continue;
        INFO(articles[order[i]].id);
        crowded += collection.crowding[leader] > 0 ? 1 : 0;
        told_by_others += collection.shares[leader] < 1 ? 1 : 0;
        CHECK(collection.crowding[i] == collection.crowding[leader]);
        CHECK(collection.shares[i] == collection.shares[leader]);
        if (articles[order[i]].text != articles[order[leader]].text)
            continue;
        CHECK(collection.spreads[i].mean == collection.spreads[leader].mean);
        CHECK(collection.spreads[i].deviation == collection.spreads[leader].deviation);
        CHECK(collection.evidence[i].terms_norm == collection.evidence[leader].terms_norm);
    }
    CHECK(crowded > 10);
    CHECK(told_by_others > 10);
}
