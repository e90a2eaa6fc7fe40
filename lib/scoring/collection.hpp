// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/pool.hpp"
#include "base/scratch_memory.hpp"
#include "boilerplate/filter.hpp"
#include "features/lexical_features.hpp"
#include "neighbours/candidate_search.hpp"
#include "scoring/pair_features.hpp"
#include "statistics/document_weights.hpp"
#include "statistics/local_scaling.hpp"
#include "statistics/score_normalization.hpp"
#include "text/articles.hpp"

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/model.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <optional>
#include <span>
#include <vector>

namespace fabula::detail {

/// All that is read from articles, in the order that they are given in.
struct Collection {
    /// Explanation is kept in `memory`, where it is given; it must live as long.
    explicit Collection(ScratchMemory* memory = nullptr)
        : scratch(memory), lexical(memory != nullptr ? memory : std::pmr::get_default_resource()) {}

    ScratchMemory* scratch;
    EmbeddingMatrix vectors; ///< as embedded
    std::vector<EmbeddingOutcome> outcomes;
    std::vector<std::vector<ByteRange>> contents; ///< see `AnalyzedArticle::content`
    std::pmr::vector<LexicalFeatures> lexical;
    std::vector<std::optional<std::chrono::sys_seconds>> times;
    std::vector<std::uint64_t> identities; ///< see `article_identity`

    /// From here on set by `find_candidates`.
    ScoreNormalization statistics;
    std::vector<double> document_weights;          ///< one an article, see `document_weights`; a
                                                   ///< near-duplicate's: its representative's
    std::vector<CosineDistribution> distributions; ///< one an article
    TimeNearness nearness;
    std::vector<float>
        hubness; ///< one an article, a near-duplicate's: its representative's; empty = 0

    /// Moves the vectors to the scratch memory, where there is one, and back.
    void spill_vectors();
    void restore_vectors();

    /// Cosine of two vectors as the collection sees them, [-1, 1]. Transforms both, which takes
    /// some microseconds: the search has them all transformed, but only while it runs.
    [[nodiscard]] float cosine(std::size_t a, std::size_t b) const;
    /// What is measured of two of its articles, given their cosine.
    [[nodiscard]] PairFeatures measure(std::size_t a, std::size_t b, float cosine,
                                       const LanguageCalibration& calibration) const;
    /// The same, where the overlap of their terms is at hand.
    [[nodiscard]] PairFeatures measure(std::size_t a, std::size_t b, float cosine,
                                       const TermOverlap& overlap,
                                       const LanguageCalibration& calibration) const;

private:
    std::span<float> spilled_; ///< the vectors, while they are there
};

/// Reads the articles `articles[order[0]]`, `articles[order[1]]`, … `threads` = 0: one a core;
/// `done` is told the part that is done, from the calling thread; for `scratch` see `Collection`.
[[nodiscard]] Collection read_collection(const Articles& articles,
                                         std::span<const std::size_t> order, const Model& model,
                                         const BoilerplateFilter& boilerplate,
                                         Pool<TextAnalyzer>& analyzers, unsigned threads,
                                         const std::function<void(double)>& done = {},
                                         ScratchMemory* scratch = nullptr);

/// Learns what is ordinary from the articles at `members`, and weighs the terms of all by it. Call
/// it once; none are members = as if each were alone. Where there are `representatives`, one an
/// article, the others count as these do.
void learn_statistics(Collection& collection, std::span<const std::uint32_t> members,
                      const LanguageCalibration& calibration, unsigned threads,
                      const WindowDensity& density = {},
                      std::span<const std::uint32_t> representatives = {});

/// Which pairs are worth comparing.
struct Candidates {
    std::vector<std::uint32_t> representatives; ///< one an article, see `find_near_duplicates`
    std::vector<std::uint32_t> unique; ///< those that are their own representatives, ascending
    std::vector<CandidatePair> pairs;  ///< of unique, by their transformed vectors, sorted
};

/// From a collection as read to one whose pairs can be measured: groups near-duplicates, learns
/// from the unique what is ordinary, finds their candidate pairs, and sets the hubness of each
/// article and the weights of its terms by its neighbourhood, which of a near-duplicate is its
/// representative's. Call it once. `threads` = 0: one a core. The vectors are spilled, where that
/// is possible. \throws Error(bad_input) where there are more pairs than fit, see `candidate_pairs`
[[nodiscard]] Candidates find_candidates(Collection& collection,
                                         const LanguageCalibration& calibration, float min_cosine,
                                         std::size_t max_neighbours,
                                         std::chrono::seconds time_window, std::size_t exact_below,
                                         unsigned threads);

} // namespace fabula::detail
