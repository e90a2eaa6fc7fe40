// SPDX-License-Identifier: Apache-2.0
#include "io/pages/plain_text.hpp"

#include "boilerplate/lines.hpp"

#include <fabula/text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace fabula::detail {
namespace {

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

std::size_t count_characters(std::string_view text) {
    return text.size() -
           static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
}

std::size_t count_words(std::string_view line) {
    std::size_t words = 0;
    bool in_word = false;
    for (const char c : line) {
        const bool is_space = c == ' ' || c == '\t';
        words += !is_space && !in_word ? 1 : 0;
        in_word = !is_space;
    }
    return words;
}

bool ends_sentence(std::string_view line) {
    constexpr std::array<std::string_view, 8> ends{".", ".\"", ".”", ".»", "。", "।", "።", "."};
    return std::any_of(ends.begin(), ends.end(),
                       [&](std::string_view end) { return line.ends_with(end); });
}

/// Takes the first line off a text that begins with a letter or so.
std::string_view take_line(std::string_view& content) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    const std::string_view line = trimmed(content.substr(0, end));
    content = trimmed(content.substr(end));
    return line;
}

/// The length of "date", "Published:" and the like at the beginning, with the space behind it.
std::size_t stamp_word(std::string_view content) {
    constexpr std::array<std::string_view, 8> words{"date",  "published", "posted", "updated",
                                                    "datum", "fecha",     "data",   "дата"};
    for (const std::string_view word : words) {
        if (content.size() <= word.size())
            continue;
        std::string start(content.substr(0, word.size()));
        std::transform(start.begin(), start.end(), start.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        std::size_t end = word.size();
        if (start != word)
            continue;
        if (content[end] == ':')
            ++end;
        const std::size_t behind = std::min(content.find_first_not_of(" \t", end), content.size());
        if (behind > word.size())
            return behind;
    }
    return 0;
}

bool is_date(std::string_view written, Record& record) {
    const DateReading date = read_date(written);
    if (date.kind == DateReading::Kind::unreadable)
        return false;
    record.date = date;
    record.written_date = written;
    if (date.kind == DateReading::Kind::read)
        record.article.published = date.time;
    return true;
}

void take_stamp(std::string_view& content, Record& record) {
    std::string_view rest = content;
    const std::string_view line = take_line(rest);
    const std::size_t word = stamp_word(line);
    if (is_date(line.substr(word), record)) {
        content = rest;
        return;
    }
    if (word == 0 || word >= line.size() || line[word] < '0' || line[word] > '9')
        return;
    // "date 2022-03-04 07:40 The meeting": as many words as make a date.
    constexpr int most_words = 3;
    std::size_t end = word;
    std::size_t date_end = 0;
    for (int i = 0; i < most_words && end < line.size(); ++i) {
        end = std::min(line.find_first_of(" \t", end + 1), line.size());
        if (is_date(line.substr(word, end - word), record))
            date_end = end;
    }
    if (date_end > 0) {
        is_date(line.substr(word, date_end - word), record);
        content = trimmed(content.substr(date_end));
    }
}

/// The name of a part of the paper, and not the headline that follows it.
bool is_section(std::string_view line, std::string_view next, std::string_view behind) {
    constexpr std::size_t most_characters = 24;
    constexpr std::size_t most_of_headline = 250;
    const std::size_t characters = count_characters(line);
    const std::size_t of_next = count_characters(next);
    return count_words(line) <= 2 && characters <= most_characters && of_next >= 20 &&
           of_next >= 2 * characters && of_next <= most_of_headline && !ends_sentence(next) &&
           !behind.empty();
}

/// A paragraph that has no headline above it.
bool is_paragraph(std::string_view line) {
    constexpr std::size_t least = 100;
    constexpr std::size_t most_of_headline = 250;
    const std::size_t characters = count_characters(line);
    return characters > most_of_headline || (characters > least && ends_sentence(line));
}

void split(std::string_view content, bool is_markdown, Record& record) {
    std::string_view rest = trimmed(content);
    take_stamp(rest, record);
    const std::string_view whole = rest;
    std::string_view first = take_line(rest);
    std::string_view behind = rest;
    const std::string_view second = take_line(behind);
    if (is_section(first, second, behind)) {
        first = second;
        rest = behind;
        take_stamp(rest, record);
    }
    if (rest.empty() || is_paragraph(first)) {
        record.article.text = rest.empty() ? first : whole;
        return;
    }
    if (is_markdown)
        first = trimmed(first.substr(std::min(first.find_first_not_of('#'), first.size())));
    record.article.title = first;
    record.article.text = rest;
}

std::string legal(std::string content, Record& record) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (content.starts_with(byte_order_mark))
        content.erase(0, byte_order_mark.size());
    std::size_t replaced = 0;
    std::string out = repair_utf8(content, &replaced);
    record.repaired = replaced > 0;
    return out;
}

} // namespace

Record text_record(std::string content) {
    Record record;
    split(legal(std::move(content), record), false, record);
    return record;
}

Record markdown_record(std::string content, const FieldNames& names) {
    Record record;
    const std::string whole = legal(std::move(content), record);
    std::string_view rest = trimmed(whole);
    constexpr std::string_view fence = "---";
    const std::size_t end = rest.find("\n---", fence.size());
    if (!rest.starts_with("---\n") || end == std::string_view::npos) {
        split(rest, true, record);
        return record;
    }
    std::string_view front = rest.substr(fence.size(), end - fence.size());
    rest = trimmed(rest.substr(end + 1 + fence.size()));
    Values values;
    for (front = trimmed(front); !front.empty();) {
        const std::string_view line = take_line(front);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0)
            continue;
        const std::string_view name = trimmed(line.substr(0, colon));
        std::string_view value = trimmed(line.substr(colon + 1));
        if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
            value.back() == value.front())
            value = value.substr(1, value.size() - 2);
        offer(values, names.find(name), name, Value::Kind::string, value);
    }
    const bool repaired = record.repaired;
    if (values[title].text.empty()) {
        split(rest, true, record);
        values[title].kind = Value::Kind::string;
        values[title].text = record.article.title;
        rest = record.article.text;
    }
    values[text] = {Value::Kind::string, 0, std::string(rest), {}};
    Record from_fields;
    if (make_record(values, {}, from_fields))
        return record; // what is wrong with the fields is no fault of the text
    from_fields.repaired = repaired;
    return from_fields;
}

} // namespace fabula::detail
