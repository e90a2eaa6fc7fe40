// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "similarity/collection.hpp"
#include "similarity/coverage.hpp"
#include "similarity/pair_model.hpp"
#include "text/furniture.hpp"

#include <fabula/story.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace fabula::detail {

/// What is known of every article once all are read; the articles are in canonical order.
struct CollectionView {
    std::span<const Article> articles;  ///< the caller's
    std::span<const std::size_t> order; ///< canonical position → index into `articles`
    const Collection& read;
};

/// Describes one cluster at a time. Not for concurrent calls.
class StoryBuilder {
public:
    StoryBuilder(const Model& model, const PairModel& pair_model, const FurnitureFilter& furniture,
                 const CollectionView& collection, TextAnalyzer& analyzer, std::size_t key_terms);

    /// `members` are canonical positions, ascending.
    [[nodiscard]] Story build(std::span<const std::uint32_t> members);

private:
    [[nodiscard]] std::size_t find_medoid(std::span<const std::uint32_t> members,
                                          double& cohesion) const;
    [[nodiscard]] std::vector<StoryLink> link(std::span<const std::uint32_t> members,
                                              std::uint32_t representative,
                                              const AnalyzedArticle& analyzed);
    [[nodiscard]] std::vector<std::string> find_key_terms(std::span<const std::uint32_t> members,
                                                          std::uint32_t representative,
                                                          const AnalyzedArticle& analyzed) const;
    [[nodiscard]] const Article& article(std::uint32_t position) const {
        return collection_.articles[collection_.order[position]];
    }
    [[nodiscard]] AnalyzedArticle analyze(std::uint32_t position);

    const Model& model_;
    const PairModel& pair_model_;
    RelationRule relation_rule_;
    const FurnitureFilter& furniture_;
    const CollectionView& collection_;
    TextAnalyzer& analyzer_;
    std::size_t key_terms_;
};

} // namespace fabula::detail
