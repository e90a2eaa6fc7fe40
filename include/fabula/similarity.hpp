// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/export.hpp>
#include <fabula/model.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::inline v0 {

/// How two tellings are related, from far to near.
enum class Relation {
    unrelated,   ///< not the same story
    same_story,  ///< independent reports of one story
    rewrite,     ///< the same language and mostly the same content in other words
    translation, ///< another language and mostly the same content
    duplicate,   ///< the same language and nearly the same words
};

/// "unrelated", "same_story", ... as written by the program.
[[nodiscard]] FABULA_EXPORT std::string_view to_string(Relation relation) noexcept;

/// Which of two tellings was published first, where their dates say so.
enum class Direction { unknown, first_is_earlier, second_is_earlier };

/// "unknown", "first_is_earlier", ... as written by the program.
[[nodiscard]] FABULA_EXPORT std::string_view to_string(Direction direction) noexcept;

/// `unknown` where a date is missing or both are the same. A time of exactly midnight (UTC) is what
/// a date without a time of day is read as: it is not taken as earlier or later than another time
/// of the same day.
[[nodiscard]] FABULA_EXPORT Direction
direction_of(std::optional<std::chrono::sys_seconds> first,
             std::optional<std::chrono::sys_seconds> second) noexcept;

/// A pair of sentences, one of each article, that say the same.
struct Passage {
    ByteRange first;    ///< in the first article's text
    ByteRange second;   ///< in the second article's text
    float similarity{}; ///< cosine similarity of the two sentences
};

/// A word that both articles have, perhaps in different spellings or scripts.
struct SharedTerm {
    std::string first;  ///< as the first article spells it
    std::string second; ///< as the second article spells it
    double weight{};    ///< inverse document frequency, natural logarithm
};

/// A number or date that both articles have, perhaps in other formats: "1.5 million" and
/// "1,5 Mio.", "24 February" and "2月24日".
struct SharedNumber {
    std::string first;  ///< as the first article writes it
    std::string second; ///< as the second article writes it
};

/// One term of the logistic model: what was measured, and what it adds to the log-odds.
struct Contribution {
    std::string name;  ///< such as "meaning" or "time_gap"
    double value{};    ///< the measured feature
    double log_odds{}; ///< what it adds; all of them sum to the log-odds of the pair
};

/// The name of a contribution in words for someone who did not build the model, as "rare words in
/// common" for "terms". A name that has no such words comes back with blanks for underscores.
[[nodiscard]] FABULA_EXPORT std::string in_words(const Contribution& contribution);

/// Why a pair has its probability.
struct Evidence {
    std::vector<Passage> passages;                ///< most similar first
    std::vector<SharedTerm> shared_terms;         ///< rarest first; names and other rare words
    std::vector<SharedNumber> shared_numbers;     ///< from 10 on; as they come in the first article
    std::vector<SharedNumber> shared_dates;       ///< days, months and years, likewise
    std::optional<std::chrono::seconds> time_gap; ///< absolute; empty where a date is missing
    std::vector<Contribution> contributions;
};

/// The answer for one pair of articles.
struct Comparison {
    double probability{}; ///< that both tell the same story, calibrated, in [0, 1]
    Relation relation{Relation::unrelated};
    Direction direction{Direction::unknown}; ///< of time; says nothing of who copied from whom
    float similarity{};                      ///< cosine similarity of the two article vectors
    Evidence evidence;
};

/// The index pays later for articles than for vectors: they have more pairs worth comparing.
inline constexpr std::size_t articles_exact_below = 500'000;

/// How a `Comparer` learns what is ordinary in a collection: like a clustering with the same
/// options, see `ClusterOptions`.
struct ComparerOptions {
    std::chrono::seconds time_window{0};
    std::size_t max_neighbours{512};
    std::size_t exact_below{articles_exact_below};
    unsigned threads{0};
    [[nodiscard]] FABULA_EXPORT std::string validate() const; ///< as of `GraphOptions`
};

/// Compares two articles. Symmetric: `compare(a, b)` and `compare(b, a)` give the same probability
/// and relation, with the sides of the evidence swapped. `const` calls are safe from any thread.
class FABULA_EXPORT Comparer {
public:
    /// Judges two articles as if they were alone, or, given the collection that they are from, as
    /// `StoryClusterer` judges them in it: against what is ordinary there (words and names that
    /// many articles have, how near each article is to the others, lines that recur). It is read
    /// here, which takes as long as in clustering, and may go afterwards. An article that differs
    /// from all of its articles in any field is judged as one more.
    /// \throws Error(bad_option)
    explicit Comparer(Model model, std::span<const Article> collection = {},
                      const ComparerOptions& options = {});
    ~Comparer();
    Comparer(Comparer&&) noexcept;
    Comparer& operator=(Comparer&&) noexcept;

    [[nodiscard]] Comparison compare(const Article& first, const Article& second) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

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
    /// or lay under the floor. Range (0, 1).
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
