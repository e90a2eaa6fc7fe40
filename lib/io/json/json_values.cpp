// SPDX-License-Identifier: Apache-2.0
#include "io/json/json_values.hpp"

#include "io/json/nested_text.hpp"
#include "io/message.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace fabula::detail {
namespace {

/// Offers a value that may be of the wrong type. One that goes by its own name is a fault then, and
/// one of another name is as good as not there.
void offer_other(Values& values, NamedField as, std::string_view name, std::string_view what) {
    if (as.rank == 0)
        offer(values, as, name, Value::Kind::other, what);
}

void offer_number(Values& values, NamedField as, std::string_view name, std::string_view digits) {
    if (as.rank == 0 || as.field == id || as.field == published)
        offer(values, as, name, Value::Kind::number, digits);
}

/// Names of what holds an article's fields in an object of its own: of Elasticsearch, of JSON:API,
/// of GraphQL, of the Guardian and Airtable.
bool holds_fields(std::string_view name) {
    return name == "_source" || name == "attributes" || name == "node" || name == "fields";
}

/// Picks our fields out of the parser's events, and remembers where it failed.
class EventReader final : public nlohmann::json_sax<nlohmann::json> {
public:
    EventReader(const FieldNames& names, Values& values) : names_(names), values_(values) {}

    bool is_object{false};
    bool number_is_too_large{false};
    std::size_t failed_at{0}; ///< byte, counted from 1
    std::string failure;

    bool null() override {
        if (is_here())
            offer_nothing(values_, as_);
        return true;
    }
    bool boolean(bool) override { return other("true or false"); }
    bool number_integer(std::int64_t number) override { return number_of(std::to_string(number)); }
    bool number_unsigned(std::uint64_t number) override {
        return number_of(std::to_string(number));
    }
    bool number_float(double, const std::string& digits) override { return number_of(digits); }
    bool string(std::string& text) override {
        if (is_here())
            offer(values_, as_, name_, Value::Kind::string, text);
        else if (is_nested_)
            nested_.string(text);
        return true;
    }
    bool binary(nlohmann::json::binary_t&) override { return true; }

    bool start_object(std::size_t) override {
        if (depth_ == 0)
            is_object = true;
        return start(false);
    }
    bool key(std::string& name) override {
        if (depth_ == level_ && !is_nested_) {
            as_ = names_.find(name);
            name_ = name;
        } else if (is_nested_) {
            nested_.key(name);
        }
        return true;
    }
    bool end_object() override { return end("an object"); }
    bool start_array(std::size_t) override { return start(true); }
    bool end_array() override { return end("a list"); }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::json::exception& error) override {
        constexpr int out_of_range = 406;
        failed_at = position;
        failure = error.what();
        number_is_too_large = error.id == out_of_range;
        return false;
    }

private:
    bool is_here() const { return is_object && depth_ == level_ && as_.field != field_count; }
    bool other(std::string_view what) {
        if (is_here())
            offer_other(values_, as_, name_, what);
        else if (is_nested_)
            nested_.other();
        return true;
    }
    bool number_of(std::string_view digits) {
        if (is_here())
            offer_number(values_, as_, name_, digits);
        else if (is_nested_)
            nested_.number(digits);
        return true;
    }
    bool start(bool is_list) {
        if (is_nested_) {
            nested_.open();
        } else if (!is_list && depth_ == 1 && level_ == 1 && holds_fields(name_)) {
            level_ = 2;
            as_ = {};
        } else if (is_here() && NestedText::is_looked_into(as_)) {
            is_nested_ = true;
            nested_.begin(as_, is_list);
        }
        ++depth_;
        return true;
    }
    bool end(std::string_view what) {
        --depth_;
        if (depth_ < level_) {
            level_ = 1;
            as_ = {};
        }
        if (depth_ > level_ && is_nested_)
            nested_.close();
        if (!is_here())
            return true;
        if (is_nested_ && !nested_.text().empty())
            offer(values_, as_, name_, Value::Kind::string, nested_.text());
        else if (is_nested_ && nested_.is_nothing())
            offer_nothing(values_, as_);
        else
            offer_other(values_, as_, name_, what);
        is_nested_ = false;
        return true;
    }

