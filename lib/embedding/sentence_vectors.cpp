// SPDX-License-Identifier: Apache-2.0
#include "embedding/sentence_vectors.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fabula::detail {

namespace {

constexpr std::size_t most_words = 16'384;

} // namespace

WordVectors& SentenceVectors::words_of(int language) {
    // Of other models, the vector of a word may depend on how it was spelled where it came first.
    if (model_.batch_table() == nullptr)
        words_.clear();
    return words_.try_emplace(language, model_, language, word_weight_).first->second;
}

void SentenceVectors::forget_many() {
    std::size_t all = 0;
    for (const auto& [language, words] : words_)
        all += words.size();
    if (all > most_words)
        words_.clear();
}

SentenceEmbeddings SentenceVectors::of(const AnalyzedArticle& analyzed, const Article& article,
                                       std::size_t most) {
    SentenceEmbeddings out;
    out.matrix.dimension = model_.dimension();
    if (analyzed.language < 0)
        return out;
    const std::vector<Token>& title = analyzed.title.tokens;
    const std::vector<Token>& body = analyzed.body.tokens;
    std::vector<std::size_t> begins; // of the sentences among the tokens, the title's first
    if (!title.empty()) {
        out.has_title = true;
        begins.push_back(0);
        out.ranges.push_back({title.front().range.begin, title.back().range.end});
    }
    std::size_t end = 0; // of the tokens of the body that are looked at
    for (std::size_t sentences = 0; end < body.size() && sentences < most; ++sentences) {
        const std::size_t begin = end;
        while (end < body.size() && body[end].sentence == body[begin].sentence)
            ++end;
        begins.push_back(title.size() + begin);
        out.ranges.push_back({body[begin].range.begin, body[end - 1].range.end});
    }
    begins.push_back(title.size() + end);

    WordVectors& words = words_of(analyzed.language);
    std::vector<std::uint32_t> numbers; // one a token
    numbers.reserve(begins.back());
    for (const Token& token : title)
        numbers.push_back(words.number(token, article.title));
    for (const Token& token : std::span(body).first(end))
        numbers.push_back(words.number(token, article.text));
    words.look_up();
    out.matrix.rows = out.ranges.size();
    out.matrix.values.resize(out.matrix.rows * model_.dimension());
    for (std::size_t row = 0; row < out.matrix.rows; ++row)
        words.sum(std::span(numbers).subspan(begins[row], begins[row + 1] - begins[row]),
                  out.matrix.row(row));
    forget_many();
    return out;
}

} // namespace fabula::detail
