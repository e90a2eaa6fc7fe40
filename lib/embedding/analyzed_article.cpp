// SPDX-License-Identifier: Apache-2.0
#include "embedding/analyzed_article.hpp"

#include "base/parallel.hpp"
#include "embedding/stated_language.hpp"
#include "model/lookup/language_tags.hpp"
#include "model/lookup/model_data.hpp"
#include "text/articles.hpp"
#include "text/code_points.hpp"

#include <fabula/error.hpp>

#include <algorithm>

namespace fabula::detail {

namespace {

/// Drops the words outside `content`; sentences keep their numbers.
void keep_content(AnalyzedText& text, std::span<const ByteRange> content) {
    if (content.empty())
        return;
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

/// The title and as much of the content as identification looks at.
std::string beginning(std::string_view title, std::string_view text,
                      std::span<const ByteRange> content) {
    constexpr std::size_t enough = 8192; // bytes; it reads 1,000 letters
    std::string out(title.substr(0, enough));
    const ByteRange all{0, text.size()};
    for (const ByteRange& range : content.empty() ? std::span(&all, 1) : content) {
        if (out.size() >= enough)
            break;
        out += '\n';
        out += text.substr(range.begin, std::min(range.end - range.begin, enough));
    }
    return out;
}

/// A headline whose language is not certain is read in the likeliest that the model has. What is
/// longer, and of no certain language, is of several.
LanguageGuess identify(const Model& model, const std::string& text) {
    constexpr std::size_t longest_headline = 400; // bytes
    const LanguageIdentifier& identifier = model.identifier();
    if (text.size() > longest_headline)
        return identifier.identify(text);
    return identifier.identify(
        text, [&](std::string_view tag) { return ModelData::of(model).language_index(tag) >= 0; });
}

/// The language of the content; of all the text where little is left that tells, as of routine
/// news whose sentences recur.
LanguageGuess identify(const Model& model, std::string_view title, std::string_view text,
                       std::span<const ByteRange> content) {
    const LanguageGuess guess = identify(model, beginning(title, text, content));
    if (guess.is_reliable || content.empty())
        return guess;
    const LanguageGuess of_all = identify(model, beginning(title, text, {}));
    return of_all.is_reliable ? of_all : guess;
}

/// Whether the words that every text of a language has (the, and, of) are a fourth of the first
/// hundred. So the identifier is asked where they are not: it costs more than the vector.
bool is_plausible(const Model& model, const std::string& stated, const AnalyzedArticle& article) {
    constexpr std::size_t looked_at_words = 100;
    constexpr std::size_t least_words = 8;
    constexpr float least_probability = 0.0015F;
    constexpr double least_share = 0.25;
    const ModelData& data = ModelData::of(model);
    const int language = data.language_index(stated);
    if (language < 0)
        return false;
    std::size_t words = 0;
    std::size_t ordinary = 0;
    for (const AnalyzedText* text : {&article.title, &article.body})
        for (const Token& token : text->tokens) {
            if (words == looked_at_words)
                break;
            if (token.kind != TokenKind::word)
                continue;
            ++words;
            ordinary += data.word_probability(language, token.hash) > least_probability ? 1 : 0;
        }
    return words >= least_words &&
           static_cast<double>(ordinary) >= least_share * static_cast<double>(words);
}

} // namespace

std::string_view surface_of(const Token& token, std::string_view text) {
    return text.substr(token.range.begin, token.range.end - token.range.begin);
}

void prepare_analysis(const Model& model, bool need_language, unsigned threads) {
    if (!need_language)
        return; // the letters alone are made in time, and so is the identifier where one is asked
    for_each_task(2, threads, [&](std::size_t task) {
        try {
            if (task == 0)
                static_cast<void>(CodePointTable::shared()[U'\u00E9']);
            else
                static_cast<void>(model.identifier());
        } catch (const Error&) { // see the header
        }
    });
}

AnalyzedArticle analyze_article(const Article& article, const Model& model,
                                const BoilerplateFilter& boilerplate, TextAnalyzer& analyzer,
                                Sentences sentences) {
    AnalyzedArticle out;
    // Prefixes, so that ranges in them are ranges in the whole.
    const std::string_view title = looked_at(boilerplate.title(article.title, article.source));
    const std::string_view text = looked_at(article.text);
    out.title = analyzer.analyze(title, Sentences::skip);
    out.body = analyzer.analyze(text, sentences);
    out.content = boilerplate.content(article);
    if (out.content.size() == 1 && out.content.front() == ByteRange{0, text.size()})
        out.content.clear();
    keep_content(out.body, out.content);

    if (!has_word(out.title) && !has_word(out.body)) {
        out.outcome.status = EmbeddingStatus::empty_text;
        const bool is_stated = !says_no_language(article.language);
        out.outcome.language = is_stated ? article.language : "und";
        out.outcome.language_probability = is_stated ? 1.0F : 0.0F;
        return out;
    }
    if (says_no_language(article.language)) {
        const LanguageGuess guess = identify(model, title, text, out.content);
        out.outcome.language = guess.language;
        out.outcome.language_probability = guess.probability;
    } else if (const auto other = is_plausible(model, article.language, out)
                                      ? std::nullopt
                                      : contradiction(model, article.language,
                                                      beginning(title, text, out.content))) {
        out.outcome.language = other->language;
        out.outcome.language_probability = other->probability;
    } else {
        out.outcome.language = article.language;
        out.outcome.language_probability = 1.0F;
    }
    out.language = ModelData::of(model).language_index(out.outcome.language);
    if (out.language < 0)
        out.outcome.status = EmbeddingStatus::unsupported_language;
    return out;
}

AnalyzedArticle analyze_again(const Article& article, const EmbeddingOutcome& outcome,
                              std::span<const ByteRange> content, const Model& model,
                              const BoilerplateFilter& boilerplate, TextAnalyzer& analyzer,
                              Sentences sentences) {
    AnalyzedArticle out;
    out.title = analyzer.analyze(looked_at(boilerplate.title(article.title, article.source)),
                                 Sentences::skip);
    out.body = analyzer.analyze(looked_at(article.text), sentences);
    out.content.assign(content.begin(), content.end());
    keep_content(out.body, out.content);
    out.outcome = outcome;
    if (outcome.status != EmbeddingStatus::empty_text)
        out.language = ModelData::of(model).language_index(outcome.language);
    return out;
}

} // namespace fabula::detail
