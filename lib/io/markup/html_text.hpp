// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/markup/html_scanner.hpp"

#include <string>
#include <string_view>

namespace fabula::detail {

/// Puts the text of a page together: paragraphs are separated by an empty line, and white space is
/// what a browser would show.
class TextBuilder {
public:
    /// What the scanner stands at.
    void add(const HtmlScanner& at);

    void add_text(std::string_view with_references);
    /// Text that has no character references.
    void add_plain(std::string_view text);
    void start(std::string_view name, bool closes_itself);
    void end(std::string_view name);
    /// 1 = a new line, 2 = a new paragraph.
    void add_break(int lines);

    /// The text without white space at its ends; the builder is empty afterwards.
    [[nodiscard]] std::string take();
    [[nodiscard]] std::size_t size() const noexcept { return text_.size(); }

private:
    void at_element(std::string_view name);

    std::string text_;
    std::string decoded_;
    int breaks_{};        ///< that come before the next word
    bool space_{};        ///< likewise
    std::string skipped_; ///< the element whose contents are passed over
    std::size_t skipped_depth_{};
};

/// The text of HTML.
[[nodiscard]] std::string html_to_text(std::string_view html);

/// Replaces a value by its text where it has HTML elements or character references in it. Where
/// none of the elements makes a line, its own line breaks stay. False where there was nothing to
/// do.
bool remove_html(std::string& value);

} // namespace fabula::detail
