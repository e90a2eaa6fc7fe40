// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.hpp"
#include "support/articles.hpp"

#include <fabula/text.hpp>

#include <cmath>
#include <string_view>

/// Any bytes as a text: words in their order, and a vector that is one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using fabula::test::require;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    static fabula::TextAnalyzer analyzer;
    const fabula::AnalyzedText analyzed = analyzer.analyze(text);
    std::size_t end = 0;
    for (const fabula::Token& token : analyzed.tokens) {
        require(!token.normalised.empty());
        require(token.range.begin >= end && token.range.end > token.range.begin);
        end = token.range.end;
        require(end <= size);
        require(token.sentence < analyzed.sentences.size());
        const fabula::ByteRange sentence = analyzed.sentences[token.sentence];
        require(sentence.begin <= token.range.begin && end <= sentence.end);
    }
    fabula::Article article;
    article.text = text;
    const fabula::Embedding embedding = fabula::test::embedder().embed(article);
    const double length = fabula::test::length(embedding.vector);
    require(embedding.outcome.status == fabula::EmbeddingStatus::ok ? std::abs(length - 1) < 1e-3
                                                                    : length == 0);
    return 0;
}
