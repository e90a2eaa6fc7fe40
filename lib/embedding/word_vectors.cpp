// SPDX-License-Identifier: Apache-2.0
#include "embedding/word_vectors.hpp"

#include "embedding/analyzed_article.hpp"
#include "embedding/word_sum.hpp"

#include <algorithm>

namespace fabula::detail {

WordVectors::WordVectors(const ModelData& model, int language, double a)
    : model_(model), language_(language), a_(a) {}

std::uint32_t WordVectors::number(const Token& token, std::string_view source) {
    const auto [number, is_new] = numbers_.of(token.hash);
    if (is_new)
        new_words_.push_back(weighted_word(token, source));
    return number;
}

void WordVectors::look_up() {
    std::vector<std::uint64_t> hashes;
    hashes.reserve(new_words_.size());
    for (WeightedWord& word : new_words_) {
        word.weight = 1;
        hashes.push_back(word.hash);
    }
    std::vector<float> probabilities(new_words_.size());
    model_.word_probabilities(language_, hashes, probabilities);

    const std::size_t dimension = model_.dimension();
    const std::size_t known_values = values_.size();
    values_.resize(known_values + new_words_.size() * dimension);
    float* const values = values_.data() + known_values;
    if (const WordTable* const table = model_.batch_table()) {
        const auto remembered = model_.unknown_words().borrow();
        WordBatch batch(*table, *remembered);
        const std::span<WeightedWord> words(new_words_);
        for (std::size_t first = 0; first < words.size(); first += words_at_once)
            batch.add_each(words.subspan(first, std::min(words_at_once, words.size() - first)),
                           values + first * dimension);
    } else {
        for (std::size_t i = 0; i < new_words_.size(); ++i)
            new_words_[i].known =
                add_alone(model_, language_, new_words_[i], values + i * dimension);
    }
    for (std::size_t i = 0; i < new_words_.size(); ++i)
        weights_.push_back(new_words_[i].known ? a_ / (a_ + static_cast<double>(probabilities[i]))
                                               : 0.0);
    new_words_.clear();
}

void WordVectors::sum(std::span<const std::uint32_t> words, std::span<float> out) const {
    std::fill(out.begin(), out.end(), 0.0F);
    double total = 0;
    std::size_t known = 0;
    for (const std::uint32_t word : words) {
        if (weights_[word] == 0)
            continue;
        ++known;
        total += weights_[word];
        const auto weight = static_cast<float>(weights_[word]);
        const float* const values = values_.data() + word * out.size();
        for (std::size_t d = 0; d < out.size(); ++d)
            out[d] += weight * values[d];
    }
    finish_sum(model_, language_, total, known, out);
}

} // namespace fabula::detail
