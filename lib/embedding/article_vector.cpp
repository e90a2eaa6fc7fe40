// SPDX-License-Identifier: Apache-2.0
#include "embedding/article_vector.hpp"

#include "base/portable_math.hpp"
#include "embedding/word_numbers.hpp"
#include "embedding/word_sum.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
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
    WordNumbers numbers(tokens);
    const auto add = [&](const AnalyzedText& text, std::string_view source, double weight) {
        if (!(weight > 0))
            return;
        for (const Token& token : text.tokens) {
            const auto [number, is_new] = numbers.of(token.hash);
            if (is_new) {
                terms.push_back({&token, source, weight, 1});
            } else {
                terms[number].frequency += weight;
                ++terms[number].occurrences;
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
    return frequency > 1 ? 1 + portable_log(frequency) : frequency;
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

} // namespace fabula::detail
