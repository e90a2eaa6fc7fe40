// SPDX-License-Identifier: Apache-2.0
#include "embedding/word_sum.hpp"

#include "embedding/analyzed_article.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

namespace {

/// More, and what was fetched for the first is gone before the last is found.
constexpr std::size_t words_at_once = 32;

} // namespace

WordSum::WordSum(const ModelData& model, int language, double a, std::span<float> out)
    : model_(model), language_(language), a_(a), out_(out) {
    std::fill(out.begin(), out.end(), 0.0F);
    if (const WordTable* const table = model.batch_table())
        batch_.emplace(*table);
}

void WordSum::add(const Token& token, std::string_view source, double weight,
                  std::size_t occurrences) {
    words_.push_back({{token.native, token.fold, surface_of(token, source), token.kind},
                      token.hash,
                      0.0F,
                      false});
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
        batch_->add(words_, out_.data());
    } else {
        for (WeightedWord& word : words_)
            word.known =
                model_.add_word(word.spellings.native, word.spellings.fold, word.spellings.surface,
                                word.spellings.kind, language_, word.weight, out_.data());
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
    const std::span<const float> mean = model_.mean(language_);
    double squares = 0;
    for (std::size_t d = 0; d < out_.size(); ++d) {
        out_[d] -= static_cast<float>(total_ * static_cast<double>(mean[d]));
        squares += static_cast<double>(out_[d]) * static_cast<double>(out_[d]);
    }
    // A text of nothing but the mean (or whose words cancel out) has no direction.
    const double norm = std::sqrt(squares);
    if (!(norm > 1e-6 * total_) || known_words_ == 0) {
        std::fill(out_.begin(), out_.end(), 0.0F);
        return 0;
    }
    for (float& value : out_)
        value = static_cast<float>(static_cast<double>(value) / norm);
    return known_words_;
}

} // namespace fabula::detail
