// SPDX-License-Identifier: Apache-2.0
#include "embedding/word_vectors.hpp"

#include "embedding/analyzed_article.hpp"
#include "embedding/word_sum.hpp"

#include <algorithm>

namespace fabula::detail {

WordVectors::WordVectors(const ModelData& model, int language, double a)
    : model_(model), language_(language), a_(a) {}

void WordVectors::add(const Token& token, std::string_view source) {
    words_.push_back(weighted_word(token, source));
}

void WordVectors::look_up() {
    std::vector<std::uint64_t> hashes;
    hashes.reserve(words_.size());
    for (WeightedWord& word : words_) {
        word.weight = 1;
        hashes.push_back(word.hash);
    }
    std::vector<float> probabilities(words_.size());
    model_.word_probabilities(language_, hashes, probabilities);

    const std::size_t dimension = model_.dimension();
    values_.assign(words_.size() * dimension, 0.0F);
    if (const WordTable* const table = model_.batch_table()) {
        const auto remembered = model_.unknown_words().borrow();
        WordBatch batch(*table, *remembered);
        for (std::size_t first = 0; first < words_.size(); first += words_at_once)
            batch.add_each(
                std::span(words_).subspan(first, std::min(words_at_once, words_.size() - first)),
                values_.data() + first * dimension);
    } else {
        for (std::size_t i = 0; i < words_.size(); ++i)
            words_[i].known =
                add_alone(model_, language_, words_[i], values_.data() + i * dimension);
    }
    weights_.reserve(words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i)
        weights_.push_back(words_[i].known ? a_ / (a_ + static_cast<double>(probabilities[i]))
                                           : 0.0);
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