    const FieldNames& names_;
    Values& values_;
    NamedField as_;
    std::string name_;
    std::size_t depth_{0};
    std::size_t level_{1}; ///< of the article's fields
    bool is_nested_{false};
    NestedText nested_;
};

/// Of a whole number.
std::string digits_of(simdjson::dom::element element) {
    std::int64_t number = 0;
    if (element.get(number) == simdjson::SUCCESS)
        return std::to_string(number);
    std::uint64_t large = 0;
    return element.get(large) == simdjson::SUCCESS ? std::to_string(large) : std::string{};
}

/// One element of the field's value; what is deeper than in an object in a list is passed over.
void read_nested(NestedText& nested, simdjson::dom::element element) {
    std::string_view string;
    simdjson::dom::array list;
    simdjson::dom::object object;
    if (element.get(string) == simdjson::SUCCESS) {
        nested.string(string);
    } else if (element.is_int64() || element.is_uint64()) {
        nested.number(digits_of(element));
    } else if (element.get(list) == simdjson::SUCCESS) {
        nested.open();
        nested.close();
    } else if (element.get(object) == simdjson::SUCCESS) {
        nested.open();
        for (const auto& [key, inner] : object) {
            nested.key(key);
            if (inner.get(string) == simdjson::SUCCESS)
                nested.string(string);
            else if (inner.is_int64() || inner.is_uint64())
                nested.number(digits_of(inner));
        }
        nested.close();
    } else if (!element.is_null()) {
        nested.other();
    }
}

void offer_nested(Values& values, NamedField as, std::string_view name,
                  simdjson::dom::element element) {
    simdjson::dom::array list;
    simdjson::dom::object object;
    const bool is_list = element.get(list) == simdjson::SUCCESS;
    if (!is_list && element.get(object) != simdjson::SUCCESS)
        return;
    NestedText nested;
    if (NestedText::is_looked_into(as)) {
        nested.begin(as, is_list);
        if (is_list) {
            for (const simdjson::dom::element inner : list)
                read_nested(nested, inner);
        } else {
            for (const auto& [key, inner] : object) {
                nested.key(key);
                read_nested(nested, inner);
            }
        }
    }
    if (!nested.text().empty())
        offer(values, as, name, Value::Kind::string, nested.text());
    else if (nested.is_nothing())
        offer_nothing(values, as);
    else
        offer_other(values, as, name, is_list ? "a list" : "an object");
}

/// False where the slow reader has to look: at the digits of a number as they are written.
bool offer_fields(simdjson::dom::object object, const FieldNames& names, Values& values,
                  bool is_outermost) {
    simdjson::dom::object inner;
    for (const auto& [key, element] : object) {
        if (is_outermost && holds_fields(key) && element.get(inner) == simdjson::SUCCESS) {
            if (!offer_fields(inner, names, values, false))
                return false;
            continue;
        }
        const NamedField as = names.find(key);
        if (as.field == field_count)
            continue;
        switch (element.type()) {
        case simdjson::dom::element_type::STRING:
            offer(values, as, key, Value::Kind::string, element.get_string().value_unsafe());
            break;
        case simdjson::dom::element_type::INT64:
        case simdjson::dom::element_type::UINT64:
            offer_number(values, as, key, digits_of(element));
            break;
        case simdjson::dom::element_type::DOUBLE:
            return false; // for its digits as they are written
        case simdjson::dom::element_type::NULL_VALUE:
            offer_nothing(values, as);
            break;
        case simdjson::dom::element_type::BOOL:
            offer_other(values, as, key, "true or false");
            break;
        case simdjson::dom::element_type::ARRAY:
        case simdjson::dom::element_type::OBJECT:
            offer_nested(values, as, key, element);
            break;
        }
    }
    return true;
}

