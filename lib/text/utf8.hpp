// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// UTF-8 as UTF-16, with the byte at which each UTF-16 unit begins (and one entry past the end).
/// Invalid sequences become U+FFFD, one for each maximal subpart.
struct DecodedText {
    std::u16string units;
    std::vector<std::uint32_t> byte_offsets; ///< units.size() + 1 entries
    std::size_t replaced{};
};

/// At most 2^31 - 1 bytes of `bytes` are read.
void decode_utf8(std::string_view bytes, DecodedText& out);

/// Appends one code point as UTF-8.
void append_utf8(std::string& out, char32_t code_point);

/// `next_code_point` of what is not ASCII, or at the end.
[[nodiscard]] char32_t next_beyond_ascii(std::string_view text, std::size_t& at);

/// The code point at `at`, which moves behind it; U+FFFD for a maximal invalid sequence, 0 at the
/// end. Texts of any length are legal.
[[nodiscard]] inline char32_t next_code_point(std::string_view text, std::size_t& at) {
    if (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80)
        return static_cast<unsigned char>(text[at++]);
    return next_beyond_ascii(text, at);
}

/// The code point that ends at `at`, which moves to where it begins; 0 at the beginning.
[[nodiscard]] char32_t previous_code_point(std::string_view text, std::size_t& at);

/// The same without moving.
[[nodiscard]] inline char32_t code_point_before(std::string_view text, std::size_t at) {
    return previous_code_point(text, at);
}

/// Whether the byte belongs to the code point that began before it.
[[nodiscard]] constexpr bool continues_code_point(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Of valid UTF-8, as in the next two.
[[nodiscard]] std::size_t count_code_points(std::string_view utf8);
[[nodiscard]] std::string_view first_code_points(std::string_view utf8, std::size_t count);
/// As many whole code points as have no more than so many bytes.
[[nodiscard]] std::string_view first_bytes(std::string_view utf8, std::size_t bytes);

} // namespace fabula::detail
