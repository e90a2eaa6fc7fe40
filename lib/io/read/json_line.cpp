// SPDX-License-Identifier: Apache-2.0
#include "io/read/json_line.hpp"

#include "io/message.hpp"
#include "io/read/json_repair.hpp"

#include <fabula/io.hpp>

#include <array>
#include <utility>

namespace fabula::detail {
namespace {

JsonFault wrong_type(Field field, const Value& value, std::string_view expected) {
    std::string found = value.text;
    if (value.kind == Value::Kind::string)
        found = "a string";
    else if (value.kind == Value::Kind::number)
        found = "the number " + shortened(value.text, 40);
    return {0, "the field \"" + std::string{field_names[field]} + "\" must be " +
                   std::string{expected} + ", not " + found};
}

/// Moves a string into the article; a fault of `field` where it is of another type.
std::optional<Field> take_strings(Values& values, Article& article) {
    const std::array<std::pair<Field, std::string*>, 4> strings{{{title, &article.title},
                                                                 {text, &article.text},
                                                                 {language, &article.language},
                                                                 {source, &article.source}}};
    for (const auto& [field, target] : strings) {
        Value& value = values[field];
        if (value.kind == Value::Kind::string)
            *target = std::move(value.text);
        else if (value.kind != Value::Kind::absent)
            return field;
    }
    return std::nullopt;
}

/// \param at receives the field that is at fault
std::optional<JsonFault> longer_than_may_be(const Values& values, std::size_t max_text_bytes,
                                            Field& at) {
    constexpr std::size_t max_field_bytes = std::size_t{64} << 10U;
    if (max_text_bytes == 0)
        return std::nullopt;
    for (const Field field : {id, title, text, language, source, story}) {
        at = field;
        const std::size_t bytes = values[field].text.size();
        if (field == text && bytes > max_text_bytes)
            return JsonFault{0, "the text has " + std::to_string(bytes) + " bytes, more than the " +
                                    std::to_string(max_text_bytes) +
                                    " of max-text-bytes; cut it, or raise that"};
        if (field != text && bytes > max_field_bytes)
            return JsonFault{0, "the field \"" + std::string{field_names[field]} + "\" has " +
                                    std::to_string(bytes) + " bytes; cut it to at most " +
                                    std::to_string(max_field_bytes) +
                                    ", or set max-text-bytes to 0"};
    }
    return std::nullopt;
}

/// \param at receives the field that is at fault
std::optional<JsonFault> to_article(Values& values, JsonLine& result, Field& at) {
    if (values[text].kind == Value::Kind::absent)
        return JsonFault{1,
                         "this article has no field \"text\"; it may be empty, but must be there"};

    at = id;
    if (values[id].kind == Value::Kind::other)
        return wrong_type(id, values[id], "a string or a number");
    result.article.id = std::move(values[id].text);
    result.id_is_given = !result.article.id.empty();

    if (const auto wrong = take_strings(values, result.article)) {
        at = *wrong;
        return wrong_type(*wrong, values[*wrong], "a string");
    }

    at = published;
    const Value& time = values[published];
    if (time.kind == Value::Kind::number || time.kind == Value::Kind::other)
        return wrong_type(published, time, "a date such as \"2026-03-04T07:40:00Z\"");
    if (!time.text.empty()) {
        result.article.published = parse_time(time.text);
        if (!result.article.published)
            return JsonFault{0, "\"published\" is " + in_quotes(time.text) +
                                    ", which is not a date of the years 0001 to 9999; write it as "
                                    "\"2026-03-04\" or \"2026-03-04T07:40:00Z\" (ISO 8601)"};
    }

    at = story;
    if (values[story].kind == Value::Kind::other)
        return wrong_type(story, values[story], "a string or a number");
    result.has_story = values[story].kind != Value::Kind::absent;
    result.story = std::move(values[story].text);
    return std::nullopt;
}

} // namespace

struct JsonLineReader::State {
    simdjson::dom::parser parser;
};

JsonLineReader::JsonLineReader() : state_(std::make_unique<State>()) {}
JsonLineReader::~JsonLineReader() = default;

std::optional<JsonFault> JsonLineReader::read(std::string& line, const LineOptions& options,
                                              JsonLine& result) {
    result = {};
    Values values;
    switch (read_quickly(state_->parser, line, values)) {
    case QuickResult::done:
        break;
    case QuickResult::not_an_object:
        return no_object(line);
    case QuickResult::look_again:
        values = {};
        result.repaired = repair_json_characters(line);
        if (auto fault = read_thoroughly(line, values))
            return fault;
        break;
    }
    if (!options.with_story)
        values[story] = {};
    Field at{};
    auto fault = longer_than_may_be(values, options.max_text_bytes, at);
    if (!fault)
        fault = to_article(values, result, at);
    if (fault && fault->column == 0)
        fault->column = column_of(field_names[at], line);
    if (line.size() > kept_room)
        state_->parser = simdjson::dom::parser{};
    return fault;
}

} // namespace fabula::detail
