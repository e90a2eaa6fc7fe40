// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corpus.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fabula::training {

/// What training leaves behind: full-precision rows, from which `build_pack` makes a model.
struct TrainedEmbedding {
    std::size_t dimension{};
    std::size_t subword_rows{};
    std::vector<WordType> words;      ///< those with a row of their own
    std::vector<std::string> stems;   ///< beginnings of words with a row of their own
    std::vector<float> entry_rows;    ///< (words, then stems) × dimension, without subwords
    std::vector<float> subword_table; ///< subword_rows × dimension
};

void save_embedding(const std::filesystem::path& file, const TrainedEmbedding& embedding);
[[nodiscard]] TrainedEmbedding load_embedding(const std::filesystem::path& file);

} // namespace fabula::training
