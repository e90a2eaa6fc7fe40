// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/similarity.hpp>

#include <ostream>

namespace program {

/// One side of a comparison.
struct Side {
    fabula::Article article;
    fabula::EmbeddingOutcome outcome;
};

/// The answer and its reasons in words, for someone who has never heard of a cosine.
void explain(std::ostream& out, const Side& first, const Side& second,
             const fabula::Comparison& comparison);

/// The same as one JSON object on one line.
void explain_as_json(std::ostream& out, const Side& first, const Side& second,
                     const fabula::Comparison& comparison);

} // namespace program
