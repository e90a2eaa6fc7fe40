// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/comparer.hpp>
#include <fabula/embedding.hpp>
#include <fabula/evaluation.hpp>
#include <fabula/export.hpp>
#include <fabula/story.hpp>

#include <cstddef>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

/// Stories as a page to look at: one HTML file that needs nothing else.
///
/// The page asks for nothing from anywhere, which its Content-Security-Policy enforces: only its
/// own script and style, named by their hashes, run. All that comes from articles is data to it,
/// whatever is written there.

namespace fabula::inline v0 {

/// How a report is made.
struct ReportOptions {
    std::string title{"Stories"}; ///< of the page; any bytes

    /// The file is not larger than this. Titles, times and outlets go first, then the beginnings of
    /// texts, then whole texts and explanations, those of the largest stories first. At least
    /// 200,000.
    std::size_t max_bytes{12'000'000};

    /// Characters of each text that are shown in lists; fewer where they would take more than three
    /// quarters of the file. 0–2000.
    std::size_t lead_characters{300};

    unsigned threads{0}; ///< 0 = one a usable core; the bytes do not depend on it. Range 0–1024

    /// Empty where all is well, else a sentence that names the field and its range.
    [[nodiscard]] FABULA_EXPORT std::string validate() const;
};

/// What a report holds, and so what it had to leave out.
struct ReportContents {
    std::size_t bytes{};
    std::size_t stories{};  ///< the largest; the others are left out
    std::size_t articles{}; ///< of these stories
    std::size_t lead_characters{};
    std::size_t texts{};           ///< whole ones, or their first 20,000 characters
    std::size_t explained_pairs{}; ///< side by side, with what speaks for and against
};

/// Writes the stories as one HTML page: an overview with search and filters, a timeline, a page for
/// each story with its articles, who is near whom, and pairs side by side; and the pairs that
/// nearly joined or nearly parted.
///
/// `clusters` are of these `articles`, made with `ClusterOptions::keep_scored`: without, only
/// strongest links are known, and nothing of what nearly joined. `comparer` explains the pairs; one
/// of these articles and `ClusterOptions::comparer_options` scores as the clustering did. Null =
/// the report has no explanations.
///
/// The same bytes for the same stories, articles and options. Time: that of the comparisons, some
/// milliseconds each, 3,000 at most. Memory: twice the bytes that are written.
/// \throws Error(bad_option); Error(bad_input) where the articles are not as many as were clustered
FABULA_EXPORT ReportContents write_html_report(std::ostream& out, const StoryClusters& clusters,
                                               std::span<const Article> articles,
                                               const Comparer* comparer,
                                               const ReportOptions& options = {});

/// The quality at one value of `ClusterOptions::min_probability`.
struct SweepPoint {
    double min_probability{};
    ClusteringQuality quality;
};

/// One error, and of which stories its two articles truly are.
struct ReportedError {
    /// `article` and `other` are indices into the articles that are given with it.
    Confusion confusion;
    std::string story;       ///< of `Confusion::article`
    std::string other_story; ///< of `Confusion::other`
};

/// What an evaluation has found.
struct EvaluationFindings {
    double min_probability{0.5};               ///< of the clustering that all but the sweep is of
    std::vector<SweepPoint> sweep;             ///< ascending; one of them has `min_probability`
    Calibration by_pair;                       ///< every pair counts the same
    Calibration by_story;                      ///< a pair of a story of n articles counts 1 / n
    std::vector<ReportedError> missed;         ///< the worst first
    std::vector<ReportedError> falsely_joined; ///< the worst first
};

/// Writes an evaluation as one HTML page, of the same kind as `write_html_report`: figures, the
/// sweep as curves, a reliability diagram, and the errors side by side with what speaks for and
/// against.
///
/// `articles` and `outcomes` are of all that were clustered; `comparer` explains. Time: one
/// comparison an error. \throws Error(bad_option); Error(bad_input) where they are not as many, or
/// an error names no article
FABULA_EXPORT void write_html_evaluation(std::ostream& out, const EvaluationFindings& findings,
                                         std::span<const Article> articles,
                                         std::span<const EmbeddingOutcome> outcomes,
                                         const Comparer& comparer,
                                         const ReportOptions& options = {});

} // namespace fabula::inline v0
