// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "news_world.hpp"
#include "story_plan.hpp"

#include <fabula/article.hpp>

#include <chrono>
#include <string>

namespace bench {

/// An article and the story that it truly tells.
struct LabelledArticle {
    fabula::Article article;
    std::string story;
};

/// Writes the articles of a plan, in any order: each is a pure function of its place in the plan,
/// the vocabulary and the seed.
class NewsWriter {
public:
    /// The first language gets a third of what is not a translation, the others less and less.
    NewsWriter(const Vocabulary& vocabulary, std::uint64_t seed);

    /// Without an id.
    [[nodiscard]] LabelledArticle write(const PlannedArticle& planned) const;

private:
    const Vocabulary& vocabulary_;
    std::uint64_t seed_;
    NewsWorld world_;
    Weights languages_;
};

/// One line of JSON with the fields that `fabula::read_json_lines` knows, and a line feed.
[[nodiscard]] std::string json_line(const LabelledArticle& labelled);

} // namespace bench
