// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bench {

/// Where one article stands in its story.
struct PlannedArticle {
    std::uint32_t story{};
    std::uint32_t report{}; ///< 0 is the first of the story
    std::int64_t seconds{}; ///< after the first second of the stream

    friend bool operator==(const PlannedArticle&, const PlannedArticle&) = default;
};

struct PlanOptions {
    std::size_t articles{10000};
    std::size_t days{30};
    std::uint64_t seed{1};
    /// Zipf's exponent: the r-th largest story has about 1 / r^exponent of the articles of the
    /// largest.
    double exponent{1.1};
};

/// All articles in the order of their times: 16 bytes each, the only memory that grows with their
/// number. No story has more than 0.8 % of the articles (two at least), nor more than 1,500. Each
/// distributions over one to three days, most of it at the start.
[[nodiscard]] std::vector<PlannedArticle> plan_stories(const PlanOptions& options);

/// How a report came to be.
enum class Origin {
    report,      ///< written by someone who was there
    copy,        ///< a near-duplicate of another report
    rewrite,     ///< another report in other words
    translation, ///< another report in another language
};

/// What one article tells, and in which words.
struct Report {
    Origin origin{Origin::report};
    std::uint32_t report{}; ///< the report whose choice of facts it has
    std::uint32_t
        wording{};          ///< the report whose words it has; itself unless it is a near-duplicate
    std::size_t language{}; ///< position in the languages of the stream
    bool is_reworded{};     ///< a rewrite, or made from one
};

class Weights;

/// A pure function of its arguments: so articles can be written in any order. `report` is as in
/// `PlannedArticle`.
[[nodiscard]] Report tell(std::uint64_t story_seed, std::uint32_t report, const Weights& languages);

} // namespace bench
