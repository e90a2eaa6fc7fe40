// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clustering/linked_clusters.hpp"
#include "stream/corpus/live_corpus.hpp"

#include <fabula/stream.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace fabula::detail {

/// What of the graph is clustered anew when some rows have changed.
struct TouchedRegion {
    std::vector<std::uint32_t> rows; ///< unique rows of whole stories
    std::size_t core{};              ///< the first so many: stories whose clusters are to count
    /// Unique rows of large stories, each of which stays together, as one node; the first
    /// `core_whole` count, too.
    std::vector<std::vector<std::uint32_t>> whole;
    std::size_t core_whole{};
};

/// How much may be clustered anew.
struct RegionLimits {
    std::size_t rows{};        ///< unique rows
    std::size_t links{};       ///< of them all
    std::size_t large_story{}; ///< unique rows of a story that stays together, where not all fits
    bool keeps_large{true};    ///< whether any does
};

/// The stories of the `core` rows, and what is connected with them or with the rows `about` them,
/// nearest first. Where all of that is within the limits, it is the core, and the clusters are
/// those of the whole graph. Else only the stories of the core rows are, and the others, as far as
/// the limits let them, are there for the core to be compared with: at the rim their own clusters
/// lack what is beyond.
///
/// `story` gives the unique rows of the story that a row is in, itself among them; of a row in
/// none, that alone.
[[nodiscard]] TouchedRegion
touched_region(const LiveCorpus& corpus, std::span<const std::uint32_t> core,
               std::span<const std::uint32_t> about,
               const std::function<std::vector<std::uint32_t>(std::uint32_t)>& story,
               const RegionLimits& limits);

/// The same with the near-duplicates of each row after it, but in whole stories.
[[nodiscard]] TouchedRegion with_near_duplicates(const LiveCorpus& corpus,
                                                 const TouchedRegion& region);

/// The clusters of a region by the links between its rows, each as its rows. They stand in a
/// complete order, which ties are decided by: that of the batch. What stays together has with each
/// row the mean log-odds of its pairs with it, and none with another such story. `links` are of
/// places among the rows.
[[nodiscard]] std::vector<std::vector<std::uint32_t>>
cluster_region(const LiveCorpus& corpus, std::span<const std::uint32_t> rows,
               std::span<const std::vector<std::uint32_t>> whole, const NodeLinks& links,
               double min_probability, unsigned threads);

/// Of the clusters of a region those that count: what has a row of the core. What is left of the
/// other stories that these take rows from stays together. `story_of` gives each row its story.
/// The near-duplicates of whole stories are added.
[[nodiscard]] std::vector<std::vector<std::uint32_t>>
clusters_of_core(const LiveCorpus& corpus, const TouchedRegion& region,
                 std::vector<std::vector<std::uint32_t>> clusters,
                 const std::function<StreamStoryId(std::uint32_t)>& story_of);

} // namespace fabula::detail
