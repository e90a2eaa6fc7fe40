// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/text.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// Tells an article's own words from the furniture of the site it was found on: cookie notices,
/// share buttons, "Read more", comment forms, copyright lines.
///
/// A line is furniture where
/// - it is short and is, or begins with, a phrase of a built-in table (furniture_phrases.hpp), or
/// is
///   a bare web address;
/// - it stands below a heading such as "Related articles" and reads like a headline: short, without
///   a full stop (at most 5 lines);
/// - it was learned: it recurs in at least max(3, 20 %) of the *different* articles of its source.
///
/// Where less than 40 % of the letters would be left, the whole text votes: a brief that consists
/// of nothing but such lines is still an article. `const` calls are safe from any thread.
class FurnitureFilter {
public:
    /// Knows the built-in phrases only: a pure function of the text.
    FurnitureFilter() = default;

    /// Learns in addition the lines of up to 200 code points, and the endings of titles, that recur
    /// within one source. Articles without a source teach nothing. Copies of one report count
    /// once, and an article most of whose letters recur does not count at all, so that a report
    /// printed 2,000 times does not become furniture. Does not depend on the order of `articles`.
    /// Memory: 16 bytes a line of the largest source while learning, 8 bytes a learned line after.
    [[nodiscard]] static FurnitureFilter learn(std::span<const Article> articles);

    /// The ranges of `text` that vote: runs of whole lines with their line breaks, in order; all
    /// of a text without furniture is one range. Empty only for an empty text. Any bytes are legal.
    [[nodiscard]] std::vector<ByteRange> content(std::string_view text,
                                                 std::string_view source) const;

    /// `title` without the publisher's name at its end (" - The Guardian", " | BBC News") where
    /// that is clear: the name is well known, resembles `source`, was learned, or is a short last
    /// part behind a bar. Always a prefix of `title`, empty only where that is.
    [[nodiscard]] std::string_view title(std::string_view title, std::string_view source) const;

private:
    std::vector<std::uint64_t> learned_; ///< hashes of sources, their lines and endings, sorted
};

} // namespace fabula::detail
