// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fabula::detail {

/// Appends to what shall not become much longer than `most` bytes. While it moves to a larger
/// place, both take room: the last move is made early, so that together they stay below twice of
/// it.
inline void append_within(std::string& to, std::string_view bytes, std::uint64_t most) {
    const std::uint64_t size = to.size() + bytes.size();
    if (size > to.capacity()) {
        const std::uint64_t doubled = std::max<std::uint64_t>(2 * to.capacity(), size);
        const std::uint64_t enough = std::max(size, most + bytes.size());
        const bool is_last = most < doubled * 2;
        to.reserve(static_cast<std::size_t>(is_last ? enough : doubled));
    }
    to.append(bytes);
}

} // namespace fabula::detail
