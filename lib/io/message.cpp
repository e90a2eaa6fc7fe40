// SPDX-License-Identifier: Apache-2.0
#include "io/message.hpp"

#include "text/utf8.hpp"

#include <fabula/io.hpp>
#include <fabula/text.hpp>

#include <algorithm>
#include <system_error>

namespace fabula::detail {

std::string shortened(std::string_view text, std::size_t characters) {
    std::size_t count = 0;
    std::size_t end = 0;
    // A character has at most four bytes, but broken text may have any number of continuations.
    for (; end < text.size() && end < 4 * characters; ++end) {
        if (!continues_code_point(text[end]) && ++count > characters)
            break;
    }
    const bool too_long = end < text.size();
    text = text.substr(0, end);
    std::string result = repair_utf8(text);
    std::replace_if(
        result.begin(), result.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    if (too_long)
        result += "…";
    return result;
}

std::string in_quotes(std::string_view value) {
    return '"' + shortened(value, 60) + '"';
}

std::string system_reason(int error_number) {
    if (error_number == 0)
        return {};
    return ": " + std::generic_category().message(error_number);
}

} // namespace fabula::detail

namespace fabula::inline v0 {

std::string to_string(const BadLine& bad) {
    std::string place = bad.file;
    if (bad.line > 0)
        place += ':' + std::to_string(bad.line);
    if (bad.line > 0 && bad.column > 0)
        place += ':' + std::to_string(bad.column);
    return place + ": " + bad.reason;
}

} // namespace fabula::inline v0
