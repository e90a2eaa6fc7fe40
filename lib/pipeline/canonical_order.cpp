// SPDX-License-Identifier: Apache-2.0
#include "pipeline/canonical_order.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace fabula::detail {

std::vector<std::size_t> canonical_order(const Articles& articles) {
    std::vector<std::size_t> order(articles.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [&](std::size_t i) {
        const Article& a = articles[i];
        return std::tie(a.published, a.id, a.title, a.language, a.source);
    };
    Article room_a;
    Article room_b;
    // Stable: articles that are the same in every field stay in the order of the input, where
    // nothing can tell which is which.
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (key(a) != key(b))
            return key(a) < key(b);
        return a != b && articles.read(a, room_a).text < articles.read(b, room_b).text;
    });
    return order;
}

} // namespace fabula::detail
