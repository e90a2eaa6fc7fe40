// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contrastive.hpp"
#include "corpus.hpp"
#include "embedding_file.hpp"
#include "vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace fabula::training {

/// The rows that stand for each word type while training: the words of the vocabulary, then its
/// stems and languages have a row each, then come `subword_rows` rows of n-grams.
[[nodiscard]] Features make_features(const Corpus& corpus, const Vocabulary& vocabulary,
                                     std::size_t subword_rows);

/// Word vectors from trained rows, at full precision, made as the library makes them from a model
/// file.
class WordVectors {
public:
    explicit WordVectors(const TrainedEmbedding& embedding);

    /// Whether the word has a row of its own.
    [[nodiscard]] bool known(const WordType& word) const;

    /// `dimension` values, not normalised. Known words: their row plus the mean of their subwords'.
    /// Others: the vector of the word that is their romanised form and half of the subwords' mean,
    /// or the mean of their known parts' vectors and the subwords' mean.
    void word_vector(const WordType& word, std::span<float> out) const;

    /// As it is stored in a model: the vector of a known word, the row of a stem.
    void entry(std::size_t number, std::span<float> out) const;

private:
    void add_subwords(const WordType& word, float weight, std::span<float> out) const;
    void add_entry(std::size_t number, float weight, std::span<float> out) const;

    const TrainedEmbedding& embedding_;
    /// From `word_hash` and `stem_hash` to the number of the word or, after the words, the stem.
    std::unordered_map<std::uint64_t, std::int64_t> entries_;
};

} // namespace fabula::training
