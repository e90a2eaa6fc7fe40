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

} // namespace fabula::detail
