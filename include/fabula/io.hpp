// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/export.hpp>
#include <fabula/input.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>
#include <fabula/stream.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Stories out, comparisons and events too, and what goes in besides articles (`input.hpp`): NumPy
/// arrays and times.
///
/// What is written is always valid: strings that leave here are legal UTF-8, whatever came in.

namespace fabula::inline v0 {

/// A two-dimensional NumPy array of float32 or float64 (which is rounded), little-endian, in C
/// order, as `numpy.save` writes it: for vectors of other encoders, one row an article. \throws
/// Error(file_not_found, unreadable, bad_input) with the file and what is wrong with it
[[nodiscard]] FABULA_EXPORT EmbeddingMatrix read_npy(const std::filesystem::path& file);

/// Seconds since 1970 of an ISO 8601 date ("2026-03-04", meaning its first second) or date and time
/// with optional seconds, fraction (cut off) and zone ("2026-03-04T07:40:00.5+01:00"; none = UTC;
/// a space may stand for the T). Empty where it is not one, not a real date, or a time that is not
/// of the years 0001 to 9999 by UTC.
[[nodiscard]] FABULA_EXPORT std::optional<std::chrono::sys_seconds>
parse_time(std::string_view iso8601);

/// "2026-03-04T07:40:00Z": what `parse_time` reads back to the same second, in the years 0001 to
/// 9999; what is outside of them is written with more digits or a sign, and not read back.
[[nodiscard]] FABULA_EXPORT std::string format_time(std::chrono::sys_seconds time);

/// One story a line, as JSON; `articles` are those that were clustered, in the same order.
/// Probabilities and cohesion are rounded to four decimals, times are as `format_time` writes them.
///
/// | field | what |
/// |---|---|
/// | id | `Story::id` |
/// | title, language | of the representative |
/// | titles | one an object {language, title, id of the article} for each language with a title |
/// | languages | of the articles, most frequent first |
/// | size, sources | number of articles, of distinct outlets (0 = none named) |
/// | representative | id of the most central report |
/// | articles | one an object {id, language, relation and probability to the representative,
/// |   strongest: {id, probability} of the likeliest other article, or null; status if not ok} |
/// | key_terms | what the reports share and other stories lack |
/// | first_published, last_published | null where no article has a time |
/// | earliest | id of the report published before all others, or null |
/// | follows | the earlier story of the same affair, {id, probability, article and its_article: ids
/// |   of the likeliest pair of reports, names}, or null; see `Story::follows` |
/// | cohesion | `Story::cohesion` |
/// | status | of the representative, if not ok |
///
/// Where `reasons` are given, one an article (see `explain_links`), each article that has one gets
/// `because`: {id of the strongest link, probability, relation, direction; of the shared_terms,
/// shared_numbers, shared_dates and differences the first five each, as {first, second}; of the
/// contributions the three that count most, as {name, log_odds}}. "First" is the article, "second"
/// the other. \throws Error(bad_input) where they are not as many
FABULA_EXPORT void write_json_lines(std::ostream& out, const StoryClusters& clusters,
                                    std::span<const Article> articles,
                                    std::span<const std::optional<Comparison>> reasons = {});

/// Whether a table is written with ANSI escapes, for a terminal.
enum class TableColour { none, ansi };

/// A table for eyes: one story a paragraph, members indented, the reasons, where given, below each
/// in a line or two. Not meant to be parsed.
/// \throws Error(bad_input) as above
FABULA_EXPORT void write_table(std::ostream& out, const StoryClusters& clusters,
                               std::span<const Article> articles,
                               std::span<const std::optional<Comparison>> reasons = {},
                               TableColour colour = TableColour::none);

/// For spreadsheets and data frames: CSV (RFC 4180, UTF-8, a header) with one row an article, those
/// of a story together: story, story_title, story_size, article, title, language, source,
/// published, relation and probability (to the representative), representative (1 or 0), strongest
/// and strongest_probability (empty where there is none), status. A text that a spreadsheet would
/// take for a formula (one that begins with = + - @ or a tab) has an apostrophe before it.
/// \throws Error(bad_input) as above
FABULA_EXPORT void write_csv(std::ostream& out, const StoryClusters& clusters,
                             std::span<const Article> articles);

/// For Gephi, networkx and their like: GraphML 1.0, an undirected graph of articles. A node has
/// article (id), title, language, source, published, story, story_title and representative; an edge
/// has probability, weight (the same), same_story and, where it is to the representative of the
/// story of both, relation. The edges are `StoryClusters::scored`, and all strongest links and
/// those to representatives, each pair once. \throws Error(bad_input) as above
FABULA_EXPORT void write_graphml(std::ostream& out, const StoryClusters& clusters,
                                 std::span<const Article> articles);

/// One side of a comparison, and what was found out about its language.
struct ComparedArticle {
    Article article;
    EmbeddingOutcome outcome; ///< see `Embedder::embed`
};

/// A comparison as one JSON object on a line: first and second ({id, title, language, source,
/// published; status if not ok}), probability, relation (null where it is empty), direction,
/// similarity, and the explanation with its passages, shared_terms, shared_numbers, shared_dates,
/// only_first, only_second, differences, time_gap_seconds and contributions. Figures are rounded to
/// four decimals.
FABULA_EXPORT void write_json(std::ostream& out, const Comparison& comparison,
                              const ComparedArticle& first, const ComparedArticle& second);

/// What happened to the stories of a stream, one event a line: {event, story; other, articles,
/// title where the event has them}.
FABULA_EXPORT void write_json_lines(std::ostream& out, std::span<const StreamEvent> events);

/// The stories of a stream, one a line: {story (its number), title, languages, size, sources,
/// representative, articles (ids), first_published, last_published}.
FABULA_EXPORT void write_json_lines(std::ostream& out, std::span<const StreamStory> stories);

/// NumPy `.npy` version 1.0, little-endian float32, C order, shape (rows, dimension). Written as by
/// `write_file`. \throws Error(unwritable) naming the file
FABULA_EXPORT void write_npy(const std::filesystem::path& file, const EmbeddingMatrix& matrix);

/// Writes a file whole or not at all: `write` fills a temporary file beside it, which is on the
/// disk before it takes its place, so that a failure (a full disk, an exception from `write`, no
/// more power) leaves an older file as it was. The new one has the permissions of the older one;
/// where `file` is a symbolic link, the file that it points at is replaced. Safe for several
/// threads or processes that write one file: that of one of them remains. What is not a regular
/// file, such as a pipe, is written directly.
/// \throws Error(unwritable) naming the file and the system's reason
FABULA_EXPORT void write_file(const std::filesystem::path& file,
                              const std::function<void(std::ostream&)>& write);

} // namespace fabula::inline v0
