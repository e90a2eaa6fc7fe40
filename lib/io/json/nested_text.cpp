// SPDX-License-Identifier: Apache-2.0
#include "io/json/nested_text.hpp"

#include <algorithm>
#include <array>

namespace fabula::detail {
namespace {

/// Where the words of an object are, best first.
constexpr std::array<std::string_view, 21> keys{
    "value",    "$date", "$oid",   "$numberLong", "#text", "_text", "$t",
    "rendered", "name",  "main",   "title",       "text",  "code",  "short_name",
    "date",     "iso",   "domain", "href",        "url",   "uri",   "__cdata"};
constexpr std::string_view long_number = "$numberLong"; // in "$date", one deeper

} // namespace

void NestedText::begin(NamedField as, bool is_list) {
    *this = {};
    field_ = as.field;
    rank_of_name_ = as.rank;
    is_list_ = is_list;
}

void NestedText::open() {
    next_rank_ = last;
    ++depth_;
    if (is_list_ && depth_ == 1)
        ++values_;
}

void NestedText::key(std::string_view name) {
    // Of a list the first object counts.
    const bool counts =
        (is_list_ ? depth_ == 1 && values_ == 1 : depth_ == 0) || name == long_number;
    next_rank_ =
        counts ? static_cast<std::size_t>(std::find(keys.begin(), keys.end(), name) - keys.begin())
               : last;
    if (next_rank_ == keys.size())
        next_rank_ = last;
}

void NestedText::string(std::string_view text) {
    if (is_list_ && depth_ == 0) {
        ++values_;
        if (field_ == detail::text && !text_.empty())
            text_ += "\n\n";
        if (field_ == detail::text || text_.empty())
            text_ += text;
        rank_ = 0;
    } else if (next_rank_ < rank_ && !text.empty()) {
        text_ = text;
        rank_ = next_rank_;
    }
    next_rank_ = last;
}

/// A number is an id, or milliseconds since 1970.
void NestedText::number(std::string_view digits) {
    if (field_ == id || field_ == published)
        string(digits);
    else
        other();
}

} // namespace fabula::detail
