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
    bool is_keyed{}; ///< an object of nothing but objects, and these are articles
};

/// Whether a field of the outermost object is the text of an article, and not what a feed says of
/// itself.
bool is_text_of_article(NamedField as) {
    constexpr std::uint8_t last_of_bodies = 15; // "contenthtml"
    return as.field == text && as.rank <= last_of_bodies;
}

Walk walk(std::string_view json, const FieldNames& names) {
    Walk out;
    std::vector<char> open;
    std::string_view key;
    bool has_text = false;
    bool is_key = false; // a string that stands here is one
    bool only_objects = true;
    std::size_t objects = 0;      // in the outermost one
    bool has_plain_value = false; // the outermost object holds something else than objects
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"') {
            const std::size_t begin = ++i;
            while (i < json.size() && json[i] != '"')
                i += json[i] == '\\' ? 2 : 1;
            if (i >= json.size())
                break;
            if (is_key) {
                key = json.substr(begin, i - begin);
                const Field field = open.size() == 2 && only_objects ? names.find(key).field : id;
                out.is_keyed = out.is_keyed || field == text || field == title;
            } else if (open.size() == 1) {
                has_plain_value = true;
                has_text = has_text || is_text_of_article(names.find(key));
            }
            is_key = false;
        } else if (c == '{' || c == '[') {
            has_plain_value =
                has_plain_value || (open.size() == 1 && (c == '[' || key.data() == nullptr));
            objects += open.size() == 1 ? 1 : 0;
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
        } else if (open.size() == 1 && ((c >= '0' && c <= '9') || c == 't' || c == 'f')) {
            has_plain_value = true;
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
    // Where one is all, and more values follow, its key is a name and no id.
    const bool is_last =
        !out.is_whole || json.find_first_not_of(" \t\r\n", out.end) == std::string_view::npos;
    out.is_keyed =
        out.is_keyed && !has_plain_value && !out.wraps_articles && (objects > 1 || is_last);
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
    constexpr std::array<std::string_view, 17> known{
        "articles", "items",   "entries", "results", "news", "documents", "docs",  "data", "posts",
        "records",  "stories", "entry",   "item",    "hits", "article",   "edges", "rows"};
    return std::find(known.begin(), known.end(), name) != known.end();
}

JsonShape json_shape(std::string_view start, const FieldNames& names) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (start.starts_with(byte_order_mark))
        start.remove_prefix(byte_order_mark.size());
    if (start.starts_with(record_separator))
        return JsonShape::values;
    while (!start.empty() && is_space(start.front()))
        start.remove_prefix(1);
    if (start.starts_with('['))
        return JsonShape::values;
    if (!start.starts_with('{'))
        return JsonShape::lines;
    const Walk first = walk(start, names);
    if (first.is_keyed)
        return JsonShape::keyed;
    const bool is_one_line = first.line_end == 0;
    if (!is_one_line && !goes_on(start, first))
        return JsonShape::lines;
    if (first.wraps_articles)
        return JsonShape::wrapped;
    // "{...}{...}", as tools write that put no line break between their values.
    const std::size_t next =
        first.is_whole ? start.find_first_not_of(" \t\x1E", first.end) : std::string_view::npos;
    const bool another_follows = next != std::string_view::npos && start[next] == '{';
    return is_one_line && !another_follows ? JsonShape::lines : JsonShape::values;
}

} // namespace fabula::detail
