// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fabula::detail {

/// Appends to what shall not become much longer than `most` bytes, without taking twice the room.
inline void append_within(std::string& to, std::string_view bytes, std::uint64_t most) {
    const std::size_t size = to.size() + bytes.size();
    if (size > to.capacity()) {
        const std::uint64_t enough =
            std::max<std::uint64_t>(size, most == ~std::uint64_t{0} ? most : most + bytes.size());
        to.reserve(static_cast<std::size_t>(
            std::min<std::uint64_t>(std::max(2 * to.capacity(), size), enough)));
    }
    to.append(bytes);
}

} // namespace fabula::detail
