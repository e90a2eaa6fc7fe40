// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/export.hpp>
#include <fabula/model.hpp>
#include <fabula/scoring.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace fabula::inline v0 {

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
/// and relation, with the sides of the explanation swapped. `const` calls are safe from any thread.
class FABULA_EXPORT Comparer {
public:
    /// Scores two articles as if they were alone, or, given the collection that they are from, as
    /// `StoryClusterer` scores them in it: against what is ordinary there (words and names that
    /// many articles have, how near each article is to the others, lines that recur). It is read
    /// here, which takes as long as in clustering, and may go afterwards. An article that differs
    /// from all of its articles in any field is scored as one more.
    /// \throws Error(bad_option)
    explicit Comparer(Model model, std::span<const Article> collection = {},
                      const ComparerOptions& options = {});
    /// The same with vectors of another encoder, one row an article of the collection, see
    /// `StoryClusterer::cluster`. An article that differs from all of them has no vector.
    /// \throws Error(bad_option); Error(bad_input) where rows or values do not match
    Comparer(Model model, std::span<const Article> collection, const EmbeddingMatrix& vectors,
             const ComparerOptions& options = {});
    ~Comparer();
    Comparer(Comparer&&) noexcept;
    Comparer& operator=(Comparer&&) noexcept;

    [[nodiscard]] Comparison compare(const Article& first, const Article& second) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fabula::inline v0
