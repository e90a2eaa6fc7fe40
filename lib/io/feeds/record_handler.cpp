// SPDX-License-Identifier: Apache-2.0
#include "io/feeds/feed_handlers.hpp"

#include <algorithm>
#include <array>

namespace fabula::detail {
namespace {

/// Whose elements say something of an article; those of pictures and films have titles as well.
bool counts(std::string_view prefix) {
    constexpr std::array<std::string_view, 3> known{"", "news", "dc"};
    return std::find(known.begin(), known.end(), prefix) != known.end();
}

} // namespace

NamedField RecordHandler::meaning_of(std::string_view name,
                                     const std::vector<XmlAttribute>& attributes) const {
    // <field name="title"> of MySQL and Solr
    if (const std::string_view named = attribute(attributes, "name");
        !named.empty() && names_.find(name).field == field_count)
        name = named;
    constexpr std::uint8_t other = 30;
    if (name == "main" && is_page_)
        return {detail::text, 0};
    if (name == "name" && !open_.empty() && open_.back() == "publication")
        return {source, 0};
    // A publication that is no outlet but holds its name.
    if (name == "publication")
        return {source, other};
    return names_.find(name);
}

void RecordHandler::begin_entry(const std::vector<XmlAttribute>& attributes, std::size_t line) {
    entry_depth_ = open_.size();
    has_words_ = false;
    entries_.begin(line);
    for (const XmlAttribute& one : attributes)
        add(names_.find(one.name), one.value);
}

void RecordHandler::add(NamedField as, std::string_view value) {
    if (as.field == field_count || as.field == story || value.empty())
        return;
    has_words_ = has_words_ || as.field == detail::text || as.field == title;
    entries_.add(as.field, as.rank, value);
}

void RecordHandler::start(std::string_view name, std::string_view prefix,
                          const std::vector<XmlAttribute>& attributes, std::size_t line) {
    if (field_depth_ > 0) {
        has_markup_ = true;
        markup_.start(name, false);
    }
    const NamedField as =
        entry_depth_ > 0 && counts(prefix) ? meaning_of(name, attributes) : NamedField{};
    open_.emplace_back(name);
    if (entry_depth_ == 0) {
        // A page that trafilatura has read is one <doc>; other roots have a child each.
        is_page_ = open_.size() == 1 && name == "doc" && !attribute(attributes, "title").empty();
        if (is_page_ || open_.size() == 2)
            begin_entry(attributes, line);
        return;
    }
    if (field_depth_ > 0 && as_.field == detail::text)
        return;
    if (as.field == field_count)
        return;
    field_depth_ = open_.size();
    as_ = as;
    has_markup_ = false;
    element_.begin();
    static_cast<void>(markup_.take());
}

void RecordHandler::text(std::string_view characters) {
    if (field_depth_ == 0)
        return;
    element_.add(characters);
    if (element_.most() == 0 || markup_.size() < element_.most())
        markup_.add_plain(characters);
}

void RecordHandler::end(std::string_view name) {
    if (open_.empty())
        return;
    const std::size_t depth = open_.size();
    if (field_depth_ > 0 && depth == field_depth_) {
        add(as_, has_markup_ ? markup_.take() : element_.text());
        field_depth_ = 0;
    } else if (field_depth_ > 0) {
        markup_.end(name);
    }
    if (depth == entry_depth_) {
        entry_depth_ = 0;
        if (has_words_)
            entries_.end();
        else
            entries_.pass_over(open_.back());
        count_ += has_words_ ? 1 : 0;
    }
    open_.pop_back();
}

} // namespace fabula::detail
