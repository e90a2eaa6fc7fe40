// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fabula::detail {

/// What stands before the first element of XML.
struct XmlProlog {
    std::string root;  ///< local name of the first element, in lower case; empty = this is no XML
    std::string fault; ///< why it is not read, as a sentence; empty = it is
    /// It says that it is in an encoding of one byte a character, and is not: what it has besides
    /// ASCII is UTF-8 throughout, as of pages and feeds that a program has fetched and saved.
    bool is_utf8{};
};

/// Looks at the beginning, of 64 KiB. XML that declares entities of its own is refused before any
/// parser sees it: that is how a few lines expand to gigabytes, or fetch what lies elsewhere. So is
/// an encoding in which such a declaration could hide.
/// `is_utf8`: it is known to be, whatever it says.
[[nodiscard]] XmlProlog xml_prolog(std::string_view start, bool is_utf8 = false);

} // namespace fabula::detail
