// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/furniture_lines.hpp"

#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

namespace fabula::detail {

/// What a learned hash stands for: the same words mean different things in different places.
enum class Part : std::uint64_t {
    source,
    line,
    ending,
    longest,
    headline,
    passage,
    title_passage,
    head, ///< of the first sentence
    tail, ///< of the last one
    tail_words
};

[[nodiscard]] inline std::uint64_t furniture_hash(Part part, std::string_view bytes,
                                                  std::uint64_t source = 0) {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(),
                                source * 16 + static_cast<std::uint64_t>(part));
}

/// Articles without a source are one source of their own.
[[nodiscard]] inline std::uint64_t source_hash(std::string_view source) {
    return furniture_hash(Part::source, line_key(source));
}

/// Hashes are spread evenly: the search begins where the value would stand if they were so exactly,
/// and widens from there. It reads a few lines of memory in place of one a halving.
[[nodiscard]] inline bool contains(std::span<const std::uint64_t> sorted, std::uint64_t value) {
    const std::size_t n = sorted.size();
    if (n == 0)
        return false;
    std::size_t begin = ((value >> 32U) * n) >> 32U; // below n
    std::size_t end = begin + 1;
    for (std::size_t step = 16; begin > 0 && sorted[begin] > value; step *= 2) {
        end = begin;
        begin -= std::min(begin, step);
    }
    for (std::size_t step = 16; end < n && sorted[end - 1] < value; step *= 2) {
        begin = end;
        end += std::min(n - end, step);
    }
    return std::binary_search(sorted.begin() + static_cast<std::ptrdiff_t>(begin),
                              sorted.begin() + static_cast<std::ptrdiff_t>(end), value);
}

} // namespace fabula::detail