/// Cuts the exponents off numbers, and what no double holds: "1e400" is "1    " then. The length
/// stays, so that columns stay right.
void cut_numbers(std::string& json) {
    constexpr std::size_t most_digits = 300;
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_string && c == '\\') {
            ++i;
        } else if (c == '"') {
            in_string = !in_string;
        } else if (!in_string && (c == '-' || (c >= '0' && c <= '9'))) {
            const std::size_t end =
                std::min(json.find_first_not_of("+-.0123456789eE", i), json.size());
            std::size_t cut = std::min(json.find_first_of("eE", i), end);
            cut = std::min(cut, i + most_digits);
            if (cut < end && json[cut - 1] == '.')
                --cut;
            std::fill(json.begin() + static_cast<std::ptrdiff_t>(cut),
                      json.begin() + static_cast<std::ptrdiff_t>(end), ' ');
            i = end - 1;
        }
    }
}

/// Python and others write NaN, Infinity and -Infinity, which no JSON has, for what is not there:
/// null. False where there is none.
bool replace_not_numbers(std::string& json) {
    constexpr std::array<std::string_view, 3> not_numbers{"NaN", "Infinity", "-Infinity"};
    std::string out;
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string_view rest = std::string_view(json).substr(i);
        const auto found =
            in_string ? not_numbers.end()
                      : std::find_if(not_numbers.begin(), not_numbers.end(),
                                     [&](std::string_view one) { return rest.starts_with(one); });
        if (found != not_numbers.end()) {
            out += "null";
            i += found->size() - 1;
            continue;
        }
        if (json[i] == '"')
            in_string = !in_string;
        out += json[i];
        if (in_string && json[i] == '\\' && i + 1 < json.size())
            out += json[++i];
    }
    const bool is_changed = out != json;
    json = std::move(out);
    return is_changed;
}

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

QuickResult read_quickly(simdjson::dom::parser& parser, const FieldNames& names, std::string& line,
                         Values& values) {
    // simdjson may read, but does not use, some bytes past the end.
    line.reserve(line.size() + simdjson::SIMDJSON_PADDING);
    simdjson::dom::element root;
    if (parser.parse(line.data(), line.size(), false).get(root) != simdjson::SUCCESS)
        return QuickResult::look_again;
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS)
        return QuickResult::not_an_object;

    return offer_fields(object, names, values, true) ? QuickResult::done : QuickResult::look_again;
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

std::string listed_names(simdjson::dom::parser& parser, std::string& line) {
    constexpr std::size_t most_shown = 12;
    line.reserve(line.size() + simdjson::SIMDJSON_PADDING);
    simdjson::dom::object object;
    if (parser.parse(line.data(), line.size(), false).get(object) != simdjson::SUCCESS)
        return {};
    std::string list;
    std::size_t count = 0;
    for (const auto& [key, element] : object) {
        if (count++ == most_shown)
            return list + ", …";
        list += (list.empty() ? "\"" : ", \"") + shortened(key, 30) + '"';
    }
    return list;
}

std::optional<JsonFault> read_thoroughly(const FieldNames& names, std::string& line,
                                         Values& values) {
    values = {};
    EventReader events{names, values};
    if (!nlohmann::json::sax_parse(line, &events)) {
        if (events.number_is_too_large) {
            cut_numbers(line);
            return read_thoroughly(names, line, values); // now they are small
        }
        if (replace_not_numbers(line))
            return read_thoroughly(names, line, values);
        return JsonFault{events.failed_at,
                         "this is not valid JSON: " + plain_reason(events.failure) +
                             "; every line must be one whole JSON object"};
    }
    if (!events.is_object)
        return no_object(line);
    return std::nullopt;
}

} // namespace fabula::detail
