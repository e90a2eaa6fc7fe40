// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <span>

namespace fabula::detail {

/// Sorts a vector and leaves each of its values once.
template <class Values>
void sort_unique(Values& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// Calls visit(run) for each longest run of neighbours whose `key` is the same, a part of `values`.
template <class Values, class Key, class Visit>
void for_each_run(const Values& values, const Key& key, const Visit& visit) {
    for (auto begin = values.begin(); begin != values.end();) {
        const auto end = std::find_if(begin, values.end(), [&](const auto& value) {
            return std::invoke(key, value) != std::invoke(key, *begin);
        });
        visit(std::span(begin, end));
        begin = end;
    }
}

} // namespace fabula::detail
