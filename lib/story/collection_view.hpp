// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/lexical_features.hpp"
#include "scoring/weighted_corpus.hpp"
#include "statistics/sums/document_frequency.hpp"
#include "story/story_ids.hpp"
#include "text/articles.hpp"

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/neighbours.hpp>
#include <fabula/story.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace fabula::detail {

/// How often each term occurs over all stories, by its key: the sum, over the stories, of the share
/// of its reports that have the term. A story of 2,000 near-duplicates counts no more than any
/// other.
struct StoryFrequency {
    TermSums terms;
    std::size_t stories{};
};

/// What is known of every article once all are read and clustered; the articles are in canonical
/// order.
struct CollectionView {
    const Articles& articles;           ///< the caller's
    std::span<const std::size_t> order; ///< canonical position → index into `articles`
    const WeightedCorpus& known;
    std::span<const std::uint32_t>
        representatives; ///< what each is a near-duplicate of, see `find_near_duplicates`
    const StoryFrequency& frequency;
    const StoryIds& ids;
    /// For each article the likeliest other member of its story; empty spans know none.
    std::span<const std::optional<StrongestLink>> strongest; ///< members are canonical positions
    bool has_texts{true}; ///< else the articles are what features know of them

    /// Without its text, where that is not in memory.
    [[nodiscard]] const Article& article(std::uint32_t position) const {
        return articles[order[position]];
    }
    /// With its text, maybe in `buffer`.
    [[nodiscard]] const Article& read(std::uint32_t position, Article& buffer) const {
        return articles.read(order[position], buffer);
    }
};

/// The frequencies over the stories given as their members' canonical positions. `eviction`: see
/// `Eviction`.
[[nodiscard]] StoryFrequency count_terms(std::span<const std::vector<std::uint32_t>> stories,
                                         std::span<const LexicalFeatures> lexical, unsigned threads,
                                         const Eviction& eviction = {});

/// For each article of a graph its likeliest partner among those of the same label.
[[nodiscard]] std::vector<std::optional<StrongestLink>>
strongest_links(const SimilarityGraph& graph, std::span<const std::uint32_t> labels);

/// The same with near-duplicates, which are not in the graph: a near-duplicate's partner is its
/// representative, and `probability_of(copy, representative)` is asked for, near-duplicates
/// ascending.
void link_near_duplicates(std::span<const std::uint32_t> representatives,
                          const std::function<double(std::uint32_t, std::uint32_t)>& probability_of,
                          std::span<std::optional<StrongestLink>> strongest);

} // namespace fabula::detail
