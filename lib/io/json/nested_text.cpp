// SPDX-License-Identifier: Apache-2.0
#include "io/json/nested_text.hpp"

#include <algorithm>
#include <array>

namespace fabula::detail {
namespace {

/// Where the words of an object are, best first.
constexpr std::array<std::string_view, 10> keys{"value", "rendered", "name", "title", "text",
                                                "code",  "domain",   "href", "url",   "uri"};

} // namespace

void NestedText::begin(NamedField as, bool is_list) {
    *this = {};
    field_ = as.field;
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
    const bool counts = is_list_ ? depth_ == 1 && values_ == 1 : depth_ == 0;
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

} // namespace fabula::detail
