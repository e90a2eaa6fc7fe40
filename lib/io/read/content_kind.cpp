// SPDX-License-Identifier: Apache-2.0
#include "io/read/content_kind.hpp"

#include "io/feeds/feeds.hpp"
#include "io/feeds/xml_prolog.hpp"
#include "io/json/json_shape.hpp"
#include "io/tables/table_form.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace fabula::detail {
namespace {

using namespace std::string_view_literals;

std::string_view without_mark(std::string_view start) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (start.starts_with(byte_order_mark))
        start.remove_prefix(byte_order_mark.size());
    start.remove_prefix(std::min(start.find_first_not_of(" \t\r\n"), start.size()));
    return start;
}

template <std::size_t count>
bool is_one_of(const std::array<std::string_view, count>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_text_extension(std::string_view extension) {
    return is_one_of(std::array{".txt"sv, ".md"sv, ".markdown"sv, ".text"sv}, extension);
}

/// Pages that leave <html> out begin with what only pages have.
bool begins_html(std::string_view beginning) {
    constexpr std::size_t looked_at = 15;
    std::string start(beginning.substr(0, looked_at));
    std::transform(start.begin(), start.end(), start.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    constexpr std::array begins{"<!doctype html"sv, "<html"sv,  "<head"sv, "<body"sv,
                                "<article"sv,       "<meta "sv, "<title"sv};
    return std::any_of(begins.begin(), begins.end(),
                       [&](std::string_view one) { return start.starts_with(one); });
}

} // namespace

std::string_view foreign_format(std::string_view start) {
    struct Format {
        std::string_view magic;
        std::string_view sentence;
    };
    static constexpr Format formats[] = {
        {"\xFF\xFE\0\0"sv, "this is UTF-32; convert it to UTF-8 first (iconv -f UTF-32 -t UTF-8)"},
        {"\0\0\xFE\xFF"sv, "this is UTF-32; convert it to UTF-8 first (iconv -f UTF-32 -t UTF-8)"},
        {"\xFF\xFE"sv, "this is UTF-16; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)"},
        {"\xFE\xFF"sv, "this is UTF-16; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)"},
        {"\x1F\x8B"sv, "this is compressed by gzip; pipe it in through zcat"},
        {"\xFD\x37zXZ\0"sv, "this is compressed by xz; pipe it in through xzcat"},
        {"\x28\xB5\x2F\xFD"sv, "this is compressed by zstd; pipe it in through zstdcat"},
        {"BZh"sv, "this is compressed by bzip2; pipe it in through bzcat"},
        {"PK\x03\x04"sv, "this is a zip archive, or a document that is one; unpack it first"},
        {"7z\xBC\xAF\x27\x1C"sv, "this is a 7z archive; unpack it first"},
        {"Rar!\x1A\x07"sv, "this is a rar archive; unpack it first"},
        {"%PDF-"sv, "this is a PDF; take its text out first (pdftotext)"},
        {"PAR1"sv, "this is a Parquet file; write it as JSON Lines first"},
        {"ORC"sv, "this is an ORC file; write it as JSON Lines first"},
        {"ARROW1"sv, "this is an Arrow file; write it as JSON Lines first"},
        {"SQLite format 3\0"sv, "this is an SQLite database; write its table as CSV first"},
        {"\xD0\xCF\x11\xE0"sv, "this is an old Office document; save it as text or CSV first"},
        {"{\\rtf"sv, "this is an RTF document; save it as text first"},
        {"WARC/"sv,
         "this is an archive of pages (WARC); take the articles out first, with trafilatura "
         "or news-please for example"},
        {"Obj\x01"sv, "this is an Avro file; write it as JSON Lines first"},
        {"FEA1"sv, "this is a Feather file; write it as JSON Lines first"},
        {"\x89HDF"sv, "this is an HDF5 file; write its table as CSV first"},
        {"\x04\x22\x4D\x18"sv, "this is compressed by lz4; pipe it in through lz4cat"},
        {"LZIP"sv, "this is compressed by lzip; pipe it in through lzip -dc"},
        {"\x1F\x9D"sv, "this is compressed by compress; pipe it in through zcat"},
        {"-- MySQL dump"sv, "this is a dump of a database; write its table as CSV first"},
        {"-- MariaDB dump"sv, "this is a dump of a database; write its table as CSV first"},
        {"--\n-- PostgreSQL database dump"sv,
         "this is a dump of a database; write its table as CSV "
         "first (\\copy ... csv header)"},
        {"PRAGMA foreign_keys="sv, "this is a dump of a database; write its table as CSV first "
                                   "(sqlite3 -header -csv)"},
        {"\x89PNG"sv, "this is a picture"},
        {"\xFF\xD8\xFF"sv, "this is a picture"},
        {"GIF8"sv, "this is a picture"},
    };
    for (const Format& format : formats) {
        if (start.starts_with(format.magic))
            return format.sentence;
    }
    constexpr std::size_t tar_magic_at = 257;
    if (start.size() > tar_magic_at + 5 && start.substr(tar_magic_at, 5) == "ustar")
        return "this is a tar archive; unpack it, and give the folder";
    return {};
}

ContentKind content_kind(std::string_view start, std::string_view extension,
                         const FieldNames& names) {
    const std::string_view beginning = without_mark(start);
    if (beginning.starts_with(record_separator))
        return ContentKind::json_values;
    if (beginning.starts_with('{') || beginning.starts_with('[')) {
        const bool is_list_of_objects = [&] {
            const std::size_t next = beginning.find_first_not_of(" \t\r\n", 1);
            return next == std::string_view::npos || beginning[next] == '{' ||
                   beginning[next] == ']';
        }();
        const JsonShape shape = json_shape(start, names);
        // A text may begin with "[Reuters]", and what is broken in a text file is text.
        if (!is_text_extension(extension) || (beginning.starts_with('[') && is_list_of_objects) ||
            (beginning.starts_with('{') &&
             beginning.find_first_of("\"}", 1) == beginning.find_first_not_of(" \t\r\n", 1)))
            return shape == JsonShape::wrapped  ? ContentKind::json_wrapped
                   : shape == JsonShape::keyed  ? ContentKind::json_keyed
                   : shape == JsonShape::values ? ContentKind::json_values
                                                : ContentKind::json_lines;
    }
    if (beginning.starts_with('<')) {
        const XmlProlog prolog = xml_prolog(start);
        if (prolog.root == "html" || begins_html(beginning))
            return ContentKind::html;
        if (is_feed(prolog.root) || beginning.starts_with("<?xml") || !prolog.fault.empty())
            return ContentKind::xml;
    }
    if (is_one_of(std::array{".html"sv, ".htm"sv, ".xhtml"sv}, extension))
        return ContentKind::html;
    if (is_one_of(std::array{".xml"sv, ".rss"sv, ".atom"sv, ".rdf"sv}, extension))
        return ContentKind::xml;
    const TableForm table = table_form(start, names);
    if (is_one_of(std::array{".csv"sv, ".tsv"sv}, extension))
        return ContentKind::table;
    if (is_text_extension(extension))
        return table.has_text && table.known_columns > 2 ? ContentKind::table : ContentKind::text;
    return table.has_text && table.columns > 1 ? ContentKind::table : ContentKind::json_lines;
}

} // namespace fabula::detail
