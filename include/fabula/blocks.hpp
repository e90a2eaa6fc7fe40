// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/clustering.hpp>
#include <fabula/export.hpp>
#include <fabula/features.hpp>
#include <fabula/model.hpp>
#include <fabula/neighbours.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/story.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace fabula::inline v0 {

/// What scoring a pair needs to know of the whole collection: all of it is counted, so that parts
/// of a collection can be asked in any order. Unique articles are those that are no near-duplicate
/// of another.
struct CollectionOutline {
    /// How many other unique articles one can meet: twice the pairs within the time window, by the
    /// number of unique articles. Undated ones are within any window.
    double articles_in_window{};
    /// Of the unique articles, how many were published on each day (UTC); each day once.
    std::vector<std::pair<std::chrono::sys_days, std::size_t>> articles_of_day{};
    /// Of the n unique articles, in the order of time (undated ones first), then of id, those at
    /// s / 2, s / 2 + s, s / 2 + 2 s, … for s = max(1, n / sample_size), rounded down.
    std::vector<ArticleFeatures> sample{};
    static constexpr std::size_t sample_size = 1024;
};

/// What an article is to a block.
enum class BlockRole : std::uint8_t {
    whole,  ///< one of the block's own, all of whose pairs are among the block
    shared, ///< one of the block's own that other blocks have pairs of, too
    guest,  ///< one of another block's that meets this block's own
};

/// A scored pair of a block: indices into its articles.
struct BlockPair {
    std::uint32_t first{};  ///< the one that stands earlier, by time, then by id
    std::uint32_t second{}; ///< the other
    float probability{};    ///< that both tell the same story, 0.1 or more
    /// Whether it stays whatever other blocks have. Else it stays where, of all blocks together,
    /// one of the two has it among its nearest `ClusterOptions::max_neighbours`.
    bool is_certain{true};
    /// Its place among the `BlockRow::cosines` of either; `none` where that is of no account.
    std::uint32_t first_place{none};
    std::uint32_t second_place{none};
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
};

/// The nearest others that an article meets in a block, where other blocks have more of them.
struct BlockRow {
    std::uint32_t article{};
    /// The highest first, `ClusterOptions::max_neighbours` at most. Equal ones of several blocks
    /// follow the order of the blocks.
    std::vector<float> cosines;
};

struct BlockPairs {
    std::vector<BlockPair> pairs; ///< sorted as their articles stand
    std::vector<BlockRow> rows;
    std::size_t compared{}; ///< pairs that were scored
};

/// The steps of a clustering on parts of a collection that is too large for one machine, for an
/// engine that moves features about: together they give the stories of `StoryClusterer::cluster`
/// over the features of all, however the collection was cut up.
///
/// A block is the articles of some stretch of time and those that they may meet: published up to
/// `time_window` after the stretch, or undated. Ids are unique in the collection. What
/// `StoryClusterer` decides by counting the whole collection comes as `CollectionOutline`. Not the
/// same are: articles without a vector, whose frequent names are those of the block; a MinHash
/// value that more than 128 unique articles have within a time window; and collections of more than
/// `ClusterOptions::exact_below` articles within a time window, where each pair is compared here
/// and a machine alone goes by an index.
///
/// What is ordinary is the background of the model. `const` calls are safe from any thread; calls
/// with features throw Error(other_model) where these are of another model or have vectors of
/// another encoder.
class FABULA_EXPORT BlockClusterer {
public:
    /// \throws Error(bad_option), also where there is no time window;
    /// Error(bad_input) for a model without a background
    explicit BlockClusterer(Model model, ClusterOptions options = {});
    ~BlockClusterer();
    BlockClusterer(BlockClusterer&&) noexcept;
    BlockClusterer& operator=(BlockClusterer&&) noexcept;

    /// Pairs of near-duplicates: all articles that a chain of near-duplicates connects, these pairs
    /// connect.
    [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>>
    near_duplicate_links(std::span<const ArticleFeatures> features) const;

    /// For each article of parts that such pairs connect, and which are whole, the one that it is a
    /// near-duplicate of, or itself.
    [[nodiscard]] std::vector<std::uint32_t>
    representatives(std::span<const ArticleFeatures> features) const;

    /// The pairs of the unique articles of a block that are its own: all but those of two guests.
    /// \throws Error(bad_input) where there is not one role an article
    [[nodiscard]] BlockPairs pairs(std::span<const ArticleFeatures> features,
                                   std::span<const BlockRole> roles,
                                   const CollectionOutline& outline) const;

    /// Clusters whole parts that scored pairs connect; their articles are numbered by time, then by
    /// id. \throws as `cluster_graph`
    [[nodiscard]] Clustering cut(std::size_t articles, std::vector<Edge> pairs) const;

    /// Describes stories, each given with all of its members, from features: `stories` has for each
    /// article the number of its story, `representatives` the article that it is a near-duplicate
    /// of, or itself. As `StoryClusterer::cluster` does of features, without strongest links and
    /// stories that are followed; in the order of their numbers.
    /// \throws Error(bad_input) where these are not one an article, or out of range
    [[nodiscard]] std::vector<Story> describe(std::span<const ArticleFeatures> features,
                                              std::span<const std::uint32_t> stories,
                                              std::span<const std::uint32_t> representatives,
                                              const CollectionOutline& outline) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fabula::inline v0
