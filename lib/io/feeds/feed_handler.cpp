// SPDX-License-Identifier: Apache-2.0
#include "io/feeds/feed_handlers.hpp"

#include <algorithm>

namespace fabula::detail {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::string_view without_prefix(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// An element of an entry that holds a field.
struct Meaning {
    std::string_view name;
    Field field;
    std::uint8_t rank;
};

/// The full text goes before what is cut, what is published before what is changed.
constexpr Meaning meanings[] = {
    {"title", title, 0},
    {"atom:title", title, 0},
    {"content:encoded", text, 0},
    {"content", text, 0},
    {"atom:content", text, 0},
    {"fulltext", text, 1},
    {"description", text, 2},
    {"summary", text, 3},
    {"atom:summary", text, 3},
    {"media:description", text, 4},
    {"guid", id, 0},
    {"id", id, 0},
    {"atom:id", id, 0},
    {"link", id, 2},
    {"pubdate", published, 0},
    {"published", published, 0},
    {"atom:published", published, 0},
    {"dc:date", published, 1},
    {"updated", published, 2},
    {"atom:updated", published, 2},
    {"issued", published, 1},
    {"modified", published, 3},
    {"date", published, 3},
    {"dc:language", language, 0},
    {"language", language, 0},
    {"source", source, 0},
};

} // namespace

void FeedHandler::start(std::string_view name, std::string_view prefix,
                        const std::vector<XmlAttribute>& attributes, std::size_t line) {
    if (xhtml_depth_ > 0)
        xhtml_.start(lower(name), false);
    if (open_.empty())
        is_atom_ = prefix == "atom";
    const bool is_own = prefix.empty() || (is_atom_ && prefix == "atom");
    std::string whole = is_own ? lower(name) : lower(prefix) + ':' + lower(name);
    const bool is_entry =
        entry_depth_ == 0 && (without_prefix(whole) == "item" || without_prefix(whole) == "entry");
    open_.push_back({std::move(whole), is_entry});
    element_.begin();
    if (is_entry) {
        entry_depth_ = open_.size();
        entries_.language = feed_language_;
        entries_.begin(line);
        entries_.add(id, 1, attribute(attributes, "about"));
        entries_.add(language, 1, attribute(attributes, "lang"));
    } else if (entry_depth_ > 0) {
        start_of_entry(open_.back().name, attributes);
    } else if (const std::string_view tag = attribute(attributes, "lang"); !tag.empty()) {
        feed_language_ = tag;
    }
}

void FeedHandler::start_of_entry(const std::string& name,
                                 const std::vector<XmlAttribute>& attributes) {
    if (open_.size() != entry_depth_ + 1)
        return;
    if (without_prefix(name) == "link") {
        const std::string_view relation = attribute(attributes, "rel");
        const std::string_view address = attribute(attributes, "href");
        if (relation.empty() || relation == "alternate") {
            entries_.add(id, 2, address);
            entries_.add(source, 2, host_of(address));
        }
    }
    if (attribute(attributes, "type") == "xhtml" && xhtml_depth_ == 0)
        xhtml_depth_ = open_.size();
    if (name == "source")
        entries_.add(source, 1, host_of(attribute(attributes, "url")));
}

void FeedHandler::text(std::string_view characters) {
    if (xhtml_depth_ == 0)
        element_.add(characters);
    else if (element_.most() == 0 || xhtml_.size() < element_.most())
        xhtml_.add_plain(characters);
}

void FeedHandler::end_of_entry(const std::string& name) {
    // <source> of Atom has the elements of the feed that it is from.
    if (open_.size() == entry_depth_ + 2 && open_[entry_depth_].name == "source" &&
        without_prefix(name) == "title")
        entries_.add(source, 0, element_.text());
    if (open_.size() != entry_depth_ + 1)
        return;
    std::string of_markup;
    if (xhtml_depth_ == open_.size()) {
        of_markup = xhtml_.take();
        xhtml_depth_ = 0;
    }
    const std::string_view value = of_markup.empty() ? element_.text() : of_markup;
    const auto found = std::find_if(std::begin(meanings), std::end(meanings),
                                    [&](const Meaning& one) { return one.name == name; });
    if (found != std::end(meanings))
        entries_.add(found->field, found->rank, value);
    if (name == "link" || name == "guid")
        entries_.add(source, name == "link" ? 2 : 3, host_of(value));
}

void FeedHandler::end_of_feed(const std::string& name) {
    if (name == "language" || name == "dc:language") {
        feed_language_ = element_.text();
    } else if (name == "link" && entries_.source.empty() && open_.size() <= 3) {
        entries_.source = host_of(element_.text());
    }
}

void FeedHandler::end(std::string_view name) {
    if (open_.empty())
        return;
    const Open ended = open_.back();
    if (xhtml_depth_ > 0 && xhtml_depth_ < open_.size())
        xhtml_.end(lower(name));
    if (ended.is_entry) {
        entries_.end();
        entry_depth_ = 0;
    } else if (entry_depth_ > 0) {
        end_of_entry(ended.name);
    } else {
        end_of_feed(ended.name);
    }
    open_.pop_back();
    element_.begin();
}

} // namespace fabula::detail
