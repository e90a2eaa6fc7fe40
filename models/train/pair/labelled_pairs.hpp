// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evidence/article_evidence.hpp"
#include "similarity/neighbours.hpp"
#include "similarity/pair_features.hpp"

#include <fabula/model.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fabula::training {

/// How much of each article is read.
enum class Extent {
    whole,
    lead, ///< the first sentence of the text alone: what a blurb or a headline has
};

/// One labelled collection with the features of all its candidate pairs, measured as the library
/// does at use (languages identified, dates where the file has them).
struct LabelledPairs {
    std::string name;
    std::string family; ///< the same for two extents of one file: they are left out together
    Extent extent{};
    std::size_t articles{};
    std::vector<std::uint32_t> gold; ///< story of each article
    std::vector<detail::CandidatePair> pairs;
    EmbeddingMatrix vectors;
    std::vector<detail::ArticleEvidence> evidence;
    std::vector<detail::PairFeatures> features; ///< one a pair, see `measure`
    std::uint64_t same_story_pairs{};           ///< gold pairs, candidates or not
};

/// \throws Error where an article has no label
[[nodiscard]] LabelledPairs read_labelled_pairs(const std::filesystem::path& file,
                                                const Model& model, float min_cosine,
                                                Extent extent);

/// Measures the features of all pairs, with cosines on the given scale.
void measure(LabelledPairs& set, const detail::LanguageScale& scale);

} // namespace fabula::training
