// SPDX-License-Identifier: Apache-2.0
#include "embedding/analyzed_article.hpp"

#include "model/model_data.hpp"

#include <algorithm>

namespace fabula::detail {

namespace {

/// Drops the words outside `content`; sentences keep their numbers.
void keep_content(AnalyzedText& text, const std::vector<ByteRange>& content) {
    std::size_t range = 0;
    std::erase_if(text.tokens, [&](const Token& token) {
        while (range < content.size() && content[range].end <= token.range.begin)
            ++range;
        return range == content.size() || token.range.begin < content[range].begin;
    });
}

bool has_word(const AnalyzedText& text) {
    return std::any_of(text.tokens.begin(), text.tokens.end(),
                       [](const Token& token) { return token.kind != TokenKind::number; });
}

/// The article's own tag, or the likeliest language of its words.
void find_language(const Article& article, const std::string& content, const Model& model,
                   AnalyzedArticle& out) {
    if (!article.language.empty()) {
        out.outcome.language = article.language;
        out.outcome.language_probability = 1.0F;
    } else {
        const LanguageGuess guess = model.identifier().identify(content);
        out.outcome.language = guess.language;
        out.outcome.language_probability = guess.probability;
    }
    out.language = model.data().language_index(out.outcome.language);
}

} // namespace

std::string_view surface_of(const Token& token, std::string_view text) {
    return text.substr(token.range.begin, token.range.end - token.range.begin);
}

AnalyzedArticle analyze_article(const Article& article, const Model& model,
                                const FurnitureFilter& furniture, TextAnalyzer& analyzer,
                                Sentences sentences) {
    AnalyzedArticle out;
    const std::string_view title = furniture.title(article.title, article.source);
    out.title = analyzer.analyze(title, Sentences::skip);
    // The title without its suffix is a view into the title: shift the ranges to the whole.
    const auto shift = static_cast<std::size_t>(title.data() - article.title.data());
    if (!title.empty() && shift != 0) {
        for (Token& token : out.title.tokens) {
            token.range.begin += shift;
            token.range.end += shift;
        }
        for (ByteRange& sentence : out.title.sentences) {
            sentence.begin += shift;
            sentence.end += shift;
        }
    }
    out.body = analyzer.analyze(article.text, sentences);
    const std::vector<ByteRange> content = furniture.content(article.text, article.source);
    keep_content(out.body, content);

    if (!has_word(out.title) && !has_word(out.body)) {
        out.outcome.status = EmbeddingStatus::empty_text;
        out.outcome.language = article.language.empty() ? "und" : article.language;
        return out;
    }
    std::string words(title);
    for (const ByteRange& range : content) {
        words += '\n';
        words += std::string_view(article.text).substr(range.begin, range.end - range.begin);
        if (words.size() > 8192) // more than identification looks at
            break;
    }
    find_language(article, words, model, out);
    if (out.language < 0)
        out.outcome.status = EmbeddingStatus::unsupported_language;
    return out;
}

} // namespace fabula::detail
