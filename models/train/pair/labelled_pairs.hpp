// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/candidate_search.hpp"
#include "scoring/pair_features.hpp"
#include "scoring/weighted_corpus.hpp"

#include <fabula/model.hpp>

#include <cstdint>
#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace fabula::training {

/// How much of each article is read.
enum class Extent {
    whole,
    lead, ///< the first sentence of the text alone: what a blurb has
    title ///< the title alone: a headline
};

/// Which articles of a file are read.
struct Reading {
    Extent extent{};
    /// About every n-th of the languages, where there are many: smaller stories.
    std::size_t every_language{1};
    /// Scores as if there were no collection to learn from.
    bool alone{};
};

/// One labelled collection with the features of all its candidate pairs, measured as the library
/// does at use (languages identified, dates where the file has them).
struct LabelledPairs {
    std::string name;
    std::set<std::string> families; ///< of the files: all readings of one are left out together
    Reading reading;
    std::size_t articles{};
    std::size_t languages{};
    std::vector<std::uint32_t> gold; ///< story of each article
    std::vector<detail::CandidatePair> pairs;
    std::vector<std::uint32_t> representatives; ///< of near-duplicates, see `find_near_duplicates`;
                                                ///< else the article itself
    detail::WeightedCorpus corpus;
    std::vector<detail::PairFeatures> features; ///< one a pair, see `measure`
    std::uint64_t same_story_pairs{};           ///< gold pairs, candidates or not

    /// What the pair counts: 1 / n in a story of n articles, the mean of both where they differ, so
    /// that large stories do not drown small ones.
    [[nodiscard]] double weight(const detail::CandidatePair& pair) const;
    [[nodiscard]] bool is_same_story(const detail::CandidatePair& pair) const {
        return gold[pair.first] == gold[pair.second];
    }

    /// Whether the set takes part in the fit without that family ("" = none is left out). A mix of
    /// all files but one stands for all files where that one is left out.
    [[nodiscard]] bool is_fitted_without(const std::string& family) const;

    std::size_t all_families{};      ///< that there are, for a mix; else 0
    std::vector<double> story_sizes; ///< of the story of each article
};

/// Whether a file tells of so many languages that reading some of them makes another collection.
[[nodiscard]] bool has_many_languages(const std::filesystem::path& file);

/// Reads the files as one collection. \throws Error where an article has no label
[[nodiscard]] LabelledPairs read_labelled_pairs(std::span<const std::filesystem::path> files,
                                                const Model& model, float min_cosine,
                                                const Reading& reading);

/// Measures the features of all pairs, with s_norm on the given scale.
void measure(LabelledPairs& set, const detail::LanguageCalibration& scale);

} // namespace fabula::training
