// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/learned_hashes.hpp"

#include "base/runs.hpp"

#include <algorithm>
#include <bit>

namespace fabula::detail {

bool contains(std::span<const std::uint64_t> sorted, std::uint64_t value) {
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

void LearnedHashes::add(std::span<const std::uint64_t> hashes) {
    constexpr std::size_t bits_a_hash = 16;
    sorted_.insert(sorted_.end(), hashes.begin(), hashes.end());
    sort_unique(sorted_);
    sorted_.shrink_to_fit();
    bits_.assign(std::bit_ceil(sorted_.size() * bits_a_hash / 64 + 1), 0);
    for (const std::uint64_t hash : sorted_) {
        const std::size_t bit = hash & (64 * bits_.size() - 1);
        bits_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
}

} // namespace fabula::detail
