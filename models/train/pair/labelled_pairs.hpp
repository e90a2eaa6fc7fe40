// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/candidate_search.hpp"
#include "scoring/pair_features.hpp"
#include "scoring/weighted_corpus.hpp"

#include <fabula/model.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fabula::training {

/// One labelled collection with the features of all its candidate pairs, measured as the library
/// does at use: languages identified, dates where the file has them, against the background of the
/// model.
struct LabelledPairs {
    std::string name; ///< of the file
    std::string kind; ///< the name up to the first '-': copies of one set are left out together
    std::size_t articles{};
    std::vector<std::uint32_t> gold;            ///< story of each article
    std::vector<double> story_sizes;            ///< of the story of each article
    std::vector<std::uint32_t> representatives; ///< see `NearDuplicates::representatives`
    std::vector<detail::CandidatePair> pairs;
    std::vector<detail::PairFeatures> features; ///< one a pair

    /// What the pair counts: 1 / n in a story of n articles, the mean of both where they differ, so
    /// that large stories do not drown small ones.
    [[nodiscard]] double weight(const detail::CandidatePair& pair) const {
        return 2.0 / (story_sizes[pair.first] + story_sizes[pair.second]);
    }
    [[nodiscard]] bool is_same_story(const detail::CandidatePair& pair) const {
        return gold[pair.first] == gold[pair.second];
    }
};

/// The articles of a file, ready for scoring. \throws Error where an article has no label
[[nodiscard]] detail::Prepared prepare_labelled(const std::filesystem::path& file,
                                                const Model& model, float min_cosine,
                                                const detail::LanguageCalibration& calibration,
                                                std::vector<std::uint32_t>& gold);

/// \throws Error where an article has no label, or the model no background
[[nodiscard]] LabelledPairs read_labelled_pairs(const std::filesystem::path& file,
                                                const Model& model, float min_cosine,
                                                const detail::LanguageCalibration& calibration);

} // namespace fabula::training
