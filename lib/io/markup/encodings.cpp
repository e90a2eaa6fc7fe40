// SPDX-License-Identifier: Apache-2.0
#include "io/markup/encodings.hpp"

#include <fabula/text.hpp>

#include <algorithm>
#include <cstddef>

namespace fabula::detail {

bool is_utf8_beyond_ascii(std::string_view bytes) {
    const auto is_beyond = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    // The last character may be cut.
    constexpr std::size_t longest = 4;
    std::size_t end = bytes.size();
    for (std::size_t i = 0; i < longest && end > 0 && is_beyond(bytes[end - 1]); ++i) {
        --end;
        if ((static_cast<unsigned char>(bytes[end]) & 0xC0U) == 0xC0)
            break;
    }
    bytes = bytes.substr(0, end);
    if (std::none_of(bytes.begin(), bytes.end(), is_beyond))
        return false;
    std::size_t replaced = 0;
    static_cast<void>(repair_utf8(bytes, &replaced));
    return replaced == 0;
}

} // namespace fabula::detail
