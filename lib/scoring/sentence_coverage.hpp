// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/lexical_features.hpp"
#include "model/lookup/model_data.hpp"

#include <fabula/embedding.hpp>
#include <fabula/scoring.hpp>

#include <vector>

namespace fabula::detail {

/// How much of each text the other says too, in [0, 1]: the cosine of each sentence with its
/// counterpart, on the common scale of all languages, averaged with the sentences' bytes as
/// weights. Counterparts are sentences that are each other's best match; a sentence without one
/// counts 0. Two reports of one event have many sentences for which the other's nearest is near; in
/// two versions of one text nearly every sentence has its own.
struct Coverage {
    double first_aligned{};
    double second_aligned{};
};

/// Only the first `compared_sentences` of each take part. `factor` is that of the two languages,
/// see `LanguageCalibration`.
[[nodiscard]] Coverage sentence_coverage(const SentenceEmbeddings& first,
                                         const SentenceEmbeddings& second, double factor = 1);

/// Sentences of the two bodies that are each other's best match, most similar first.
[[nodiscard]] std::vector<Passage> aligned_passages(const SentenceEmbeddings& first,
                                                    const SentenceEmbeddings& second,
                                                    float min_similarity, std::size_t at_most);

/// What two articles that tell the same story are to each other. They are versions of one text, a
/// rewrite or a translation, where the aligned part of both is large, or that of one is very large:
/// an excerpt or an abridged version stands in the whole, and not the other way.
///
/// Measured by fabula_measure_relations on versions and on independent reports of one event in 48
/// languages: see models/train/measure/RELATIONS.md.
class RelationRule {
public:
    /// Articles of a lower probability are no versions of one text, however much is aligned.
    static constexpr double least_of_versions = 0.5;

    /// Of fewer words, title and text, it cannot be told whether a text is a version of another or
    /// a report of its own: nearly every headline on an event has all that the other has.
    static constexpr std::uint32_t least_words_of_versions = 25;

    explicit RelationRule(const ModelData& model);

    /// The same language and nearly the same words, so that the sentences need no comparison: the
    /// sketches' resemblance is at least "relation.duplicate_resemblance" of the model file
    /// (0.7 where it has none), or one text is the other shortened, to no less than about a third:
    /// its containment is at least "relation.duplicate_containment" (0.9). Two articles of one
    /// template that tell two stories (`probability` below `least_of_versions`, other names or
    /// numbers) are none. Of 1,914 pairs of rewrites and second translations none was taken for a
    /// duplicate, of near-duplicates with 2 % of their words changed 99 % were.
    [[nodiscard]] bool is_duplicate(double probability, const LexicalFeatures& a,
                                    const LexicalFeatures& b) const;

    [[nodiscard]] Relation decide(double probability, const LexicalFeatures& a,
                                  const LexicalFeatures& b, const Coverage& coverage) const;

private:
    double duplicate_resemblance_;
    double duplicate_containment_;
    /// Least aligned part of both texts, and of one of them.
    struct Aligned {
        double both{};
        double one{};
    };
    Aligned rewrite_;
    Aligned translation_;
};

} // namespace fabula::detail
