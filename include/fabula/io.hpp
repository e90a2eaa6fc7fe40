// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/export.hpp>
#include <fabula/story.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Articles in, stories out: JSON Lines, folders of text files, NumPy arrays.
///
/// What is read is never trusted, and what is written is always valid: strings that leave here are
/// legal UTF-8, whatever bytes came in.

namespace fabula::inline v0 {

/// One input that was left out because `ReadOptions::skip_bad_lines` was set.
struct BadLine {
    std::string file;     ///< as the caller named it
    std::size_t line{};   ///< counted from 1; 0 where a whole file is meant
    std::size_t column{}; ///< in bytes, counted from 1; 0 where it makes no sense
    std::string reason;   ///< a sentence
};

/// "articles.jsonl:12:37: this is not valid JSON: ...": the form of every message about a place in
/// the input. Parts that are 0 are left out.
[[nodiscard]] FABULA_EXPORT std::string to_string(const BadLine& bad);

struct ReadOptions {
    /// Go on after a line that cannot be understood, a file that cannot be read, or an id that was
    /// there before (the first article keeps it), and list it in `ArticleSet::bad_lines`; otherwise
    /// the first one is an error.
    bool skip_bad_lines{false};

    /// Most bytes of an article's text, as UTF-8; 0 = no limit. One line that went wrong must not
    /// take all memory, of which a text needs many times its bytes: a longer one is a line that
    /// cannot be understood. So is an id, title, language, source or story of more than
    /// 64 KiB, and a line of more than eight times this and 1 MiB, of which no more than that is
    /// ever in memory. Of a text file the whole counts. With 0, none of these limits holds.
    std::size_t max_text_bytes{std::size_t{16} << 20U};

    /// Leave the texts of articles in their JSON Lines file, and fetch them from there when they
    /// are asked for: `Article::text` stays empty, and `ArticleSet::texts` has them. 24 bytes an
    /// article in place of its text. The file must stay as it is: once its size, its time of the
    /// last change or the file by that name is another, texts of it are Error(unreadable). Texts
    /// from standard input and from text files are held in memory, but by `ArticleSet::texts` too.
    bool leave_texts{false};

    /// Remember the gold `story` field of each article in `ArticleSet::gold_stories`.
    bool gold_stories{false};
};

/// Articles as read, in the order of the input.
struct ArticleSet {
    std::vector<Article> articles;
    std::vector<std::string> gold_stories; ///< one an article, if asked for; empty = not labelled
    std::vector<BadLine> bad_lines;        ///< in the order of the input
    std::shared_ptr<const ArticleTexts> texts; ///< null unless they were left where they are
    std::size_t repaired{}; ///< articles that had invalid UTF-8 or half a surrogate pair in them
};

/// Reads JSON Lines, one object a line:
///
///     {"id": "a1", "title": "...", "text": "...", "published": "2026-03-04T07:40:00Z"}
///
/// - `text` (string) must be there; it may be empty.
/// - `id` (string or number) orders ties and names the article in the output. A line without one,
///   or with an empty one, gets "line-N". No two articles may share an id.
/// - `title`, `source` and `language` (strings) are optional; `language` is a BCP-47 tag.
/// - `published` is a string that `parse_time` understands; empty = not known.
/// - `story` (string or number) is the gold label, read only if `options.gold_stories` is set.
/// - null means "not there"; where a field comes twice in one object, the last one counts.
/// - All other fields are passed over, and so are blank lines, a byte order mark and the CR of a
///   CR LF.
///
/// The JSON must be valid with these exceptions, because a line of real data should not be lost for
/// one broken character: invalid UTF-8 becomes U+FFFD (see `repair_utf8`), half a surrogate pair
/// (`\ud83d` alone) too, and control characters inside strings, NUL among them, need no escape.
///
/// `name` stands for the stream in messages. Columns count bytes of the line with invalid UTF-8
/// already replaced. \throws Error(bad_input, duplicate_id, unreadable) with file, line and column
[[nodiscard]] FABULA_EXPORT ArticleSet read_json_lines(std::istream& in, const std::string& name,
                                                       const ReadOptions& options = {});

/// Reads every `*.txt` of a folder (not of folders inside it, nor names that begin with a dot) in
/// the byte order of their names. \throws Error(file_not_found, unreadable)
[[nodiscard]] FABULA_EXPORT ArticleSet read_text_folder(const std::filesystem::path& folder,
                                                        const ReadOptions& options = {});

/// One text file as an article: id = file name without extension, title = first line that is not
/// blank, text = what follows. Where nothing follows, that line is the text and the title is empty.
/// Any bytes are legal; invalid UTF-8 becomes U+FFFD, and `repaired`, where given, receives the
/// number of replacements. \throws Error(file_not_found, unreadable)
[[nodiscard]] FABULA_EXPORT Article read_text_file(const std::filesystem::path& file,
                                                   std::size_t* repaired = nullptr);

/// A two-dimensional NumPy array of float32 or float64 (which is rounded), little-endian, in C
/// order, as `numpy.save` writes it: for vectors of other encoders, one row an article. \throws
/// Error(file_not_found, unreadable, bad_input) with the file and what is wrong with it
[[nodiscard]] FABULA_EXPORT EmbeddingMatrix read_npy(const std::filesystem::path& file);

/// Reads all of `inputs` in their order. Each is a folder of `*.txt`, a `.txt` file (one article),
/// "-" (JSON Lines on standard input), or else a file of JSON Lines. Ids must be unique over all of
/// them; where there are several inputs, a line without `id` gets "INPUT:line-N".
/// \throws Error(file_not_found, unreadable, bad_input, duplicate_id)
[[nodiscard]] FABULA_EXPORT ArticleSet read_articles(std::span<const std::string> inputs,
                                                     const ReadOptions& options = {});

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
/// | cohesion | `Story::cohesion` |
/// | status | of the representative, if not ok |
///
/// Where `reasons` are given, one an article (see `explain_links`), each article that has one gets
/// `because`: {id of the strongest link, probability, relation, direction; of the shared_terms,
/// shared_numbers and shared_dates the first five each, as {first, second}; of the contributions
/// the three that count most, as {name, log_odds}}. "First" is the article, "second" the other.
/// \throws Error(bad_input) where they are not as many
FABULA_EXPORT void write_json_lines(std::ostream& out, const StoryClusters& clusters,
                                    std::span<const Article> articles,
                                    std::span<const std::optional<Comparison>> reasons = {});

/// A table for eyes: one story a paragraph, members indented, the reasons, where given, below each
/// in a line or two. Not meant to be parsed.
/// \throws Error(bad_input) as above
FABULA_EXPORT void write_table(std::ostream& out, const StoryClusters& clusters,
                               std::span<const Article> articles,
                               std::span<const std::optional<Comparison>> reasons = {});

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
