// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/similarity.hpp>

#include <nlohmann/json_fwd.hpp>

#include <ostream>
#include <string>
#include <string_view>

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

/// The same as a JSON object, to be part of another.
[[nodiscard]] nlohmann::ordered_json explanation(const Side& first, const Side& second,
                                                 const fabula::Comparison& comparison);

/// The library's name of what it measures (see `fabula::Contribution`), for those who did not build
/// it.
[[nodiscard]] std::string measurement_in_words(const std::string& name);

/// A passage of an article; the ranges are the library's, but they are cheap to check.
[[nodiscard]] std::string_view passage(const fabula::Article& article, fabula::ByteRange range);

} // namespace program
