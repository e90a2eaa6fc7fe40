// SPDX-License-Identifier: Apache-2.0
#include "similarity/canonical_order.hpp"
#include "similarity/collection.hpp"
#include "similarity/pair_model.hpp"
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
