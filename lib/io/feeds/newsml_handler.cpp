// SPDX-License-Identifier: Apache-2.0
#include "io/feeds/feed_handlers.hpp"

#include <algorithm>
#include <array>

namespace fabula::detail {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

template <std::size_t count>
bool is_one_of(const std::array<std::string_view, count>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 4> item_names{"newsitem", "packageitem", "conceptitem",
                                                     "knowledgeitem"};
/// Of the content, what is not the article: heads of NITF and of XHTML.
constexpr std::array<std::string_view, 4> not_text{"head", "body.head", "body.end", "media"};

} // namespace

bool NewsmlHandler::is_within(std::string_view name) const {
    return std::find(open_.begin(), open_.end(), name) != open_.end();
}

void NewsmlHandler::start_of_content(std::string_view name) {
    if (skipped_depth_ == 0 && is_one_of(not_text, name))
        skipped_depth_ = open_.size();
    if (skipped_depth_ == 0)
        body_.start(name, false);
}

void NewsmlHandler::start(std::string_view name, std::string_view /*prefix*/,
                          const std::vector<XmlAttribute>& attributes, std::size_t line) {
    open_.push_back(lower(name));
    element_.begin();
    const std::string& here = open_.back();
    if (item_depth_ == 0) {
        if (is_one_of(item_names, here) || here == "nitf") {
            item_depth_ = open_.size();
            item_kind_ = here;
            class_.clear();
            entries_.begin(line);
            entries_.add(id, 0, attribute(attributes, "guid"));
            entries_.add(language, 1, attribute(attributes, "lang"));
            entries_.add(id, 1, attribute(attributes, "itemid"));
            entries_.add(published, 4, attribute(attributes, "date"));
        }
        return;
    }
    if (content_depth_ > 0) {
        start_of_content(here);
    } else if (here == "contentset" || (item_kind_ == "nitf" && here == "body.content") ||
               (here == "text" && open_.size() == item_depth_ + 1)) {
        content_depth_ = open_.size();
    } else if (item_kind_ == "nitf") {
        start_of_nitf(here, attributes);
    } else if (here == "itemclass") {
        class_ = attribute(attributes, "qcode");
    } else if (here == "language" && is_within("contentmeta")) {
        entries_.add(language, 0, attribute(attributes, "tag"));
    } else if (here == "provider" || here == "infosource") {
        entries_.add(source, here == "infosource" ? 2 : 3, attribute(attributes, "literal"));
    }
}

/// What NITF says of itself in attributes.
void NewsmlHandler::start_of_nitf(std::string_view name,
                                  const std::vector<XmlAttribute>& attributes) {
    if (name == "doc-id") {
        entries_.add(id, 0, attribute(attributes, "id-string"));
    } else if (name == "date.issue" || name == "date.release") {
        entries_.add(published, name == "date.issue" ? 0 : 1, attribute(attributes, "norm"));
    } else if (name == "pubdata") {
        entries_.add(published, 2, attribute(attributes, "date.publication"));
        entries_.add(source, 0, attribute(attributes, "name"));
    }
}

void NewsmlHandler::text(std::string_view characters) {
    if (content_depth_ > 0 && skipped_depth_ == 0) {
        if (element_.most() == 0 || body_.size() < element_.most())
            body_.add_plain(characters);
    } else {
        element_.add(characters);
    }
}

void NewsmlHandler::end_of_item(std::string_view name) {
    if (name == "headline") {
        entries_.add(title, 0, element_.text());
    } else if (name == "hl1") {
        entries_.add(title, 1, element_.text());
    } else if (name == "title" && item_kind_ == "nitf") {
        entries_.add(title, 2, element_.text());
    } else if (name == "versioncreated" && is_within("itemmeta")) {
        entries_.add(published, 0, element_.text());
    } else if (name == "contentcreated") {
        entries_.add(published, 1, element_.text());
    } else if (name == "name" && open_.size() > 1) {
        const std::string& around = open_[open_.size() - 2];
        if (around == "infosource")
            entries_.add(source, 0, element_.text());
        else if (around == "provider")
            entries_.add(source, 1, element_.text());
    } else if (name == "description" && is_within("contentmeta")) {
        entries_.add(detail::text, 5, element_.text());
    }
}

void NewsmlHandler::end(std::string_view /*name*/) {
    if (open_.empty())
        return;
    const std::string here = open_.back();
    const std::size_t depth = open_.size();
    if (item_depth_ > 0 && depth == item_depth_) {
        if ((item_kind_ != "newsitem" && item_kind_ != "nitf") ||
            (!class_.empty() && !class_.ends_with(":text")))
            entries_.pass_over(class_.empty() ? item_kind_ : class_);
        else
            entries_.end();
        item_depth_ = 0;
    } else if (content_depth_ > 0 && depth == content_depth_) {
        entries_.add(detail::text, 0, body_.take());
        content_depth_ = 0;
    } else if (content_depth_ > 0) {
        if (here == "hl1")
            end_of_item(here);
        if (skipped_depth_ == 0)
            body_.end(here);
        else if (skipped_depth_ == depth)
            skipped_depth_ = 0;
    } else if (item_depth_ > 0) {
        end_of_item(here);
    }
    open_.pop_back();
    element_.begin();
}

} // namespace fabula::detail
