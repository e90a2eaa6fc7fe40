// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "similarity/neighbours.hpp"
#include "similarity/pair_features.hpp"

#include <fabula/model.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fabula::training {

/// One labelled collection with the features of all its candidate pairs, measured as the library
/// does at use (languages identified, dates where the file has them).
struct LabelledPairs {
    std::string name;
    std::size_t articles{};
    std::vector<std::uint32_t> gold; ///< story of each article
    std::vector<detail::CandidatePair> pairs;
    std::vector<detail::PairFeatures> features; ///< one a pair
    std::uint64_t same_story_pairs{};           ///< gold pairs, candidates or not
};

/// \throws Error where an article has no label
[[nodiscard]] LabelledPairs read_labelled_pairs(const std::filesystem::path& file,
                                                const Model& model, float min_cosine);

} // namespace fabula::training
