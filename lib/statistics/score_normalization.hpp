// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/lexical_features.hpp"
#include "statistics/sums/collection_statistics.hpp"
#include "statistics/sums/document_frequency.hpp"
#include "statistics/sums/vector_moments.hpp"

#include <fabula/embedding.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace fabula::detail {

/// Where the cosines of one article with the others of its collection lie.
struct CosineDistribution {
    float mean{};
    float deviation{0.1F}; ///< standard deviation, above 0
};

/// What is ordinary in a collection, so that only what is not speaks for one story. In a collection
/// about aircraft makers every article is near every other, and "Boeing" tells nothing; in the
/// world's news of a day the same cosine and the same word tell much.
///
/// Learned are
/// - the mean and the second moments of the article vectors. Both are drawn towards those of the
///   model (zero, isotropic) as n / (n + 30) for n stories. `transform` takes the mean away and
///   divides by a quarter power of the moments: shared directions shrink, without being lost, since
///   in a collection with one large story they are that story's own;
/// - for each article the mean and the deviation of its cosines with the others (both from the
///   moments: no pair is looked at, and the others count by their length against the usual one, as
///   sums cannot make each a unit vector), by which `s_norm` puts the cosines of dense and of
///   sparse regions' articles on one scale (S-norm: Shum, Dehak, Dehak, Glass, "Unsupervised
///   speaker adaptation based on the cosine similarity for text-independent speaker verification",
///   2010);
/// - how many articles have each term. A term that all have weighs nothing; see `weigh`.
///
/// Without a collection (the default) all of this is the model's: articles are scored as if they
/// were alone. All of it follows from sums of whole numbers, and so does not depend on the order of
/// the articles, nor on how the sums were put together. Memory: see `TermSums`.
class ScoreNormalization {
public:
    /// Learns from the articles at `members` (positions in `vectors` and `lexical`), each of which
    /// counts `document_weights[member]`, see `document_weights`: everything below is counted in
    /// stories rather than articles. The weights of the terms must be as extracted. `threads` = 0:
    /// one a core; `eviction`: see `Eviction`.
    [[nodiscard]] static ScoreNormalization learn(const EmbeddingMatrix& vectors,
                                                  std::span<const LexicalFeatures> lexical,
                                                  std::span<const std::uint32_t> members,
                                                  std::span<const double> document_weights,
                                                  unsigned threads, const Eviction& eviction = {});

    /// Without a collection.
    ScoreNormalization() = default;
    /// Of the sums over a collection: the moments of its vectors, the stories that its terms are
    /// counted over, and the stories that have each term.
    ScoreNormalization(const VectorMoments& moments, double stories, TermSums story_frequency);
    /// Of the sums of a bucket.
    explicit ScoreNormalization(const StatisticsBucket& sums);

    /// The vector as the collection sees it, of unit length; zero stays zero.
    void transform(std::span<const float> vector, std::span<float> out) const;
    /// All rows of a matrix.
    [[nodiscard]] EmbeddingMatrix transform(const EmbeddingMatrix& vectors, unsigned threads) const;

    /// Of an article, by its vector and its own document weight in these sums.
    [[nodiscard]] CosineDistribution distribution(std::span<const float> vector, double own) const;

    /// Multiplies the weights of the article's terms, once, by how much they tell here:
    ///
    ///     1 − s + s × (ln((n + 1) / (df − own + 1/2)) / ln(2 n + 2))²,    s = n / (n + 3)
    ///
    /// where df of n articles have the term, this one included: from the inverse document frequency
    /// (Spärck Jones 1972), 1 for a term that no other article has, 0 for one that all have.
    void weigh(LexicalFeatures& article, double own) const;

    /// Stories of the collection that have the term: the document_weights of the articles that do,
    /// 0 where only one article does.
    [[nodiscard]] double story_frequency(std::uint32_t term) const;

private:
    struct Directions;

    double terms_from_{}; ///< articles that the frequencies are counted over
    TermSums story_frequency_;
    std::shared_ptr<const Directions> directions_; ///< null without a collection
};

/// How much nearer two articles are to each other than each is to others: the mean of the two
/// standard scores of their cosine (of transformed vectors), in units of ten deviations. About 0
/// for two articles at random and 0.5 to 1 for reports of one story.
[[nodiscard]] double s_norm(float cosine, const CosineDistribution& a, const CosineDistribution& b);

} // namespace fabula::detail
