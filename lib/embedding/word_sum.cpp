// SPDX-License-Identifier: Apache-2.0
#include "embedding/word_sum.hpp"

#include "embedding/analyzed_article.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

WeightedWord weighted_word(const Token& token, std::string_view source) {
    return {{token.normalised, token.romanised, surface_of(token, source), token.kind},
            token.hash,
            0.0F,
            false};
}

bool add_alone(const ModelData& model, int language, const WeightedWord& word, float* out) {
    const WordSpellings& spellings = word.spellings;
    return model.add_word(spellings.normalised, spellings.romanised, spellings.surface,
                          spellings.kind, language, word.weight, out);
}

std::size_t finish_sum(const ModelData& model, int language, double total, std::size_t known_words,
                       std::span<float> out) {
    const std::span<const float> mean = model.mean(language);
    double squares = 0;
    for (std::size_t d = 0; d < out.size(); ++d) {
        out[d] -= static_cast<float>(total * static_cast<double>(mean[d]));
        squares += static_cast<double>(out[d]) * static_cast<double>(out[d]);
    }
    // A text of nothing but the mean (or whose words cancel out) has no direction.
    const double norm = std::sqrt(squares);
    if (!(norm > 1e-6 * total) || known_words == 0) {
        std::fill(out.begin(), out.end(), 0.0F);
        return 0;
    }
    for (float& value : out)
        value = static_cast<float>(static_cast<double>(value) / norm);
    return known_words;
}

WordSum::WordSum(const ModelData& model, int language, double a, std::span<float> out)
    : model_(model), language_(language), a_(a), out_(out) {
    std::fill(out.begin(), out.end(), 0.0F);
    if (const WordTable* const table = model.batch_table())
        batch_.emplace(model, *table);
}

void WordSum::add(const Token& token, std::string_view source, double weight,
                  std::size_t occurrences) {
    words_.push_back(weighted_word(token, source));
    pending_.push_back({weight, occurrences});
    if (words_.size() == words_at_once)
        add_pending();
}

void WordSum::add_pending() {
    hashes_.clear();
    for (const WeightedWord& word : words_)
        hashes_.push_back(word.hash);
    probabilities_.resize(hashes_.size());
    model_.word_probabilities(language_, hashes_, probabilities_);
    for (std::size_t i = 0; i < words_.size(); ++i) {
        const double p = probabilities_[i];
        pending_[i].weight = pending_[i].weight * a_ / (a_ + p);
        words_[i].weight = static_cast<float>(pending_[i].weight);
    }
    if (batch_) {
        batch_->words.add(words_, out_.data());
    } else {
        for (WeightedWord& word : words_)
            word.known = add_alone(model_, language_, word, out_.data());
    }
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (words_[i].known) {
            total_ += pending_[i].weight;
            known_words_ += pending_[i].occurrences;
        }
    }
    words_.clear();
    pending_.clear();
}

std::size_t WordSum::finish() {
    add_pending();
    return finish_sum(model_, language_, total_, known_words_, out_);
}

} // namespace fabula::detail
