// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boilerplate/learned_hashes.hpp"
#include "text/articles.hpp"

#include <fabula/article.hpp>
#include <fabula/text.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fabula::inline v0 {
class Boilerplate;
}

namespace fabula::detail {

/// Tells an article's own words from the boilerplate of the site it was found on: menus, cookie
/// notices, share buttons, "Read more", comment forms, headlines of other articles, datelines.
///
/// Of the text alone, boilerplate is
/// - a short line that is, or begins with, a phrase of a built-in table (phrases.hpp),
/// or
///   is a bare web address;
/// - a line below a heading such as "Related articles" that reads like a headline: short, without
///   a full stop (at most 5 lines);
/// - the dateline at the beginning, the agency's signature at the end (datelines.hpp).
///
/// Learned, it is
/// - a line that recurs in at least max(3, 20 %) of the *different* articles of its source;
/// - a line that is the headline of another article of the source, maybe behind a few words
///   ("Read also: …"); where that has no title, its first paragraph. An article's own title and
///   first paragraph stay;
/// - a short line that is no sentence, above the first sentence or below the last one, on a page
///   where learned lines stand there too: bylines, dates, links;
/// - in a text whose lines were joined to one: a run of at least six words of which each four in a
///   row recur so, or stand in titles of other articles; and up to six words between two such runs.
///
/// A brief that consists of nothing but such lines is still an article. Where less than 40 % of the
/// letters would be left, the whole text is kept; on pages with learned boilerplate, where the
/// rest is less than a headline (30 columns). `const` calls are safe from any thread.
class BoilerplateFilter {
public:
    /// Knows the built-in phrases only: a pure function of the text.
    BoilerplateFilter() = default;

    /// Knows what others learned: `learned` of one, or of several that learned different sources.
    explicit BoilerplateFilter(std::span<const std::uint64_t> learned) { learned_.add(learned); }
    [[nodiscard]] static const BoilerplateFilter& of(const Boilerplate& boilerplate);

    /// Learns in addition the lines of up to 200 code points, and the endings of titles, that recur
    /// within one source. Articles without a source are learned from together: a line has to recur
    /// in 6 different ones, a sentence in 12. Copies of one report count once, and an article most
    /// of whose sentences recur does not count at all, so that a report printed 2,000 times does
    /// not become boilerplate. Does not depend on the order of `articles`.
    /// `threads` = 0: one a core. Time: linear but for sorting; of one source 2,000 articles are
    /// looked at, without a source 10,000. Memory: while learning 16 bytes a line, or a word of
    /// 400, of the source's articles looked at; after it 8 bytes a learned line and 8 a title (8 a
    /// word of it where texts come in one line).
    [[nodiscard]] static BoilerplateFilter learn(const Articles& articles, unsigned threads = 0);

    /// The ranges of `text` that are kept, in order; all of a text without boilerplate is one
    /// range. Empty only for an empty text. Any bytes are legal. `title` is the article's own.
    [[nodiscard]] std::vector<ByteRange> content(std::string_view text, std::string_view source,
                                                 std::string_view title = {}) const;

    /// Of the part of its text that is looked at.
    [[nodiscard]] std::vector<ByteRange> content(const Article& article) const {
        return content(looked_at(article.text), article.source, article.title);
    }

    /// `title` without the publisher's name at its end (" - The Guardian", " | BBC News") where
    /// that is clear: the name is well known, resembles `source`, was learned, or is a short last
    /// part behind a bar. Always a prefix of `title`, empty only where that is.
    [[nodiscard]] std::string_view title(std::string_view title, std::string_view source) const;

    [[nodiscard]] const LearnedHashes& learned() const { return learned_; }

private:
    LearnedHashes learned_; ///< see `Part` in keys.hpp
};

} // namespace fabula::detail
