// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace fabula {

/// One telling of a story: a news article in any language.
///
/// All strings are UTF-8; any bytes are legal (invalid sequences count as U+FFFD). Only `text` or
/// `title` need be there; everything else improves the result where it is known.
struct Article {
    std::string id;       ///< the caller's name for it; orders ties, so make it unique
    std::string title;    ///< headline; may be empty
    std::string text;     ///< body, paragraphs separated by newlines; may be empty
    std::string language; ///< BCP-47 tag such as "nb" or "zh-Hant"; empty = identify it
    std::string source;   ///< outlet, such as a domain name; may be empty
    std::optional<std::chrono::sys_seconds> published; ///< UTC; empty = not known
};

} // namespace fabula
