// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fabula::detail {

/// Appends `text` with its character references ("&amp;", "&#8217;") replaced by what they stand
/// for; unknown ones stay.
void append_decoded(std::string_view text, std::string& out);

/// Goes through HTML piece by piece, whatever is wrong with it: no tree, so that neither depth nor
/// unclosed elements cost anything, and time that grows with the length alone. The HTML must be
/// UTF-8, and stay where it is.
class HtmlScanner {
public:
    enum class Kind {
        text,
        start,
        end,
        raw, ///< what is in a <script>, <style>, <title> or <textarea>, whose name is `name()`
    };

    explicit HtmlScanner(std::string_view html) : html_(html) {}

    /// Goes to the next piece; false at the end.
    bool next();

    [[nodiscard]] Kind kind() const noexcept { return kind_; }
    /// Of an element, in lower case.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    /// "<br/>": nothing is in it, and no end tag follows.
    [[nodiscard]] bool closes_itself() const noexcept { return attributes_.ends_with('/'); }
    /// Of text, as it is written: with its character references.
    [[nodiscard]] std::string_view text() const noexcept { return piece_; }
    /// Of a start tag; empty where there is none of that name. Names are in lower case.
    [[nodiscard]] std::string attribute(std::string_view name) const;

private:
    bool read_tag();
    std::size_t end_of_tag(std::size_t begin);
    void take(Kind kind, std::size_t end);

    std::string_view html_;
    std::size_t at_{};
    Kind kind_{Kind::text};
    std::string name_;
    std::string_view piece_;
    std::string_view attributes_;
    bool raw_follows_{};
    bool quotes_are_broken_{}; ///< one was not closed: from there on, they do not count
    bool no_more_ends_{};      ///< no ">" follows
    bool no_more_comments_{};  ///< no "-->" follows
};

} // namespace fabula::detail
