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
    std::size_t all = 0;
    for (const auto& [of, words] : words_)
        all += words.size();
    // Of other models, the vector of a word may depend on how it was spelled where it came first.
    if (all > most_words || model_.batch_table() == nullptr)
        words_.clear();
    return words_.try_emplace(language, model_, language, word_weight_).first->second;
}

SentenceEmbeddings SentenceVectors::of(const AnalyzedArticle& analyzed, const Article& article) {
    SentenceEmbeddings out;
    out.matrix.dimension = model_.dimension();
    if (analyzed.language < 0)
        return out;
    const std::vector<Token>& title = analyzed.title.tokens;
    const std::vector<Token>& body = analyzed.body.tokens;
    WordVectors& words = words_of(analyzed.language);
    std::vector<std::uint32_t> numbers; // one a token, the title's first
    numbers.reserve(title.size() + body.size());
    for (const Token& token : title)
        numbers.push_back(words.number(token, article.title));
    for (const Token& token : body)
        numbers.push_back(words.number(token, article.text));
    words.look_up();

    std::vector<std::size_t> begins; // of the sentences in `numbers`
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
    begins.push_back(numbers.size());
    out.matrix.rows = out.ranges.size();
    out.matrix.values.resize(out.matrix.rows * model_.dimension());
    for (std::size_t row = 0; row < out.matrix.rows; ++row)
        words.sum(std::span(numbers).subspan(begins[row], begins[row + 1] - begins[row]),
                  out.matrix.row(row));
    return out;
}

} // namespace fabula::detail
