// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/lexical_features.hpp"
#include "story/collection_view.hpp"

#include <fabula/neighbours.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fabula::detail {

/// The earlier cluster of the same affair that a cluster goes on from.
struct FollowedCluster {
    std::uint32_t cluster{};
    double probability{};             ///< mean over the later one's articles of each one's best
    std::uint32_t article{};          ///< of the later cluster, and
    std::uint32_t earlier_article{};  ///< of the earlier one: the likeliest pair of them
    std::vector<std::uint32_t> names; ///< keys of the names of an affair that both have
};

/// Of a cluster that follows another, `probability` is at least this.
inline constexpr double least_follow_up = 0.2;
/// The later one begins at most so long after the earlier one's last article.
inline constexpr std::chrono::days longest_pause{60};
/// Names of an affair that the likeliest pair must share.
inline constexpr std::size_t least_affair_names = 2;
/// The same of two articles in one language whose script has no capitals: any rare word may be a
/// name there.
inline constexpr std::size_t least_affair_names_without_capitals = 4;

/// In how many stories the name of an affair may occur: more are a topic's, or of the whole
/// collection. See `StoryFrequency`.
[[nodiscard]] double most_affair_stories(std::size_t stories);

/// Whether the script that a language is written in has capitals; so it counts where none is known.
[[nodiscard]] bool has_capitals(const std::string& language);

/// For each cluster the one that it follows, if any: of those that began earlier, by their first
/// dates (see `direction_of`), the likeliest, ties to the lower number. What the reports of a topic
/// have in common is not enough: the likeliest pair of articles shares names that are rare in
/// general (of a weight of 7 or more) and occur in few stories of the collection; and two
/// fillings of one form are no affair.
///
/// `has_capitals`: for each language of the model, by its number, whether its script has them;
/// `labels`: the cluster of each node; `representatives`: what each is a near-duplicate of, these
/// count once; `times`: when each article was published. Takes the edges of the graph apart:
/// O(E log E), and no more memory.
[[nodiscard]] std::vector<std::optional<FollowedCluster>>
find_follow_ups(SimilarityGraph graph, const std::vector<bool>& has_capitals,
                std::span<const std::uint32_t> labels,
                std::span<const std::uint32_t> representatives,
                std::span<const LexicalFeatures> lexical,
                std::span<const std::optional<std::chrono::sys_seconds>> times,
                const StoryFrequency& frequency);

} // namespace fabula::detail
