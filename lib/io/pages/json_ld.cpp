// SPDX-License-Identifier: Apache-2.0
#include "io/pages/json_ld.hpp"

#include <simdjson.h>

#include <cstddef>
#include <string_view>

namespace fabula::detail {
namespace {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;

bool names_article(std::string_view type) {
    return type.ends_with("Article") || type.ends_with("BlogPosting");
}

bool is_article(const Object& object) {
    Element type;
    std::string_view name;
    simdjson::dom::array list;
    if (object["@type"].get(type) != simdjson::SUCCESS)
        return false;
    if (type.get(name) == simdjson::SUCCESS)
        return names_article(name);
    if (type.get(list) == simdjson::SUCCESS)
        for (const Element one : list)
            if (one.get(name) == simdjson::SUCCESS && names_article(name))
                return true;
    return false;
}

/// The string of a field, or the name of the thing that is there, or of the first of several.
std::string_view string_of(const Object& object, std::string_view key) {
    Element value;
    std::string_view string;
    simdjson::dom::array list;
    Object thing;
    if (object[key].get(value) != simdjson::SUCCESS)
        return {};
    if (value.get(list) == simdjson::SUCCESS && list.at(0).get(value) != simdjson::SUCCESS)
        return {};
    if (value.get(thing) == simdjson::SUCCESS && thing["name"].get(value) != simdjson::SUCCESS)
        return {};
    return value.get(string) == simdjson::SUCCESS ? string : std::string_view{};
}

void offer_article(const Object& article, Values& values) {
    const auto take = [&](Field field, std::uint8_t rank, std::string_view key) {
        if (const std::string_view value = string_of(article, key); !value.empty())
            offer(values, {field, rank}, field_names[field], Value::Kind::string, value);
    };
    take(title, 1, "headline");
    take(text, 0, "articleBody");
    take(text, 8, "description");
    take(published, 0, "datePublished");
    take(published, 3, "dateModified");
    take(language, 0, "inLanguage");
    take(source, 1, "publisher");
}

bool offer_first(const simdjson::dom::array& list, Values& values) {
    for (const Element one : list) {
        Object object;
        if (one.get(object) == simdjson::SUCCESS && is_article(object)) {
            offer_article(object, values);
            return true;
        }
    }
    return false;
}

} // namespace

bool offer_json_ld(std::string json, Values& values) {
    json.reserve(json.size() + simdjson::SIMDJSON_PADDING);
    simdjson::dom::parser parser;
    Element root;
    if (parser.parse(json.data(), json.size(), false).get(root) != simdjson::SUCCESS)
        return false;
    simdjson::dom::array list;
    if (root.get(list) == simdjson::SUCCESS)
        return offer_first(list, values);
    Object object;
    if (root.get(object) != simdjson::SUCCESS)
        return false;
    if (is_article(object)) {
        offer_article(object, values);
        return true;
    }
    return object["@graph"].get(list) == simdjson::SUCCESS && offer_first(list, values);
}

} // namespace fabula::detail
