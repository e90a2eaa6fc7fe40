// SPDX-License-Identifier: Apache-2.0
#include "pipeline/canonical_order.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>

namespace fabula::detail {

std::vector<std::size_t> canonical_order(const Articles& articles, const EmbeddingMatrix* vectors) {
    std::vector<std::size_t> order(articles.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [&](std::size_t i) {
        const Article& a = articles[i];
        return std::tie(a.published, a.id, a.title, a.language, a.source);
    };
    Article buffer_a;
    Article buffer_b;
    // Stable: articles that are the same in every field stay in the order of the input, where
    // nothing can tell which is which.
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (key(a) != key(b))
            return key(a) < key(b);
        if (a == b)
            return false;
        const int texts = articles.read(a, buffer_a).text.compare(articles.read(b, buffer_b).text);
        if (texts != 0 || vectors == nullptr)
            return texts < 0;
        const std::span<const float> x = vectors->row(a);
        const std::span<const float> y = vectors->row(b);
        return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
    });
    return order;
}

} // namespace fabula::detail
