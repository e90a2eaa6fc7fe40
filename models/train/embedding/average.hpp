// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedding_file.hpp"

#include <filesystem>
#include <span>

namespace fabula::training {

/// The mean of the rows of several trainings, of the first one's words and stems: what one of them
/// learned by chance of its random numbers goes, what all learned stays. Their spaces are one where
/// all were drawn to the same anchors. A word that another training has no row for is the mean of
/// those that have one. (Wortsman et al. 2022, "Model soups", for networks with one beginning.)
[[nodiscard]] TrainedEmbedding mean_embedding(std::span<const std::filesystem::path> files);

} // namespace fabula::training
