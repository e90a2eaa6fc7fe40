// SPDX-License-Identifier: Apache-2.0
#include "embedding/article_vector.hpp"

#include "embedding/word_sum.hpp"
#include "embedding/word_vectors.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
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

/// Numbers distinct words from 0 in the order of their first occurrence.
class WordNumbers {
public:
    explicit WordNumbers(std::size_t most_words)
        : places_(std::bit_ceil(2 * most_words + 1)), mask_(places_.size() - 1) {
        hashes_.reserve(most_words);
    }

    /// The word's number, and whether it is new.
    std::pair<std::uint32_t, bool> of(std::uint64_t hash) {
        std::size_t place = hash & mask_;
        while (places_[place] != 0 && hashes_[places_[place] - 1] != hash)
            place = (place + 1) & mask_;
        const bool is_new = places_[place] == 0;
        if (is_new) {
            hashes_.push_back(hash);
            places_[place] = static_cast<std::uint32_t>(hashes_.size());
        }
        return {places_[place] - 1, is_new};
    }

private:
    std::vector<std::uint64_t> hashes_;
    /// Open addressing: numbers of words, counted from 1, at their hash or the next free place.
    std::vector<std::uint32_t> places_;
    std::size_t mask_;
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
    const std::vector<Token>& title = analyzed.title.tokens;
    const std::vector<Token>& body = analyzed.body.tokens;
    WordNumbers numbers(title.size() + body.size());
    WordVectors words(model, analyzed.language, options.word_weight);
    std::vector<std::uint32_t> number; // one a token, the title's first
    number.reserve(title.size() + body.size());
    const auto add_words = [&](std::span<const Token> tokens, std::string_view source) {
        for (const Token& token : tokens) {
            const auto [word, is_new] = numbers.of(token.hash);
            if (is_new)
                words.add(token, source);
            number.push_back(word);
        }
    };
    add_words(title, article.title);
    add_words(body, article.text);
    words.look_up();

    std::vector<std::size_t> begins; // of the sentences in `number`
    if (!title.empty()) {
        out.has_title = true;
        begins.push_back(0);
        out.ranges.push_back({title.front().range.begin, title.back().range.end});
    }
    for (std::size_t begin = 0; begin < body.size();) {
        std::size_t end = begin;
        while (end < body.size() && body[end].sentence == body[begin].sentence)
            ++end;
        begins.push_back(title.size() + begin);
        out.ranges.push_back({body[begin].range.begin, body[end - 1].range.end});
        begin = end;
    }
    begins.push_back(number.size());
    out.matrix.rows = out.ranges.size();
    out.matrix.values.resize(out.matrix.rows * model.dimension());
    for (std::size_t row = 0; row < out.matrix.rows; ++row)
        words.sum(std::span(number).subspan(begins[row], begins[row + 1] - begins[row]),
                  out.matrix.row(row));
    return out;
}

} // namespace fabula::detail
