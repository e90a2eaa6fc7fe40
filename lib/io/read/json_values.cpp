// SPDX-License-Identifier: Apache-2.0
#include "io/read/json_values.hpp"

#include "io/message.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>

namespace fabula::detail {
namespace {

/// `field_count` for a field that we do not read.
std::size_t field_of(std::string_view name) {
    std::size_t field = 0;
    while (field < field_count && field_names[field] != name)
        ++field;
    return field;
}

void set(Value& value, Value::Kind kind, std::string_view text) {
    value.kind = kind;
    value.text.assign(text);
}

/// Picks our fields out of the parser's events, and remembers where it failed.
class EventReader final : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit EventReader(Values& values) : values_(values) {}

    bool is_object{false};
    std::size_t failed_at{0}; ///< byte, counted from 1
    std::string failure;

    bool null() override {
        if (Value* value = here())
            *value = {};
        return true;
    }
    bool boolean(bool) override { return take(Value::Kind::other, "true or false"); }
    bool number_integer(std::int64_t number) override {
        return take(Value::Kind::number, std::to_string(number));
    }
    bool number_unsigned(std::uint64_t number) override {
        return take(Value::Kind::number, std::to_string(number));
    }
    bool number_float(double, const std::string& digits) override {
        return take(Value::Kind::number, digits);
    }
    bool string(std::string& text) override { return take(Value::Kind::string, text); }
    bool binary(nlohmann::json::binary_t&) override { return true; }

    bool start_object(std::size_t) override {
        if (depth_ == 0)
            is_object = true;
        take(Value::Kind::other, "an object");
        ++depth_;
        return true;
    }
    bool key(std::string& name) override {
        if (depth_ == 1)
            field_ = field_of(name);
        return true;
    }
    bool end_object() override { return end(); }
    bool start_array(std::size_t) override {
        take(Value::Kind::other, "a list");
        ++depth_;
        return true;
    }
    bool end_array() override { return end(); }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::json::exception& error) override {
        failed_at = position;
        failure = error.what();
        return false;
    }

private:
    Value* here() {
        return is_object && depth_ == 1 && field_ < field_count ? &values_[field_] : nullptr;
    }
    bool take(Value::Kind kind, std::string_view text) {
        if (Value* value = here())
            set(*value, kind, text);
        return true;
    }
    bool end() {
        --depth_;
        return true;
    }

    Values& values_;
    std::size_t field_{field_count};
    std::size_t depth_{0};
};

/// "[json.exception.parse_error.101] parse error at line 1, column 9: syntax error while parsing
/// object - unexpected ']'; last read: '...'; expected '}'" without its beginning, and without what
/// was last read, which may be a whole article.
std::string plain_reason(std::string_view what) {
    constexpr std::string_view column = ", column ";
    if (const auto at = what.find(column); at != std::string_view::npos) {
        const auto colon = what.find(": ", at);
        if (colon != std::string_view::npos)
            what.remove_prefix(colon + 2);
    } else if (const auto bracket = what.find("] "); bracket != std::string_view::npos) {
        what.remove_prefix(bracket + 2);
    }
    if (const auto last_read = what.find("; last read"); last_read != std::string_view::npos)
        what = what.substr(0, last_read);
    return shortened(what, 200);
}

} // namespace

QuickResult read_quickly(simdjson::dom::parser& parser, std::string& line, Values& values) {
    // simdjson may read, but does not use, some bytes past the end.
    line.reserve(line.size() + simdjson::SIMDJSON_PADDING);
    simdjson::dom::element root;
    if (parser.parse(line.data(), line.size(), false).get(root) != simdjson::SUCCESS)
        return QuickResult::look_again;
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS)
        return QuickResult::not_an_object;

    for (const auto& [key, element] : object) {
        const std::size_t field = field_of(key);
        if (field == field_count)
            continue;
        Value& value = values[field];
        switch (element.type()) {
        case simdjson::dom::element_type::STRING:
            set(value, Value::Kind::string, element.get_string().value_unsafe());
            break;
        case simdjson::dom::element_type::INT64:
            set(value, Value::Kind::number, std::to_string(element.get_int64().value_unsafe()));
            break;
        case simdjson::dom::element_type::UINT64:
            set(value, Value::Kind::number, std::to_string(element.get_uint64().value_unsafe()));
            break;
        case simdjson::dom::element_type::DOUBLE:
            return QuickResult::look_again; // for its digits as they are written
        case simdjson::dom::element_type::NULL_VALUE:
            value = {};
            break;
        case simdjson::dom::element_type::BOOL:
            set(value, Value::Kind::other, "true or false");
            break;
        case simdjson::dom::element_type::ARRAY:
            set(value, Value::Kind::other, "a list");
            break;
        case simdjson::dom::element_type::OBJECT:
            set(value, Value::Kind::other, "an object");
            break;
        }
    }
    return QuickResult::done;
}

std::size_t column_of(std::string_view name, std::string& line) {
    line.reserve(line.size() + simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::object object;
    if (parser.iterate(line.data(), line.size(), line.capacity()).get(document) ||
        document.get_object().get(object))
        return 0;
    std::size_t column = 0;
    for (auto result : object) {
        simdjson::ondemand::field field;
        std::string_view key;
        if (std::move(result).get(field) || field.unescaped_key().get(key))
            return column;
        if (key == name)
            column =
                static_cast<std::size_t>(field.value().raw_json_token().data() - line.data()) + 1;
    }
    return column;
}

JsonFault no_object(std::string_view line) {
    std::string reason = "one article a line is expected here, as a JSON object in braces";
    if (line.starts_with('['))
        reason += "; a JSON list is taken apart by jq -c '.[]'";
    return {1, std::move(reason)};
}

std::optional<JsonFault> read_thoroughly(const std::string& line, Values& values) {
    EventReader events{values};
    if (!nlohmann::json::sax_parse(line, &events))
        return JsonFault{events.failed_at,
                         "this is not valid JSON: " + plain_reason(events.failure) +
                             "; every line must be one whole JSON object"};
    if (!events.is_object)
        return no_object(line);
    return std::nullopt;
}

} // namespace fabula::detail
