// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/pool.hpp"
#include "base/scratch_memory.hpp"
#include "boilerplate/filter.hpp"
#include "features/article_features.hpp"
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
    /// Evidence is kept in `memory`, where it is given; it must live as long.
    explicit Collection(ScratchMemory* memory = nullptr)
        : scratch(memory), evidence(memory != nullptr ? memory : std::pmr::get_default_resource()) {
    }

    ScratchMemory* scratch;
    EmbeddingMatrix vectors; ///< as embedded
    std::vector<EmbeddingOutcome> outcomes;
    std::vector<std::vector<ByteRange>> contents; ///< see `AnalyzedArticle::content`
    std::pmr::vector<ArticleEvidence> evidence;
    std::vector<std::optional<std::chrono::sys_seconds>> times;
    std::vector<std::uint64_t> identities; ///< see `article_identity`

    /// From here on set by `find_candidates`.
    CollectionStatistics statistics;
    std::vector<double> shares; ///< one an article, see `story_shares`; a copy's: its leader's
    std::vector<CosineSpread> spreads; ///< one an article
    TimeNearness nearness;
    std::vector<float> crowding; ///< one an article, a copy's: its leader's; empty = 0

    /// Moves the vectors to the scratch memory, where there is one, and back.
    void set_vectors_aside();
    void fetch_vectors();

    /// Cosine of two vectors as the collection sees them, [-1, 1]. Transforms both, which takes
    /// some microseconds: the search has them all transformed, but only while it runs.
    [[nodiscard]] float cosine(std::size_t a, std::size_t b) const;
    /// What is measured of two of its articles, given their cosine.
    [[nodiscard]] PairFeatures measure(std::size_t a, std::size_t b, float cosine,
                                       const LanguageScale& scale) const;
    /// The same, where the overlap of their terms is at hand.
    [[nodiscard]] PairFeatures measure(std::size_t a, std::size_t b, float cosine,
                                       const TermOverlap& overlap,
                                       const LanguageScale& scale) const;

private:
    std::span<float> aside_; ///< the vectors, while they are there
};

/// Reads the articles `articles[order[0]]`, `articles[order[1]]`, … `threads` = 0: one a core;
/// `done` is told the part that is done, from the calling thread; for `scratch` see `Collection`.
[[nodiscard]] Collection
read_collection(const Articles& articles, std::span<const std::size_t> order, const Model& model,
                const FurnitureFilter& furniture, Pool<TextAnalyzer>& analyzers, unsigned threads,
                const std::function<void(double)>& done = {}, ScratchMemory* scratch = nullptr);

/// Learns what is ordinary from the articles at `members`, and weighs the terms of all by it. Call
/// it once; none are members = as if each were alone. Where there are `leaders`, one an article,
/// the others count as these do.
void learn_statistics(Collection& collection, std::span<const std::uint32_t> members,
                      const LanguageScale& scale, unsigned threads, const Reach& reach = {},
                      std::span<const std::uint32_t> leaders = {});

/// Which pairs are worth comparing.
struct Candidates {
    std::vector<std::uint32_t> leaders;   ///< one an article, see `copy_leaders`
    std::vector<std::uint32_t> originals; ///< those that are their own leaders, ascending
    std::vector<CandidatePair> pairs;     ///< of originals, by their transformed vectors, sorted
};

/// From a collection as read to one whose pairs can be measured: groups copies, learns from the
/// originals what is ordinary, finds their candidate pairs, and sets the crowding of each article
/// and the weights of its terms by its crowd, which of a copy is its leader's. Call it once.
/// `threads` = 0: one a core. The vectors are set aside, where that is possible.
/// \throws Error(bad_input) where there are more pairs than fit, see `candidate_pairs`
[[nodiscard]] Candidates find_candidates(Collection& collection, const LanguageScale& scale,
                                         float min_cosine, std::size_t max_neighbours,
                                         std::chrono::seconds time_window, std::size_t exact_below,
                                         unsigned threads);

} // namespace fabula::detail
