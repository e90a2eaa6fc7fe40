// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Text of articles in a page. Any bytes are legal.
namespace fabula::detail {

/// As text or an attribute's value in HTML; invalid UTF-8 becomes U+FFFD.
void append_html(std::string& out, std::string_view text);

/// As a JSON string that may stand in a <script> element: nothing in it can end the element or
/// begin a comment. What is not to be seen (controls, line separators, marks of direction) is
/// written as \uXXXX, so that the source of the page reads as it is.
void append_json(std::string& out, std::string_view text);

void append_json(std::string& out, std::int64_t number);
/// Four decimals at most.
void append_json_rounded(std::string& out, double value);

/// Where ranges of bytes lie when the text has become a JavaScript string: in UTF-16 units of the
/// repaired text.
class Utf16Places {
public:
    explicit Utf16Places(std::string_view text);
    /// Of a byte, which may be the one behind the last.
    [[nodiscard]] std::size_t operator()(std::size_t byte) const;

private:
    static constexpr std::size_t stride = 256;
    std::string_view text_;
    std::vector<std::pair<std::size_t, std::size_t>> marks_; ///< bytes and units, ascending
};

/// At most so many characters of it, and whether there are more.
struct Cut {
    std::string_view text;
    bool is_whole{};
};
[[nodiscard]] Cut cut(std::string_view text, std::size_t characters);

} // namespace fabula::detail
