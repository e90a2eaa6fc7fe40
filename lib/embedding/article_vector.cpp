// SPDX-License-Identifier: Apache-2.0
#include "embedding/article_vector.hpp"

#include "embedding/word_sum.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

namespace fabula::detail {

namespace {

/// A word of an article and how often it occurs there, the title's occurrences as often as they
/// count.
struct Term {
    const Token* token{};
    std::string_view source;
    double frequency{};
    std::size_t occurrences{};
};

/// The distinct words of the article in the order of their first occurrence.
std::vector<Term> count_terms(const AnalyzedArticle& analyzed, const Article& article,
                              double title_weight) {
    const std::size_t tokens = analyzed.title.tokens.size() + analyzed.body.tokens.size();
    std::vector<Term> terms;
    terms.reserve(tokens);
    // Open addressing: numbers of terms, counted from 1, at their hash or the next free place.
    std::vector<std::uint32_t> places(std::bit_ceil(2 * tokens + 1));
    const std::size_t mask = places.size() - 1;
    const auto add = [&](const AnalyzedText& text, std::string_view source, double weight) {
        if (!(weight > 0))
            return;
        for (const Token& token : text.tokens) {
            std::size_t place = token.hash & mask;
            while (places[place] != 0 && terms[places[place] - 1].token->hash != token.hash)
                place = (place + 1) & mask;
            if (places[place] == 0) {
                terms.push_back({&token, source, weight, 1});
                places[place] = static_cast<std::uint32_t>(terms.size());
            } else {
                Term& term = terms[places[place] - 1];
                term.frequency += weight;
                ++term.occurrences;
            }
        }
    };
    add(analyzed.title, article.title, title_weight);
    add(analyzed.body, article.text, 1.0);
    return terms;
}

/// Sublinear term frequency (Manning, Raghavan, Schütze, "Introduction to Information Retrieval",
/// 2008, 6.4.1).
double sublinear(double frequency) {
    return frequency > 1 ? 1 + std::log(frequency) : frequency;
}

} // namespace

void article_vector(AnalyzedArticle& analyzed, const Article& article, const ModelData& model,
                    const EmbedOptions& options, std::span<float> out) {
    std::fill(out.begin(), out.end(), 0.0F);
    analyzed.outcome.words = 0;
    if (analyzed.outcome.status != EmbeddingStatus::ok)
        return;
    WordSum sum(model, analyzed.language, options.word_weight, out);
    for (const Term& term : count_terms(analyzed, article, options.title_weight))
        sum.add(*term.token, term.source, sublinear(term.frequency), term.occurrences);
    analyzed.outcome.words = sum.finish();
    if (analyzed.outcome.words == 0)
        analyzed.outcome.status = EmbeddingStatus::no_known_words;
}

SentenceEmbeddings sentence_vectors(const AnalyzedArticle& analyzed, const Article& article,
                                    const ModelData& model, const EmbedOptions& options) {
    SentenceEmbeddings out;
    out.matrix.dimension = model.dimension();
    if (analyzed.language < 0)
        return out;
    const auto add_row = [&](std::span<const Token> tokens, std::string_view source,
                             ByteRange range) {
        out.matrix.values.resize(out.matrix.values.size() + model.dimension());
        const std::span<float> row(out.matrix.values.data() + out.matrix.rows * model.dimension(),
                                   model.dimension());
        ++out.matrix.rows;
        out.ranges.push_back(range);
        WordSum sum(model, analyzed.language, options.word_weight, row);
        for (const Token& token : tokens)
            sum.add(token, source, 1.0);
        sum.finish();
    };
    if (!analyzed.title.tokens.empty()) {
        out.has_title = true;
        add_row(
            analyzed.title.tokens, article.title,
            {analyzed.title.tokens.front().range.begin, analyzed.title.tokens.back().range.end});
    }
    const std::vector<Token>& tokens = analyzed.body.tokens;
    for (std::size_t begin = 0; begin < tokens.size();) {
        std::size_t end = begin;
        while (end < tokens.size() && tokens[end].sentence == tokens[begin].sentence)
            ++end;
        add_row({tokens.data() + begin, end - begin}, article.text,
                {tokens[begin].range.begin, tokens[end - 1].range.end});
        begin = end;
    }
    return out;
}

} // namespace fabula::detail
