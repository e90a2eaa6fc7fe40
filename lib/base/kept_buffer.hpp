// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace fabula::detail {

/// Bytes of a buffer that stay for the next article. One of 100 KB, which is a long one, needs no
/// more.
inline constexpr std::size_t most_kept = std::size_t{1} << 20U;

/// Frees a vector or string that is kept from article to article, where one made it large: what
/// threads and pools keep must not be the memory of the largest article ever met.
template <class Buffer>
void free_if_large(Buffer& buffer) {
    // NOLINTNEXTLINE(bugprone-sizeof-expression): the values may be pointers
    if (buffer.capacity() * sizeof(typename Buffer::value_type) > most_kept)
        Buffer().swap(buffer);
}

} // namespace fabula::detail
