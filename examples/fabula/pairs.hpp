// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Files of labelled pairs: two ids of articles a line, and what is known of the two.
namespace program {

/// What a label must be, such as grade>=0.
struct LabelCondition {
    enum class Relation { equal, at_least, at_most, above, below };

    std::string column;
    Relation relation{Relation::equal};
    double number{};

    [[nodiscard]] bool holds(double label) const;
};

/// `option` is named where the text is wrong. \throws UsageError
[[nodiscard]] LabelCondition parse_condition(const std::string& option, const std::string& text);

/// Which pairs are of one story, and which are not.
struct PairLabelling {
    /// Empty: the only column after the ids must be 1.
    std::optional<LabelCondition> positive;
    std::optional<LabelCondition> negative; ///< empty: all that are not positive
};

/// Two articles, by their places in the input.
struct ArticlePair {
    std::size_t first{};
    std::size_t second{};
    bool same_story{};
};

struct PairSet {
    std::vector<ArticlePair> pairs; ///< in the order of the file
    std::size_t passed_over{};      ///< pairs that are neither positive nor negative
};

/// Reads lines of columns between tabs: two ids, then labels; the first line has the names of the
/// columns. Blank lines, a byte order mark and the CR of a CR LF are passed over. \throws
/// fabula::Error with file, line and value; UsageError where a column that the labelling names, or
/// needs, is not there
[[nodiscard]] PairSet read_pairs(const std::string& file, const PairLabelling& labelling,
                                 std::span<const fabula::Article> articles);

} // namespace program
