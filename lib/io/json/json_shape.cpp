// SPDX-License-Identifier: Apache-2.0
#include "io/json/json_shape.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace fabula::detail {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The first bytes of a value, followed as far as they go.
struct Walk {
    std::size_t end{};       ///< behind the value, or where the bytes end
    bool is_whole{};         ///< the value ends here
    std::size_t line_end{};  ///< the first line break in the value that is in no string
    char open_at_line_end{}; ///< the innermost bracket there
    bool wraps_articles{};
};

/// Whether a field of the outermost object is the text of an article, and not what a feed says of
/// itself.
bool is_text_of_article(NamedField as) {
    constexpr std::uint8_t last_of_bodies = 13; // "contenthtml"
    return as.field == text && as.rank <= last_of_bodies;
}

Walk walk(std::string_view json, const FieldNames& names) {
    Walk out;
    std::vector<char> open;
    std::string_view key;
    bool has_text = false;
    bool is_key = false; // a string that stands here is one
    bool only_objects = true;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"') {
            const std::size_t begin = ++i;
            while (i < json.size() && json[i] != '"')
                i += json[i] == '\\' ? 2 : 1;
            if (i >= json.size())
                break;
            if (is_key)
                key = json.substr(begin, i - begin);
            else if (open.size() == 1 && is_text_of_article(names.find(key)))
                has_text = true;
            is_key = false;
        } else if (c == '{' || c == '[') {
            if (c == '[' && only_objects && open.size() <= most_wrappings && names_articles(key)) {
                std::size_t next = i + 1;
                while (next < json.size() && is_space(json[next]))
                    ++next;
                out.wraps_articles = out.wraps_articles || next == json.size() ||
                                     json[next] == '{' || json[next] == ']';
            }
            open.push_back(c);
            only_objects = only_objects && c == '{';
            is_key = c == '{';
        } else if (c == '}' || c == ']') {
            if (!open.empty())
                open.pop_back();
            only_objects = std::find(open.begin(), open.end(), '[') == open.end();
            if (open.empty()) {
                out.is_whole = true;
                out.end = i + 1;
                break;
            }
            is_key = false;
        } else if (c == ',') {
            is_key = !open.empty() && open.back() == '{';
        } else if (c == '\n' && out.line_end == 0 && !open.empty()) {
            out.line_end = i;
            out.open_at_line_end = open.back();
        }
    }
    if (!out.is_whole)
        out.end = json.size();
    out.wraps_articles = out.wraps_articles && !has_text;
    return out;
}

/// Whether a value that goes on after its first line looks like one that was written so, and not
/// like a line that is broken.
bool goes_on(std::string_view json, const Walk& first) {
    if (first.open_at_line_end == '[')
        return true;
    std::size_t last = first.line_end;
    while (last > 0 && is_space(json[last - 1]))
        --last;
    std::size_t next = first.line_end;
    while (next < json.size() && is_space(json[next]))
        ++next;
    const char before = last > 0 ? json[last - 1] : '\0';
    const char after = next < json.size() ? json[next] : '"';
    if (before == ',' || before == '{')
        return after == '"' || after == '}';
    return before == ':' || after == ':' || after == ',' || after == '}';
}

} // namespace

bool names_articles(std::string_view name) {
    constexpr std::array<std::string_view, 14> known{
        "articles", "items", "entries", "results", "news",  "documents", "docs",
        "data",     "posts", "records", "stories", "entry", "item",      "article"};
    return std::find(known.begin(), known.end(), name) != known.end();
}

JsonShape json_shape(std::string_view start, const FieldNames& names) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (start.starts_with(byte_order_mark))
        start.remove_prefix(byte_order_mark.size());
    while (!start.empty() && is_space(start.front()))
        start.remove_prefix(1);
    if (start.starts_with('['))
        return JsonShape::values;
    if (!start.starts_with('{'))
        return JsonShape::lines;
    const Walk first = walk(start, names);
    const bool is_one_line = first.line_end == 0;
    if (!is_one_line && !goes_on(start, first))
        return JsonShape::lines;
    if (first.wraps_articles)
        return JsonShape::wrapped;
    return is_one_line ? JsonShape::lines : JsonShape::values;
}

} // namespace fabula::detail
