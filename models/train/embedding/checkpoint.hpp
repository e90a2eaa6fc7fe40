// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contrastive.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace fabula::training {

/// Writes the trainer's state after `epochs` epochs, in one piece: a file of that name is either
/// the old one or the whole new one. `settings` stands for everything that the training depends on.
/// \throws Error naming the file
void save_checkpoint(const std::filesystem::path& file, const ContrastiveTrainer& trainer,
                     std::uint64_t settings, std::size_t epochs);

/// Takes up a training where a checkpoint left it; returns the number of epochs done, 0 where the
/// file does not exist.
/// \throws Error where the file is damaged or belongs to other settings or data
[[nodiscard]] std::size_t load_checkpoint(const std::filesystem::path& file,
                                          ContrastiveTrainer& trainer, std::uint64_t settings);

} // namespace fabula::training
