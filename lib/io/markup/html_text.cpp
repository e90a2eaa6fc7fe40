// SPDX-License-Identifier: Apache-2.0
#include "io/markup/html_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace fabula::detail {
namespace {

template <std::size_t count>
bool is_one_of(const std::array<std::string_view, count>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 22> paragraphs{
    "p",       "h1",     "h2",     "h3",         "h4",    "h5",     "h6",      "ul",
    "ol",      "dl",     "table",  "blockquote", "pre",   "figure", "article", "section",
    "address", "header", "footer", "main",       "aside", "hr"};
constexpr std::array<std::string_view, 9> lines{"div", "li", "tr",      "dt",  "dd",
                                                "nav", "br", "caption", "form"};
/// What is there for machines, or for those who want to do something else than read.
constexpr std::array<std::string_view, 9> not_shown{
    "template", "noscript", "svg", "math", "button", "select", "object", "video", "audio"};
/// Of the rest, those that make a text HTML when they stand in it.
constexpr std::array<std::string_view, 25> inline_names{
    "a",     "b",     "i",    "em",         "strong", "span",  "font",  "img", "u",
    "s",     "small", "sub",  "sup",        "cite",   "code",  "q",     "td",  "th",
    "tbody", "html",  "body", "figcaption", "script", "style", "iframe"};

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool makes_line(std::string_view name) {
    return is_one_of(paragraphs, name) || is_one_of(lines, name);
}

} // namespace

void TextBuilder::add_break(int lines_of_it) {
    breaks_ = std::max(breaks_, lines_of_it);
}

void TextBuilder::add_text(std::string_view with_references) {
    if (!skipped_.empty())
        return;
    decoded_.clear();
    append_decoded(with_references, decoded_);
    add_plain(decoded_);
}

void TextBuilder::add_plain(std::string_view text) {
    if (!skipped_.empty())
        return;
    for (std::size_t i = 0; i < text.size();) {
        if (is_space(text[i])) {
            space_ = true;
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && !is_space(text[end]))
            ++end;
        if (!text_.empty()) {
            if (breaks_ > 0)
                text_.append(static_cast<std::size_t>(breaks_), '\n');
            else if (space_)
                text_ += ' ';
        }
        breaks_ = 0;
        space_ = false;
        text_.append(text.substr(i, end - i));
        i = end;
    }
}

/// Breaks are the same before and after an element.
void TextBuilder::at_element(std::string_view name) {
    if (name == "br")
        breaks_ = std::min(breaks_ + 1, 2);
    else if (is_one_of(paragraphs, name))
        add_break(2);
    else if (is_one_of(lines, name))
        add_break(1);
    else if (name == "td" || name == "th")
        space_ = true;
}

void TextBuilder::start(std::string_view name, bool closes_itself) {
    if (!skipped_.empty()) {
        skipped_depth_ += name == skipped_ && !closes_itself ? 1 : 0;
    } else if (is_one_of(not_shown, name)) {
        if (!closes_itself) {
            skipped_ = name;
            skipped_depth_ = 1;
        }
    } else {
        at_element(name);
    }
}

void TextBuilder::end(std::string_view name) {
    if (skipped_.empty()) {
        if (name != "br")
            at_element(name);
    } else if (name == skipped_ && --skipped_depth_ == 0) {
        skipped_.clear();
    }
}

void TextBuilder::add(const HtmlScanner& at) {
    switch (at.kind()) {
    case HtmlScanner::Kind::text:
        add_text(at.text());
        break;
    case HtmlScanner::Kind::start:
        start(at.name(), at.closes_itself());
        break;
    case HtmlScanner::Kind::end:
        end(at.name());
        break;
    case HtmlScanner::Kind::raw:
        break;
    }
}

std::string TextBuilder::take() {
    std::string text = std::move(text_);
    *this = {};
    return text;
}

std::string html_to_text(std::string_view html) {
    HtmlScanner scanner{html};
    TextBuilder builder;
    while (scanner.next())
        builder.add(scanner);
    return builder.take();
}

bool remove_html(std::string& value) {
    const std::size_t first_tag = value.find('<');
    if (first_tag == std::string::npos && value.find('&') == std::string::npos)
        return false;
    bool has_element = false;
    bool has_lines = false;
    if (first_tag != std::string::npos) {
        HtmlScanner scanner{value};
        while (!has_lines && scanner.next()) {
            if (scanner.kind() == HtmlScanner::Kind::text)
                continue;
            has_lines = makes_line(scanner.name());
            has_element = has_element || has_lines || is_one_of(inline_names, scanner.name()) ||
                          is_one_of(not_shown, scanner.name());
        }
    }
    std::string text;
    if (has_lines) {
        text = html_to_text(value);
    } else if (has_element) {
        HtmlScanner scanner{value};
        while (scanner.next())
            if (scanner.kind() == HtmlScanner::Kind::text)
                append_decoded(scanner.text(), text);
    } else {
        append_decoded(value, text);
    }
    const bool is_other = text != value;
    value = std::move(text);
    return is_other;
}

} // namespace fabula::detail
