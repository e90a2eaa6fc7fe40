// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/feeds/entry.hpp"
#include "io/feeds/xml_parser.hpp"
#include "io/fields/field_names.hpp"
#include "io/markup/html_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// What the handlers of feeds have in common: the text of the innermost element.
class ElementText {
public:
    explicit ElementText(std::size_t max_text_bytes)
        : most_(max_text_bytes == 0 ? max_text_bytes : max_text_bytes + 1) {}

    void begin() { text_.clear(); }
    /// What is longer than a text may be is cut where that shows.
    void add(std::string_view characters) {
        if (most_ == 0 || text_.size() < most_)
            text_.append(characters);
    }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] std::size_t most() const noexcept { return most_; }

private:
    std::size_t most_;
    std::string text_;
};

/// RSS 0.9 to 2.0 and Atom.
class FeedHandler final : public XmlHandler {
public:
    FeedHandler(Entries& entries, std::size_t max_text_bytes)
        : entries_(entries), element_(max_text_bytes) {}

    void start(std::string_view name, std::string_view prefix,
               const std::vector<XmlAttribute>& attributes, std::size_t line) override;
    void end(std::string_view name) override;
    void text(std::string_view characters) override;

private:
    struct Open {
        std::string name; ///< with its prefix, in lower case
        bool is_entry{};
    };

    void start_of_entry(const std::string& name, const std::vector<XmlAttribute>& attributes);
    void end_of_entry(const std::string& name);
    void end_of_feed(const std::string& name);

    Entries& entries_;
    ElementText element_;
    std::vector<Open> open_;
    bool is_atom_{};            ///< its elements are those of the feed
    std::size_t entry_depth_{}; ///< of the entry that is open; 0 = none
    std::size_t xhtml_depth_{}; ///< of the element whose contents are markup; 0 = none
    std::string feed_language_;
    TextBuilder xhtml_;
};

/// NewsML-G2, with NITF or XHTML in it; NITF by itself; the news items of Reuters' corpus.
class NewsmlHandler final : public XmlHandler {
public:
    NewsmlHandler(Entries& entries, std::size_t max_text_bytes)
        : entries_(entries), element_(max_text_bytes) {}

    void start(std::string_view name, std::string_view prefix,
               const std::vector<XmlAttribute>& attributes, std::size_t line) override;
    void end(std::string_view name) override;
    void text(std::string_view characters) override;

private:
    [[nodiscard]] bool is_within(std::string_view name) const;
    void start_of_content(std::string_view name);
    void start_of_nitf(std::string_view name, const std::vector<XmlAttribute>& attributes);
    void end_of_item(std::string_view name);

    Entries& entries_;
    ElementText element_;
    std::vector<std::string> open_;
    std::size_t item_depth_{};    ///< of the item that is open; 0 = none
    std::size_t content_depth_{}; ///< of <contentSet>
    std::size_t skipped_depth_{}; ///< of what is no text in the content
    std::string item_kind_;       ///< "newsitem"
    std::string class_;           ///< of the item: "ninat:text"
    TextBuilder body_;
};

/// Records in elements of their own, whose fields are elements with the names of fields: what
/// databases and programs write (<row><title>, <row><field name="title">), sitemaps of news, and
/// the pages that trafilatura has read.
class RecordHandler final : public XmlHandler {
public:
    RecordHandler(Entries& entries, const FieldNames& names, std::size_t max_text_bytes)
        : entries_(entries), names_(names), element_(max_text_bytes) {}

    void start(std::string_view name, std::string_view prefix,
               const std::vector<XmlAttribute>& attributes, std::size_t line) override;
    void end(std::string_view name) override;
    void text(std::string_view characters) override;

    /// Of articles, so far.
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

private:
    [[nodiscard]] NamedField meaning_of(std::string_view name,
                                        const std::vector<XmlAttribute>& attributes) const;
    void begin_entry(const std::vector<XmlAttribute>& attributes, std::size_t line);
    void add(NamedField as, std::string_view value);

    Entries& entries_;
    const FieldNames& names_;
    ElementText element_;
    TextBuilder markup_;
    std::vector<std::string> open_;
    std::size_t entry_depth_{}; ///< of the record that is open; 0 = none
    std::size_t field_depth_{}; ///< of the element that is a field; 0 = none
    NamedField as_;             ///< of that
    bool has_markup_{};         ///< there are elements in it
    bool has_words_{};          ///< the record has a title or a text
    bool is_page_{};            ///< the root is the record
    std::size_t count_{};
};

} // namespace fabula::detail
