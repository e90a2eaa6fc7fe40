// SPDX-License-Identifier: Apache-2.0
#include "pipeline/canonical_order.hpp"

#include "base/runs.hpp"
#include "features/article_features.hpp"
#include "features/article_identity.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace fabula::detail {

namespace {

/// By key(i); those of one key by identity(i), which costs the reading of a text and so is asked
/// for them alone, then by vector(i). What is the same in all stays in the order of the input,
/// where nothing can tell which is which.
template <class Key, class Identity, class Vector>
std::vector<std::size_t> order_of(std::size_t size, const Key& key, const Identity& identity,
                                  const Vector& vector) {
    std::vector<std::size_t> order(size);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    std::vector<std::size_t> out;
    out.reserve(size);
    for_each_run(order, key, [&](std::span<const std::size_t> run) {
        std::vector<std::pair<std::uint64_t, std::size_t>> same;
        for (const std::size_t i : run)
            same.emplace_back(run.size() > 1 ? identity(i) : 0, i);
        std::stable_sort(same.begin(), same.end(), [&](const auto& a, const auto& b) {
            if (a.first != b.first)
                return a.first < b.first;
            const std::span<const float> x = vector(a.second);
            const std::span<const float> y = vector(b.second);
            return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
        });
        for (const auto& [of_fields, i] : same)
            out.push_back(i);
    });
    return out;
}

} // namespace

std::vector<std::size_t> canonical_order(const Articles& articles, const EmbeddingMatrix* vectors) {
    Article buffer;
    return order_of(
        articles.size(),
        [&](std::size_t i) { return std::tie(articles[i].published, articles[i].id); },
        [&](std::size_t i) { return article_identity(articles.read(i, buffer)); },
        [&](std::size_t i) {
            return vectors != nullptr ? vectors->row(i) : std::span<const float>{};
        });
}

std::vector<std::size_t> canonical_order(std::span<const ArticleFeatures> features) {
    return order_of(
        features.size(),
        [&](std::size_t i) {
            return std::pair(features[i].published(), std::string_view(features[i].id()));
        },
        [&](std::size_t i) { return FeatureData::of(features[i]).identity; },
        [&](std::size_t i) { return features[i].vector(); });
}

} // namespace fabula::detail
