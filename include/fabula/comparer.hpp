// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/export.hpp>
#include <fabula/features.hpp>
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
    /// Scores two articles as if they were alone. \throws Error(bad_option)
    explicit Comparer(Model model, const ComparerOptions& options = {});
    /// Scores two articles of a collection as `StoryClusterer` scores them in it: with how far
    /// apart in time its articles are and the lines that recur in it, and, where the model has no
    /// background, against what is ordinary there. It is read here, which takes as long as in
    /// clustering, and may go afterwards. An article that differs from all of its articles in any
    /// field is scored as one more.
    /// \throws Error(bad_option)
    Comparer(Model model, std::span<const Article> collection, const ComparerOptions& options = {});
    /// The same with vectors of another encoder, one row an article of the collection, see
    /// `StoryClusterer::cluster`. An article that differs from all of them has no vector.
    /// \throws Error(bad_option); Error(bad_input) where rows or values do not match
    Comparer(Model model, std::span<const Article> collection, const EmbeddingMatrix& vectors,
             const ComparerOptions& options = {});
    /// The same of the features of a collection, as `StoryClusterer::cluster` scores them.
    /// \throws Error(bad_option, other_model)
    Comparer(Model model, std::span<const ArticleFeatures> collection,
             const ComparerOptions& options = {});
    ~Comparer();
    Comparer(Comparer&&) noexcept;
    Comparer& operator=(Comparer&&) noexcept;

    [[nodiscard]] Comparison compare(const Article& first, const Article& second) const;

    /// The same from features alone: `Explanation` has contributions and the time gap and nothing
    /// that would show a text, the relation is empty where it would take the texts to tell.
    /// \throws Error(other_model) where they were made with another model, or have vectors of
    /// another encoder than the collection
    [[nodiscard]] Comparison compare(const ArticleFeatures& first,
                                     const ArticleFeatures& second) const;

    /// Whether an article tells a story, from its pairs with the story's members: the log-odds, and
    /// each contribution, are the means of theirs, the similarity is that to the sum of their
    /// vectors, the time gap that to the nearest of them. The relation is empty.
    /// \throws the same; Error(bad_input) where the story has no member
    [[nodiscard]] Comparison compare(const ArticleFeatures& article,
                                     std::span<const ArticleFeatures> story) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fabula::inline v0
