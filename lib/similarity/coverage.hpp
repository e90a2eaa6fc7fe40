// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/model_data.hpp"

#include <fabula/embedding.hpp>
#include <fabula/similarity.hpp>

#include <vector>

namespace fabula::detail {

/// How much of one text the other says too: for each sentence the best cosine among the other's
/// sentences, averaged with the sentences' bytes as weights, at least 0. In [0, 1].
struct Coverage {
    double of_first{};
    double of_second{};

    /// Of the one that is covered more: an excerpt is covered by the whole, not the other way.
    [[nodiscard]] double larger() const { return of_first > of_second ? of_first : of_second; }
};

/// Only the first `max_sentences` sentences of each take part.
inline constexpr std::size_t max_sentences = 100;

[[nodiscard]] Coverage sentence_coverage(const SentenceEmbeddings& first,
                                         const SentenceEmbeddings& second);

/// Sentences of the two bodies that are each other's best match, most similar first.
[[nodiscard]] std::vector<Passage> aligned_passages(const SentenceEmbeddings& first,
                                                    const SentenceEmbeddings& second,
                                                    float min_similarity, std::size_t at_most);

/// What two articles that tell the same story are to each other.
class RelationRule {
public:
    explicit RelationRule(const ModelData& model);

    [[nodiscard]] Relation decide(double probability, bool same_language, double term_cosine,
                                  const Coverage& coverage) const;

private:
    double duplicate_terms_;
    double rewrite_coverage_;
    double translation_coverage_;
};

} // namespace fabula::detail
