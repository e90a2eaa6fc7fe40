// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contrastive.hpp"
#include "corpus.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace fabula::training {

/// What training leaves behind: full-precision rows, from which `build_pack` makes a model.
struct TrainedEmbedding {
    std::size_t dimension{};
    std::size_t subword_rows{};
    std::vector<WordType> words;      ///< those with a row of their own
    std::vector<float> word_rows;     ///< words × dimension
    std::vector<float> subword_table; ///< subword_rows × dimension
};

/// A word's vector: its own row, if it has one, plus the mean of its subword rows.
/// `own` is empty or `dimension` values.
void compose_word(const TrainedEmbedding& embedding, std::string_view native, std::string_view fold,
                  TokenKind kind, std::span<const float> own, std::span<float> out);

/// The rows that stand for each word type: one of its own where `count >= min_count` (in the order
/// of the types), then those of its subwords.
[[nodiscard]] Features make_features(const Corpus& corpus, std::uint64_t min_count,
                                     std::size_t subword_rows);

void save_embedding(const std::filesystem::path& file, const TrainedEmbedding& embedding);
[[nodiscard]] TrainedEmbedding load_embedding(const std::filesystem::path& file);

} // namespace fabula::training
