// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// Of one element.
struct XmlAttribute {
    std::string_view name; ///< without its prefix
    std::string_view value;
};

/// The value; empty where there is none.
[[nodiscard]] std::string_view attribute(const std::vector<XmlAttribute>& all,
                                         std::string_view name);

/// What comes in a file of XML, in its order.
class XmlHandler {
public:
    XmlHandler() = default;
    XmlHandler(const XmlHandler&) = delete;
    XmlHandler& operator=(const XmlHandler&) = delete;
    virtual ~XmlHandler() = default;

    /// `name` is without its prefix, which is that of its namespace where everyone has the same
    /// ("atom", "dc", ...), or else the one written, or empty.
    virtual void start(std::string_view name, std::string_view prefix,
                       const std::vector<XmlAttribute>& attributes, std::size_t line) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view characters) = 0;
};

/// Reads XML whose prolog is in order (see `xml_prolog`), without ever holding more than a piece of
/// it. Entities are those of XML and HTML; others are left out. Answers why not all could be read,
/// as a sentence; empty where all is well. `is_utf8`: whatever the XML says of its encoding. What
/// can be read behind a fault is read. \throws what the handler throws
[[nodiscard]] std::string parse_xml(std::istream& in, bool is_utf8, XmlHandler& handler);

} // namespace fabula::detail
