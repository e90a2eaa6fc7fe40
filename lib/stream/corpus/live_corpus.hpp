// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/lexical_features.hpp"
#include "features/term_places.hpp"
#include "neighbours/ivf/growing_index.hpp"
#include "pipeline/find_stories.hpp"
#include "scoring/pair_model.hpp"
#include "stream/corpus/key_table.hpp"

#include <fabula/features.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace fabula::detail {

/// One end of a scored pair.
struct LiveLink {
    std::uint32_t row{};
    float probability{};
};

/// A scored collection to which articles come and from which they go, one row each: who is a
/// near-duplicate of whom, and the graph of the unique ones. What is ordinary stays as it was when
/// it was scored as a whole, but for distances in time; so does what two articles that are in it
/// are to each other.
///
/// A new article is compared as the batch compares: near-duplicates by their sketches (looked up by
/// their smallest values, which misses one in ten thousand), candidates exactly and above the same
/// thresholds (each new article keeps its nearest, at most `max_neighbours`; what the others keep
/// stays), articles without a vector by their names.
class LiveCorpus {
public:
    /// `scored` without its graph's clusters. The pair model must live as long.
    LiveCorpus(ScoredCollection scored, const PairModel& pair_model, std::size_t max_neighbours,
               std::size_t exact_below, unsigned threads);

    [[nodiscard]] std::size_t rows() const { return representatives_.size(); }
    [[nodiscard]] std::uint32_t representative(std::uint32_t row) const {
        return representatives_[row];
    }
    /// A representative and its near-duplicates, or a near-duplicate alone.
    [[nodiscard]] std::vector<std::uint32_t> group(std::uint32_t row) const;
    [[nodiscard]] std::span<const LiveLink> links(std::uint32_t row) const { return links_[row]; }
    [[nodiscard]] float missing_probability() const { return missing_probability_; }

    /// Room for so many rows, so that they can be added without moving what is there.
    void reserve(std::size_t rows);
    /// A row for an article, which takes part once it is put in.
    std::uint32_t append(const ArticleFeatures& features);
    /// Unique rows, ascending.
    struct Touched {
        std::vector<std::uint32_t> rows;  ///< are new, or have other near-duplicates now
        std::vector<std::uint32_t> about; ///< had links to what is there no more
    };
    /// Takes rows out and puts others in.
    [[nodiscard]] Touched change(std::span<const std::uint32_t> out,
                                 std::span<const std::uint32_t> in, unsigned threads);

    /// The unique rows that an article is worth comparing with, and how likely each tells the same
    /// story, at least `least`; ascending.
    [[nodiscard]] std::vector<LiveLink> links_of(const ArticleFeatures& features, double least,
                                                 unsigned threads) const;

private:
    /// What is asked for.
    struct Query {
        const LexicalFeatures* lexical{};
        CosineDistribution distribution;
        std::span<const float> transformed;
        float threshold{};
    };

    [[nodiscard]] float threshold_of(std::span<const float> transformed,
                                     const LexicalFeatures& lexical,
                                     const CosineDistribution& distribution) const;
    [[nodiscard]] std::optional<std::uint32_t> representative_for(const LexicalFeatures& lexical,
                                                                  std::uint32_t but) const;
    /// Whether it becomes unique; else it is a near-duplicate.
    bool place(std::uint32_t row);
    void take_out(std::uint32_t row, Touched& touched, std::vector<std::uint32_t>& orphans);
    /// How ordinary distances in time are, of the articles that are in it now: once in a while.
    void learn_nearness();
    void index_names(std::uint32_t row);
    void index_all_names();
    [[nodiscard]] std::vector<std::uint32_t> name_partners(const LexicalFeatures& lexical,
                                                           std::uint32_t but) const;
    [[nodiscard]] double probability(const Query& query, const TermPlaces& places,
                                     const RowNeighbour& other) const;
    /// `own` are the rows of the queries, ascending, where they have some: of a pair of two of them
    /// the higher one finds the other.
    [[nodiscard]] std::vector<std::vector<LiveLink>> links_of(std::span<const Query> queries,
                                                              std::span<const std::uint32_t> own,
                                                              double least, unsigned threads) const;

    const PairModel& pair_model_;
    std::size_t max_neighbours_;
    WeightedCorpus known_; ///< without vectors: `rows_` has what is made of them
    CandidateThresholds thresholds_;
    GrowingIndex vectors_;
    std::vector<char> is_in_;
    std::vector<std::uint32_t> representatives_;
    std::map<std::uint32_t, std::vector<std::uint32_t>> near_duplicates_; ///< by representative
    std::vector<std::vector<LiveLink>> links_;
    float missing_probability_;
    KeyTable by_sketch_; ///< unique rows by the smallest values of their sketches
    bool has_names_{};   ///< whether the next two are kept: there was an article without a vector
    KeyTable by_name_;   ///< unique rows with a vector by their names
    KeyTable by_name_without_vector_;
    std::size_t unique_{};
    std::size_t moved_{}; ///< unique rows that came or went since nearness was learned
};

} // namespace fabula::detail
