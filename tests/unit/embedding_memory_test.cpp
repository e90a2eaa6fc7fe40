// SPDX-License-Identifier: Apache-2.0
#include "base/pool.hpp"
#include "features/lexical_features.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/sanitizer.hpp"

#include <fabula/embedding.hpp>

#include <malloc.h>
#include <string>
#include <utility>

using namespace fabula;
using test::embedder;
using test::plain;

namespace {

/// Bytes that the process has asked for and not given back.
std::size_t bytes_in_use() {
    const struct mallinfo2 info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

/// Of as many distinct words.
Article large(const std::string& sentence, int distinct) {
    Article article = plain("", "en");
    for (int i = 0; article.text.size() < 6'000'000; ++i)
        article.text += sentence + std::to_string(i % distinct) + "w. ";
    return article;
}

} // namespace

TEST_CASE("memory: a large article leaves nothing of its size behind") {
    if (test::sanitized)
        SKIP("the sanitizer has an allocator of its own");
    const Model& model = test::default_model();
    static_cast<void>(model.identifier()); // made once, where a text is not plainly in its language
    detail::Pool<TextAnalyzer> analyzers;
    const auto read = [&](const Article& article) {
        const auto analyzer = analyzers.borrow();
        detail::AnalyzedArticle analyzed =
            detail::analyze_article(article, model, {}, *analyzer, Sentences::find);
        CHECK(detail::extract_lexical_features(analyzed, article, detail::ModelData::of(model))
                  .words > 0);
        CHECK(embedder().embed(article).outcome.words > 0);
    };
    // Words that take ICU to romanise are kept in a cache of its own bounds: few of them.
    const std::pair<std::string, int> kinds[] = {{"Ferry ", 300'000}, {"ประเทศไทย", 3000}};
    for (const auto& [sentence, distinct] : kinds) {
        const Article small = plain(sentence + "The ferry left the harbour on Monday.", "en");
        const Article huge = large(sentence, distinct);
        read(small); // what is made once is made
        const std::size_t before = bytes_in_use();
        read(huge);
        read(small);
        const std::size_t after = bytes_in_use();
        CAPTURE(sentence, before, after);
        CHECK(after < before + 8'000'000);
    }
}
