// SPDX-License-Identifier: Apache-2.0
#include "io/feeds/xml_prolog.hpp"

#include "io/markup/encodings.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace fabula::detail {
namespace {

constexpr std::size_t none = std::string_view::npos;

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

void skip_space(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
}

/// The encoding in "<?xml version="1.0" encoding="...", in lower case.
std::string encoding_of(std::string_view declaration) {
    std::size_t at = declaration.find("encoding");
    at = at == none ? none : declaration.find_first_of("\"'", at);
    if (at == none)
        return "utf-8";
    const std::size_t end = declaration.find(declaration[at], at + 1);
    return end == none ? std::string{} : lower(declaration.substr(at + 1, end - at - 1));
}

/// Those in which each byte below 128 is the ASCII character, at least where a tag begins.
bool shows_ascii(std::string_view encoding) {
    constexpr std::array<std::string_view, 14> known{
        "utf-8", "utf8",  "us-ascii", "ascii", "iso-8859-", "iso8859-", "windows-12",
        "cp125", "koi8-", "gb2312",   "gbk",   "gb18030",   "big5",     "euc-"};
    constexpr std::array<std::string_view, 3> others{"shift_jis", "tis-620", "latin1"};
    const auto begins = [&](std::string_view one) { return encoding.starts_with(one); };
    return std::any_of(known.begin(), known.end(), begins) ||
           std::any_of(others.begin(), others.end(), begins);
}

} // namespace

XmlProlog xml_prolog(std::string_view start, bool is_utf8) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    XmlProlog prolog;
    std::string_view rest = start;
    if (rest.starts_with(byte_order_mark))
        rest.remove_prefix(byte_order_mark.size());
    skip_space(rest);
    const bool says_xml = rest.starts_with("<?xml");
    while (rest.starts_with('<')) {
        std::size_t end = none;
        if (rest.starts_with("<!--")) {
            end = rest.find("-->", 4);
            end = end == none ? none : end + 3;
        } else if (rest.starts_with("<?")) {
            end = rest.find("?>", 2);
            if (rest.starts_with("<?xml") && end != none && !is_utf8) {
                const std::string encoding = encoding_of(rest.substr(0, end));
                prolog.is_utf8 = encoding != "utf-8" && is_utf8_beyond_ascii(start);
                if (!prolog.is_utf8 && !shows_ascii(encoding))
                    prolog.fault = "this XML is in the encoding \"" + encoding.substr(0, 40) +
                                   "\", which is not read; convert it to UTF-8 first";
            }
            end = end == none ? none : end + 2;
        } else if (rest.starts_with("<!")) {
            end = rest.find_first_of("[>");
            if (end != none && rest[end] == '[') {
                prolog.fault = "this XML declares entities or the like of its own, which are never "
                               "expanded; take the DOCTYPE out";
                prolog.root = "!";
                return prolog;
            }
            end = end == none ? none : end + 1;
        } else {
            std::string_view name = rest.substr(1, rest.find_first_of(" \t\r\n/>", 1) - 1);
            name = name.substr(name.find(':') == none ? 0 : name.find(':') + 1);
            constexpr std::size_t longest = 64;
            prolog.root = lower(name.substr(0, longest));
            return prolog;
        }
        if (end == none) {
            if (says_xml) {
                prolog.root = "!";
                if (prolog.fault.empty())
                    prolog.fault = "this XML has no element in its first 64 KiB";
            }
            return prolog;
        }
        rest.remove_prefix(end);
        skip_space(rest);
    }
    if (says_xml) {
        prolog.root = "!";
        if (prolog.fault.empty())
            prolog.fault = "this XML has no element";
    }
    return prolog;
}

} // namespace fabula::detail
