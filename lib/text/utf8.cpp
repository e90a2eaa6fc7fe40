// SPDX-License-Identifier: Apache-2.0
#include "text/utf8.hpp"

#include <fabula/text.hpp>

#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <limits>

namespace fabula::detail {

namespace {

constexpr UChar32 replacement = 0xFFFD;

std::int32_t readable_length(std::string_view bytes) {
    return static_cast<std::int32_t>(
        std::min<std::size_t>(bytes.size(), std::numeric_limits<std::int32_t>::max()));
}

/// As U8_NEXT wants them: with plain char it narrows with a warning.
const std::uint8_t* octets(std::string_view bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

} // namespace

void decode_utf8(std::string_view bytes, DecodedText& out) {
    out.units.clear();
    out.byte_offsets.clear();
    out.replaced = 0;
    const std::int32_t length = readable_length(bytes);
    out.units.reserve(static_cast<std::size_t>(length));
    out.byte_offsets.reserve(static_cast<std::size_t>(length) + 1);
    std::int32_t at = 0;
    while (at < length) {
        const auto begin = static_cast<std::uint32_t>(at);
        UChar32 c = 0;
        U8_NEXT(octets(bytes), at, length, c);
        if (c < 0) {
            c = replacement;
            ++out.replaced;
        }
        if (c <= 0xFFFF) {
            out.units.push_back(static_cast<char16_t>(c));
            out.byte_offsets.push_back(begin);
        } else {
            out.units.push_back(static_cast<char16_t>(U16_LEAD(c)));
            out.units.push_back(static_cast<char16_t>(U16_TRAIL(c)));
            out.byte_offsets.push_back(begin);
            out.byte_offsets.push_back(begin);
        }
    }
    out.byte_offsets.push_back(static_cast<std::uint32_t>(length));
}

void append_utf8(std::string& out, char32_t code_point) {
    char buffer[U8_MAX_LENGTH];
    std::int32_t n = 0;
    U8_APPEND_UNSAFE(buffer, n, static_cast<UChar32>(code_point));
    out.append(buffer, static_cast<std::size_t>(n));
}

// ICU counts with 32 bits, and no code point has more than four bytes: it sees no more of the text.

char32_t next_beyond_ascii(std::string_view text, std::size_t& at) {
    if (at >= text.size())
        return 0;
    const std::string_view window = text.substr(at, U8_MAX_LENGTH);
    std::int32_t used = 0;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(octets(window), used, static_cast<std::int32_t>(window.size()), c);
    at += static_cast<std::size_t>(used);
    return static_cast<char32_t>(c);
}

char32_t previous_code_point(std::string_view text, std::size_t& at) {
    if (at == 0)
        return 0;
    const std::size_t size = std::min<std::size_t>(at, U8_MAX_LENGTH);
    const std::uint8_t* const window = octets(text) + (at - size);
    auto end = static_cast<std::int32_t>(size);
    UChar32 c = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast" // in ICU's macro
    U8_PREV_OR_FFFD(window, 0, end, c);
#pragma GCC diagnostic pop
    at -= size - static_cast<std::size_t>(end);
    return static_cast<char32_t>(c);
}

std::size_t count_code_points(std::string_view utf8) {
    return utf8.size() -
           static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), continues_code_point));
}

std::string_view first_code_points(std::string_view utf8, std::size_t count) {
    std::size_t end = 0;
    for (; end < utf8.size(); ++end)
        if (!continues_code_point(utf8[end]) && count-- == 0)
            break;
    return utf8.substr(0, end);
}

std::string_view first_bytes(std::string_view utf8, std::size_t bytes) {
    if (utf8.size() <= bytes)
        return utf8;
    std::size_t end = bytes; // in invalid UTF-8 it may be any number that continue
    while (end > 0 && end + 3 > bytes && continues_code_point(utf8[end]))
        --end;
    return utf8.substr(0, end);
}

} // namespace fabula::detail

namespace fabula::inline v0 {

std::string repair_utf8(std::string_view bytes, std::size_t* replaced) {
    std::string out;
    out.reserve(bytes.size());
    std::size_t count = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t begin = at;
        const char32_t c = detail::next_code_point(bytes, at);
        std::string_view kept = bytes.substr(begin, at - begin);
        constexpr std::string_view replacement = "\uFFFD";
        if (c == 0xFFFD && kept != replacement) {
            kept = replacement;
            ++count;
        }
        out.append(kept);
    }
    if (replaced != nullptr)
        *replaced = count;
    return out;
}

} // namespace fabula::inline v0
