// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/io.hpp>
#include <fabula/scoring.hpp>

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace program {

/// One side of a comparison.
using Side = fabula::ComparedArticle;

/// The two articles beside each other, the answer and its reasons in words, for someone who has
/// never heard of a cosine. At most `page` columns wide, 60 or more.
void explain(std::ostream& out, const Side& first, const Side& second,
             const fabula::Comparison& comparison, std::size_t page);

/// The same as one JSON object on one line.
void explain_as_json(std::ostream& out, const Side& first, const Side& second,
                     const fabula::Comparison& comparison);

/// The same as a JSON object, to be part of another.
[[nodiscard]] nlohmann::ordered_json explanation(const Side& first, const Side& second,
                                                 const fabula::Comparison& comparison);

/// A passage of an article; the ranges are the library's, but they are cheap to check.
[[nodiscard]] std::string_view passage(const fabula::Article& article, fabula::ByteRange range);

} // namespace program
