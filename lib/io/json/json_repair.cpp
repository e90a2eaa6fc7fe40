// SPDX-License-Identifier: Apache-2.0
#include "io/json/json_repair.hpp"

#include <fabula/text.hpp>

#include <charconv>
#include <cstddef>
#include <string_view>
#include <system_error>
#include <utility>

namespace fabula::detail {
namespace {

/// The UTF-16 unit of the escape "\uXXXX" that stands at `at`; -1 where none stands there.
int escaped_unit(std::string_view json, std::size_t at) {
    if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u')
        return -1;
    unsigned unit = 0;
    const char* const end = json.data() + at + 6;
    const auto [stop, error] = std::from_chars(json.data() + at + 2, end, unit, 16);
    return error == std::errc{} && stop == end ? static_cast<int>(unit) : -1;
}

bool is_high_surrogate(int unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}

bool is_low_surrogate(int unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/// Looks at the escape that starts at `at` and answers how long it is.
std::size_t repair_escape(std::string& json, std::size_t at, bool& changed) {
    constexpr std::size_t escape_length = 6; // of \uXXXX
    const int unit = escaped_unit(json, at);
    if (unit < 0)
        return 2;
    const bool high = is_high_surrogate(unit);
    if (high && is_low_surrogate(escaped_unit(json, at + escape_length)))
        return 2 * escape_length;
    if (high || is_low_surrogate(unit)) {
        json.replace(at, escape_length, "\\ufffd");
        changed = true;
    }
    return escape_length;
}

} // namespace

bool repair_json_characters(std::string& json) {
    std::size_t replaced = 0;
    std::string legal = repair_utf8(json, &replaced);
    bool changed = replaced > 0;
    if (changed)
        json = std::move(legal);

    bool in_string = false;
    for (std::size_t i = 0; i < json.size();) {
        const char c = json[i];
        if (in_string && c == '\\') {
            i += repair_escape(json, i, changed);
            continue;
        }
        if (c == '"') {
            in_string = !in_string;
        } else if (in_string && static_cast<unsigned char>(c) < 0x20) {
            json[i] = ' ';
            changed = true;
        }
        ++i;
    }
    return changed;
}

} // namespace fabula::detail
