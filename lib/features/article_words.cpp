// SPDX-License-Identifier: Apache-2.0
#include "features/article_words.hpp"

#include "base/kept_buffer.hpp"
#include "features/lexical_features.hpp"
#include "features/names/phonetic_key.hpp"
#include "features/stems.hpp"
#include "model/lookup/subwords.hpp"

namespace fabula::detail {

namespace {

constexpr std::size_t cached_spellings = std::size_t{1} << 14U;
constexpr std::size_t first_words = 8;
constexpr std::size_t last_words = 20;
constexpr std::size_t long_body = 80; ///< words; a shorter one has no edges
constexpr std::size_t shortest_name = 4;

} // namespace

ArticleWords::ArticleWords() : spellings_(cached_spellings) {}

std::span<const ArticleWord> ArticleWords::collect(const AnalyzedArticle& analyzed,
                                                   const ModelData& model) {
    const std::size_t tokens = analyzed.title.tokens.size() + analyzed.body.tokens.size();
    WordNumbers numbers(tokens);
    words_.clear();
    first_.clear();
    add(analyzed.title, false, numbers);
    add(analyzed.body, analyzed.body.tokens.size() >= long_body, numbers);
    for (std::size_t i = 0; i < words_.size(); ++i) {
        ArticleWord& word = words_[i];
        if (word.is_number)
            continue;
        word.rarity = word_rarity(model, analyzed.language, *first_[i]);
        const Spelling& known = spelling(*first_[i]);
        word.key = known.key;
        word.stem = known.stem;
        word.has_key = known.has_key;
        word.is_normalised_key = known.is_normalised_key;
        word.is_long_key = known.is_long_key;
        word.has_capitals = known.has_capitals;
    }
    return words_;
}

void ArticleWords::free_what_is_large() {
    free_if_large(words_);
    free_if_large(first_);
}

void ArticleWords::add(const AnalyzedText& text, bool has_edges, WordNumbers& numbers) {
    const std::size_t size = text.tokens.size();
    for (std::size_t i = 0; i < size; ++i) {
        const Token& token = text.tokens[i];
        const auto [number, is_new] = numbers.of(token.hash);
        if (is_new) {
            ArticleWord made{};
            made.hash = token.hash;
            made.is_number = token.kind == TokenKind::number;
            made.is_ideographic = token.kind == TokenKind::ideographic;
            words_.push_back(made);
            first_.push_back(&token);
        }
        ArticleWord& word = words_[number];
        const bool at_edge = has_edges && (i < first_words || i + last_words >= size);
        ++word.count;
        word.is_capitalised |= token.capitalised;
        word.is_inside |= !at_edge;
        word.is_capital_inside |= token.capitalised && !at_edge;
    }
}

const ArticleWords::Spelling& ArticleWords::spelling(const Token& token) {
    // A free place has the hash 0: a word that has it is looked up each time.
    Spelling& place = spellings_[token.hash % cached_spellings];
    if (place.hash == token.hash && token.hash != 0)
        return place;
    place = {};
    place.hash = token.hash;
    place.stem = stem_key(token.normalised);
    place.has_capitals = has_capitals(token);
    place.is_normalised_key = has_normalised_key(token);
    if (const auto key = term_key(token)) {
        place.has_key = true;
        place.key = *key;
    }
    place.is_long_key = phonetic_key(token.normalised, token.romanised).size() >= shortest_name;
    return place;
}

} // namespace fabula::detail
