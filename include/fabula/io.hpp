// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/story.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fabula {

/// One input line that was left out because `ReadOptions::skip_bad_lines` was set.
struct BadLine {
    std::string file;
    std::size_t line{};   ///< counted from 1
    std::size_t column{}; ///< in bytes, counted from 1; 0 where it makes no sense
    std::string reason;   ///< a sentence
};

struct ReadOptions {
    /// Go on after a line that cannot be understood and list it in `ArticleSet::bad_lines`;
    /// otherwise it is an error.
    bool skip_bad_lines{false};
    /// Remember the gold `story` field of each article in `ArticleSet::gold_stories`.
    bool gold_stories{false};
};

/// Articles as read, in the order of the input.
struct ArticleSet {
    std::vector<Article> articles;
    std::vector<std::string> gold_stories; ///< one an article, if asked for; empty = not labelled
    std::vector<BadLine> bad_lines;
};

/// Reads JSON Lines: an object a line with `id` (string or number), `text`, and optional `title`,
/// `language`, `published` (ISO 8601), `source`; other fields are passed over, blank lines too. A
/// line without `id` gets "line-N". `name` stands for the stream in messages. \throws Error
/// (bad_input, duplicate_id) naming file, line and column
[[nodiscard]] ArticleSet read_json_lines(std::istream& in, const std::string& name,
                                         const ReadOptions& options = {});

/// Reads every `*.txt` of a folder in the order of their names: id = name without extension, title
/// = first line, text = the rest (all of it where there is only one line).
[[nodiscard]] ArticleSet read_text_folder(const std::filesystem::path& folder,
                                          const ReadOptions& options = {});

/// One text file as an article, as in `read_text_folder`.
[[nodiscard]] Article read_text_file(const std::filesystem::path& file);

/// A file (JSON Lines; `.txt` = one article), a folder of `.txt`, or "-" for standard input; ids
/// must be unique over all of them. \throws Error
[[nodiscard]] ArticleSet read_articles(std::span<const std::string> inputs,
                                       const ReadOptions& options = {});

/// Seconds since 1970 of an ISO 8601 date ("2026-03-04") or date and time with optional fraction
/// and zone ("2026-03-04T07:40:00.5+01:00"; none = UTC). Empty where it is not one.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_time(std::string_view iso8601);

/// "2026-03-04T07:40:00Z".
[[nodiscard]] std::string format_time(std::chrono::sys_seconds time);

/// One story a line, as JSON; the fields are described in README.
void write_json_lines(std::ostream& out, const StoryClusters& clusters,
                      std::span<const Article> articles);

/// A table for eyes: one story a paragraph, members indented.
void write_table(std::ostream& out, const StoryClusters& clusters,
                 std::span<const Article> articles);

/// NumPy `.npy` version 1.0, little-endian float32, C order, shape (rows, dimension).
/// \throws Error(unreadable) naming the file
void write_npy(const std::filesystem::path& file, const EmbeddingMatrix& matrix);

} // namespace fabula
