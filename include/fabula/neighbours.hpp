// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/embedding.hpp>
#include <fabula/export.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fabula::inline v0 {

/// A candidate pair, `first < second`.
struct Edge {
    std::uint32_t first{};
    std::uint32_t second{};
    float probability{}; ///< of the same story, in [0, 1]

    friend bool operator==(const Edge&, const Edge&) = default;
};

/// Sparse, undirected graph over `nodes` articles; edges sorted by (first, second), each pair once.
struct SimilarityGraph {
    std::size_t nodes{};
    std::vector<Edge> edges;
    /// The probability that stands for every pair without an edge: pairs that were never compared,
    /// or lay under the threshold. Range (0, 1).
    float missing_probability{0.02F};
};

/// How the pairs worth comparing are found, and how a bare cosine becomes a probability.
struct GraphOptions {
    /// Pairs of a lower cosine are not compared. Range [-1, 1]. Higher = faster; loses weak links.
    float min_cosine{0.35F};

    /// Pairs further apart in time are not compared; zero = no limit. Articles without a time are
    /// compared with all.
    std::chrono::seconds time_window{0};

    /// Each article keeps this many nearest candidates at most, ties to the lower index (a pair
    /// stays where either side keeps it); 0 = no limit. Bounds the memory of a collection with very
    /// large stories: 15 bytes for each candidate that is kept, for both sides.
    /// The pairs that a larger story loses count as missing, and past about four times this size
    /// they outvote the rest and split it: raise this where such stories occur.
    std::size_t max_neighbours{512};

    /// Up to this many articles within the time window of an article, on average (no window: up to
    /// this many in all), every pair is looked at; beyond, an index proposes pairs, in a fraction
    /// of the time. All that it finds is exact, the result is as deterministic, and some pairs are
    /// missed: of a million invented vectors it finds 99 % of the pairs with a cosine of 0.5 and
    /// more (docs/performance.md). 0 = always the index; the largest value = never.
    std::size_t exact_below{150'000};

    /// For `similarity_graph` on bare vectors:
    /// probability = 1 / (1 + exp(-cosine_slope × (cosine − cosine_midpoint))).
    float cosine_midpoint{0.5F}; ///< the cosine that means "as likely as not"; range [-1, 1]
    float cosine_slope{20.0F};   ///< > 0; larger = a sharper step

    unsigned threads{0}; ///< 0 = one a usable core; the result does not depend on it. Range 0–1024

    /// Empty where all is well, else a sentence that names the field and its range.
    [[nodiscard]] FABULA_EXPORT std::string validate() const;
};

/// All pairs of rows with a cosine of at least `min_cosine`; beyond `exact_below` most of them.
/// Rows from any encoder will do: they are scaled to unit length first, and a zero row has no edge.
/// `times` is empty or has one entry a row.
///
/// The probability of a pair depends on its two rows alone, bit by bit.
///
/// Time: rows² / 2 × dimension multiply-adds of bytes, less what the time window leaves out.
/// Memory: dimension + 34 bytes a row within the window of those at hand, 20 for others (with the
/// index dimension + 330 a row, 4 for each thread, and 256 MiB); 24 an edge, 32 with the index.
///
/// \throws Error(bad_option); Error(bad_input) where sizes do not match, a value is not finite, or
/// there are 2^32 pairs or more.
[[nodiscard]] FABULA_EXPORT SimilarityGraph
similarity_graph(const EmbeddingMatrix& vectors, const GraphOptions& options = {},
                 std::span<const std::optional<std::chrono::sys_seconds>> times = {});

} // namespace fabula::inline v0
