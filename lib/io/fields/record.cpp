// SPDX-License-Identifier: Apache-2.0
#include "io/fields/record.hpp"

#include "boilerplate/lines.hpp"
#include "io/fields/languages.hpp"
#include "io/markup/html_text.hpp"
#include "io/message.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace fabula::detail {
namespace {

std::string name_of(Field field, const Value& value) {
    return '"' +
           (value.name.empty() ? std::string{field_names[field]} : shortened(value.name, 40)) + '"';
}

RecordFault wrong_type(Field field, const Value& value, std::string_view expected) {
    std::string found = value.text;
    if (value.kind == Value::Kind::string)
        found = "a string";
    else if (value.kind == Value::Kind::number)
        found = "the number " + shortened(value.text, 40);
    else if (field == id || field == title) // pandas, R: {"id": {"0": ...}, "title": {"0": ...}}
        found += "; a table that was written column by column is read if it is written row by row "
                 "(pandas: orient=\"records\")";
    return {field, "the field " + name_of(field, value) + " must be " + std::string{expected} +
                       ", not " + found};
}

std::optional<RecordFault> longer_than_may_be(const Values& values, std::size_t max_text_bytes) {
    constexpr std::size_t max_field_bytes = std::size_t{64} << 10U;
    if (max_text_bytes == 0)
        return std::nullopt;
    for (const Field field : {id, title, text, language, source, story}) {
        const std::size_t bytes = values[field].text.size();
        if (field == text && bytes > max_text_bytes)
            return RecordFault{field, "the text has " + std::to_string(bytes) +
                                          " bytes, more than the " +
                                          std::to_string(max_text_bytes) +
                                          " of max-text-bytes; cut it, or raise that"};
        if (field != text && bytes > max_field_bytes)
            return RecordFault{field, "the field " + name_of(field, values[field]) + " has " +
                                          std::to_string(bytes) + " bytes; cut it to at most " +
                                          std::to_string(max_field_bytes) +
                                          ", or set max-text-bytes to 0"};
    }
    return std::nullopt;
}

/// Moves a string out; false where the value is of another type.
bool take_string(Value& value, std::string& target) {
    if (value.kind == Value::Kind::string)
        target = std::move(value.text);
    return value.kind == Value::Kind::string || value.kind == Value::Kind::absent;
}

/// A title is one line.
void join_lines(std::string& title) {
    if (title.find('\n') != std::string::npos)
        std::replace(title.begin(), title.end(), '\n', ' ');
}

std::optional<RecordFault> take_text(Values& values, Article& article) {
    if (!take_string(values[text], article.text))
        return wrong_type(text, values[text], "a string");
    remove_html(article.text);
    return std::nullopt;
}

/// What programs write for a date or an outlet that is not there.
bool says_nothing(std::string_view value) {
    constexpr std::array<std::string_view, 10> known{"NA",  "N/A", "n/a", "null", "NULL",
                                                     "NaN", "nan", "NaT", "None", "-"};
    return std::find(known.begin(), known.end(), value) != known.end();
}

std::optional<RecordFault> take_date(Value& value, bool strict, Record& record) {
    if (value.kind == Value::Kind::other)
        return wrong_type(published, value, "a date such as \"2026-03-04T07:40:00Z\"");
    if (trimmed(value.text).empty() || says_nothing(value.text))
        return std::nullopt;
    record.written_date = std::move(value.text);
    record.date = read_date(record.written_date);
    if (record.date.kind == DateReading::Kind::read)
        record.article.published = record.date.time;
    else if (strict && record.date.kind == DateReading::Kind::unreadable)
        return RecordFault{published,
                           name_of(published, value) + " is " + in_quotes(record.written_date) +
                               ", which is not a date of the years 0001 to 9999; write it as "
                               "\"2026-03-04\" or \"2026-03-04T07:40:00Z\" (ISO 8601)"};
    return std::nullopt;
}

std::optional<RecordFault> take_language(const Value& value, bool strict, Record& record) {
    std::string& written = record.article.language;
    if (written.empty())
        return std::nullopt;
    std::optional<std::string> tag = language_tag(written);
    if (!tag)
        record.unknown_language = std::exchange(written, {});
    else
        written = std::move(*tag);
    if (!tag && strict)
        return RecordFault{language, name_of(language, value) + " is " +
                                         in_quotes(record.unknown_language) +
                                         ", which is no language; write a tag such as \"en\", or "
                                         "leave it out"};
    return std::nullopt;
}

} // namespace

void offer(Values& values, NamedField as, std::string_view name, Value::Kind kind,
           std::string_view value) {
    if (as.field == field_count)
        return;
    Value& slot = values[as.field];
    if (!slot.gives_way_to(as.rank, kind == Value::Kind::string && value.empty()))
        return;
    slot.kind = kind;
    slot.rank = as.rank;
    slot.text.assign(value);
    if (name == field_names[as.field])
        slot.name.clear();
    else
        slot.name.assign(name);
}

void offer_nothing(Values& values, NamedField as) {
    if (as.field != field_count && values[as.field].rank == as.rank)
        values[as.field] = {};
}

std::string host_of(std::string_view address) {
    const std::size_t scheme = address.find("://");
    if (scheme == std::string_view::npos || scheme > 10)
        return {};
    address.remove_prefix(scheme + 3);
    address = address.substr(0, address.find_first_of("/?#"));
    address = address.substr(address.rfind('@') + 1);
    address = address.substr(0, address.find(':'));
    std::string host(address);
    std::transform(host.begin(), host.end(), host.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (host.starts_with("www.") && host.size() > 4)
        host.erase(0, 4);
    return host;
}

std::optional<RecordFault> make_record(Values& values, const RecordOptions& options,
                                       Record& record) {
    Article& article = record.article;
    if (options.only_text)
        return take_text(values, article);
    if (!options.with_story)
        values[story] = {};
    if (auto fault = longer_than_may_be(values, options.max_text_bytes))
        return fault;
    if (values[text].kind == Value::Kind::absent && values[title].kind == Value::Kind::absent)
        return RecordFault{std::nullopt,
                           "this article has no field \"text\" and no field \"title\""};

    if (values[id].kind == Value::Kind::other)
        return wrong_type(id, values[id], "a string or a number");
    article.id = std::move(values[id].text);
    record.id_is_given = !article.id.empty();

    if (!take_string(values[title], article.title))
        return wrong_type(title, values[title], "a string");
    if (remove_html(article.title))
        join_lines(article.title);
    if (auto fault = take_text(values, article))
        return fault;
    if (!take_string(values[language], article.language))
        return wrong_type(language, values[language], "a string");
    if (auto fault = take_language(values[language], options.strict, record))
        return fault;
    if (!take_string(values[source], article.source))
        return wrong_type(source, values[source], "a string");
    if (says_nothing(article.source))
        article.source.clear();
    if (std::string host = host_of(article.source); !host.empty())
        article.source = std::move(host);
    if (auto fault = take_date(values[published], options.strict, record))
        return fault;

    if (values[story].kind == Value::Kind::other)
        return wrong_type(story, values[story], "a string or a number");
    record.has_story = values[story].kind != Value::Kind::absent;
    record.story = std::move(values[story].text);

    for (std::size_t field = 0; field < field_count; ++field)
        if (values[field].rank > 0 && values[field].kind != Value::Kind::absent)
            record.names[field] = std::move(values[field].name);
    return std::nullopt;
}

} // namespace fabula::detail
