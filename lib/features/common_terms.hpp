// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/lexical_features.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace fabula::detail {

/// Vectors of the compiler: sixteen bytes, which every processor of the baseline compares at once.
using FourKeys = std::uint32_t __attribute__((vector_size(16)));
using TwoWords = std::uint64_t __attribute__((vector_size(16)));

inline FourKeys keys_of(const WeightedTerm* terms) {
    static_assert(sizeof(WeightedTerm) == 2 * sizeof(std::uint32_t)); // a key, then a weight
    FourKeys low;
    FourKeys high;
    std::memcpy(&low, terms, sizeof low);
    std::memcpy(&high, terms + 2, sizeof high);
    return __builtin_shufflevector(low, high, 0, 2, 4, 6);
}

/// Calls visit(x, y) for the terms with the same key in two lists, in the order of keys. Both are
/// sorted by key, each key once.
///
/// Four keys of one list are compared with four of the other at once: of two articles, few terms
/// are the same, so that there is hardly a branch that the processor guesses wrongly. Where one
/// list meets many others, see `TermPlaces`.
template <class Visitor>
void for_each_common_term(std::span<const WeightedTerm> a, std::span<const WeightedTerm> b,
                          Visitor&& visit) {
    constexpr std::ptrdiff_t block = 4;
    const WeightedTerm* x = a.data();
    const WeightedTerm* y = b.data();
    const WeightedTerm* const x_end = x + a.size();
    const WeightedTerm* const y_end = y + b.size();
    while (x_end - x >= block && y_end - y >= block) {
        const FourKeys of_x = keys_of(x);
        const FourKeys of_y = keys_of(y);
        const auto same = (of_x == of_y) |
                          (of_x == __builtin_shufflevector(of_y, of_y, 1, 2, 3, 0)) |
                          (of_x == __builtin_shufflevector(of_y, of_y, 2, 3, 0, 1)) |
                          (of_x == __builtin_shufflevector(of_y, of_y, 3, 0, 1, 2));
        TwoWords any;
        std::memcpy(&any, &same, sizeof any);
        if ((any[0] | any[1]) != 0)
            for (std::ptrdiff_t i = 0; i < block; ++i)
                for (std::ptrdiff_t j = 0; j < block; ++j)
                    if (x[i].key == y[j].key)
                        visit(x[i], y[j]);
        const std::uint32_t last_of_x = x[block - 1].key;
        const std::uint32_t last_of_y = y[block - 1].key;
        x += last_of_x <= last_of_y ? block : 0;
        y += last_of_y <= last_of_x ? block : 0;
    }
    while (x != x_end && y != y_end) {
        const std::uint32_t of_x = x->key;
        const std::uint32_t of_y = y->key;
        if (of_x == of_y)
            visit(*x, *y);
        x += of_x <= of_y ? 1 : 0;
        y += of_y <= of_x ? 1 : 0;
    }
}

} // namespace fabula::detail
