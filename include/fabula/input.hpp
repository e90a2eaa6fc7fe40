// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/export.hpp>

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <vector>

/// Articles as people have them: lists, tables, feeds, pages, folders, compressed or not.
///
/// What is read is never trusted: strings that come out of here are legal UTF-8, whatever bytes
/// came in; nothing outside of the input is fetched; memory, depth and expansion are bounded.

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

/// Says by which name a field of an article goes in the input: {"text", "body"}.
struct FieldName {
    std::string field; ///< `id`, `title`, `text`, `language`, `source`, `published` or `story`
    std::string name;  ///< as it is written there, in capitals or not
};

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

    /// Leave the texts of articles in their JSON file, and fetch them from there when they
    /// are asked for: `Article::text` stays empty, and `ArticleSet::texts` has them. 24 bytes an
    /// article in place of its text. The file must stay as it is: once its size, its time of the
    /// last change or the file by that name is another, texts of it are Error(unreadable). Texts
    /// from standard input, compressed files and other formats are held in memory, but by
    /// `ArticleSet::texts` too.
    bool leave_texts{false};

    /// The number of the first line, for messages and for ids: of JSON Lines that come in pieces.
    std::size_t first_line{1};

    /// Remember the gold `story` field of each article in `ArticleSet::gold_stories`.
    bool gold_stories{false};

    /// A date that cannot be read and a language that is none are errors, as a bad line is;
    /// otherwise the article has no date, or its language is identified, and a note counts them.
    bool strict{false};

    /// Names of fields that settle which is read; a field that is named here goes by no other name.
    /// Fields that are not go by their usual names, see `read_json_lines`.
    std::vector<FieldName> fields{};
};

/// What should be known about the input and has cost no article.
struct ReadNote {
    enum class Kind {
        field_name,       ///< a field was read from another name than its own
        assumed_zone,     ///< a time without a zone was taken for UTC
        unreadable_date,  ///< the article has no date
        unknown_language, ///< what is given as the language is none; it is identified
        passed_over,      ///< a file of a folder holds no articles, or is of no kind that is read
        no_article,       ///< what stands among articles and is none, such as a package of links
    };
    Kind kind{};
    std::size_t count{};  ///< of articles, or files
    std::string sentence; ///< with that count and the first place
};

/// Articles as read, in the order of the input.
struct ArticleSet {
    std::vector<Article> articles;
    std::vector<std::string> gold_stories; ///< one an article, if asked for; empty = not labelled
    std::vector<BadLine> bad_lines;        ///< in the order of the input; the first 10,000
    std::size_t bad_line_count{};          ///< of all bad lines, listed or not
    std::vector<ReadNote> notes;           ///< one of each kind, or of each name of a field
    std::shared_ptr<const ArticleTexts> texts; ///< null unless they were left where they are
    std::size_t repaired{}; ///< articles that had invalid UTF-8 or half a surrogate pair in them
};

/// Reads JSON Lines, one object a line:
///
///     {"id": "a1", "title": "...", "text": "...", "published": "2026-03-04T07:40:00Z"}
///
/// Each field has a name of its own and others that it usually goes by. Of those that are there,
/// the first of its row counts that is not empty; a name counts in capitals too, and with "_", "-"
/// and spaces or without. That another name than its own was read is in `ArticleSet::notes`.
///
/// - text: body, content, maintext, body_text, article_body, full_text, article_text, content_text,
///   article, document, plaintext, bodies, body_html, content_html, lead_paragraph, description,
///   short_description, summary, excerpt, abstract, snippet
/// - title: headline, headlines, heading, web_title
/// - id: guid, uri, uuid, article_id
/// - language: lang, language_code, lang_code, in_language, meta_lang, locale
/// - source: outlet, publisher, publication, source_name, site_name, media_name, provider,
///   infosources, domain, source_domain, hostname, source_hostname, source_url, url, link,
///   permalink, article_url, web_url, loc
/// - published: published_at, publish_date, date_publish, pub_date, publication_date,
///   date_published, published_date, published_time, web_publication_date, date_time_pub,
///   date_time, date_gmt, date, version_created, first_created, created_at, created, timestamp,
///   seen_date, updated, updated_at, modified, date_modified
///
/// What they hold:
///
/// - `text` or `title` must be there; a title alone is an article (a headline), and a text may be
///   empty. HTML in them becomes text.
/// - `id` (string or number) orders ties and names the article in the output. A line without one,
///   or with an empty one, gets "line-N". No two articles may share an id.
/// - `language` is a BCP-47 tag, an ISO 639 code, or a language's name in English or in itself.
/// - `source`: of an address the host counts, of an object its name.
/// - `published` is any of the usual ways to write a date: ISO 8601 (also week, ordinal and basic
///   dates), RFC 822, 2822 and 9557, seconds to nanoseconds since 1970, 4 March 2026, 04.03.2026,
///   24 février 2026 in any language of CLDR.
///   04/03/2026 where another date of the same file shows whether days or months come first. A
///   month stands for its first second, a time without a zone is UTC.
/// - `story` (string or number) is the gold label, read only if `options.gold_stories` is set.
/// - null means "not there"; where a field comes twice in one object, the last one counts.
/// - All other fields are passed over, and so are blank lines, a byte order mark and the CR of a
///   CR LF.
///
/// The JSON must be valid with these exceptions, because a line of real data should not be lost for
/// one broken character: invalid UTF-8 becomes U+FFFD (see `repair_utf8`), half a surrogate pair
/// (`\ud83d` alone) too, control characters inside strings, NUL among them, need no escape, and
/// numbers may be of any length and size.
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
/// blank, text = what follows. A date at the beginning ("date 2022-03", or a line of its own) is
/// when it was published; a line of one or two words above a headline names a section and is left
/// out; a first line that is a paragraph is no title, and where nothing follows it is the text. Any
/// bytes are legal; invalid UTF-8 becomes U+FFFD, and `repaired`, where given, receives the number
/// of replacements. \throws Error(file_not_found, unreadable)
[[nodiscard]] FABULA_EXPORT Article read_text_file(const std::filesystem::path& file,
                                                   std::size_t* repaired = nullptr);

/// Reads all of `inputs` in their order. Each is a file, a folder, or "-" for standard input. What
/// a file holds is told by its contents: JSON Lines, JSON of other shapes (a list, a list in an
/// object), a table with a header (CSV, TSV), RSS, Atom, NewsML-G2, NITF, XML whose elements
/// have the names of fields, a page of HTML that is marked
/// up as an article, or, where its name ends in .txt or .md, a text; all of these compressed by
/// gzip, zstd, xz or bzip2 or not. Of a folder the files of these kinds are read, with those of the
/// folders in it, in the byte order of their paths; their ids, where they are one article, are
/// their paths without extension. What else is there has a note.
///
/// Ids must be unique over all; where there are several inputs, an article without `id` gets
/// "INPUT:line-N", or "INPUT:article-N" where it is of no line.
/// \throws Error(file_not_found, unreadable, bad_input, duplicate_id, bad_option)
[[nodiscard]] FABULA_EXPORT ArticleSet read_articles(std::span<const std::string> inputs,
                                                     const ReadOptions& options = {});

} // namespace fabula::inline v0
