// SPDX-License-Identifier: Apache-2.0
#include "report/page_source.hpp"

#include "report/json_text.hpp"

#include <algorithm>
#include <cstdint>

namespace fabula::detail {
namespace {

/// https://www.rfc-editor.org/rfc/rfc4648#section-4
std::string base64(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group =
                group << 8U |
                (k < count ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + k]))
                           : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= count ? digits[group >> (18U - 6U * k) & 63U] : '=';
    }
    return out;
}

unsigned value_of(char digit) {
    return digit <= '9' ? static_cast<unsigned>(digit - '0')
                        : static_cast<unsigned>(digit - 'a') + 10U;
}

} // namespace

std::string policy_source(std::string_view hexadecimal) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
        bytes += static_cast<char>(value_of(hexadecimal[i]) << 4U | value_of(hexadecimal[i + 1]));
    return "'sha256-" + base64(bytes) + "'";
}

PageFrame page_frame(std::string_view title) {
    // Placeholders are looked for in the template alone, never in what takes their place.
    PageFrame frame;
    std::string* out = &frame.head;
    std::string_view rest = page_template;
    while (true) {
        const std::size_t open = rest.find("{{");
        out->append(rest.substr(0, open));
        if (open == std::string_view::npos)
            return frame;
        const std::size_t close = rest.find("}}", open);
        const std::string_view name = rest.substr(open + 2, close - open - 2);
        if (name == "title")
            append_html(*out, title);
        else if (name == "script_hash")
            *out += policy_source(page_script_sha256);
        else if (name == "style_hash")
            *out += policy_source(page_style_sha256);
        else if (name == "script")
            *out += page_script;
        else if (name == "style")
            *out += page_style;
        else
            out = &frame.tail; // the data
        rest.remove_prefix(close + 2);
    }
}

} // namespace fabula::detail
