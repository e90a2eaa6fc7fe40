// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/model.hpp>
#include <fabula/scoring.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fabula::training {

/// What is known of a labelled article beside its text.
struct Report {
    std::string id;
    std::string language;   ///< as labelled; the library is not told
    std::string identified; ///< as the library takes it
    std::uint32_t story{};
    std::uint32_t original{}; ///< articles with the same number are versions of one text
};

/// One pair as the library scores it, and all that its rule of relations looks at.
struct ScoredPair {
    std::uint32_t first{};
    std::uint32_t second{};
    double probability{};
    double terms{};         ///< cosine of their terms
    double first_aligned{}; ///< see `detail::Coverage`
    double second_aligned{};
    Relation relation{};
};

/// All pairs of one story, and those of two stories that come close enough to be scored.
struct ScoredSet {
    std::vector<Report> reports;
    std::vector<ScoredPair> pairs;
};

/// Which relation a pair ought to have: two versions of one text are a rewrite (or a duplicate) or
/// a translation, two texts of one story independent reports.
struct PairKind {
    bool same_story{};
    bool same_original{};
    bool same_language{}; ///< as labelled
};

[[nodiscard]] PairKind kind_of(const Report& first, const Report& second);
[[nodiscard]] bool is_right(const PairKind& kind, Relation relation);

/// Scores the articles of a labelled file, languages not given. `original` is a regular expression
/// that finds, in an id, the text that the article is a version of: its first group, or all of it.
/// Without a match the article is a text of its own.
/// \throws Error where an article has no label
[[nodiscard]] ScoredSet score_relations(const std::filesystem::path& file, const Model& model,
                                        const std::string& original);

} // namespace fabula::training
