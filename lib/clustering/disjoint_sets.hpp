// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clustering/dense_labels.hpp"

#include <fabula/clustering.hpp>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace fabula::detail {

/// Union-find over 0 … size − 1.
class DisjointSets {
public:
    explicit DisjointSets(std::size_t size) : parent_(size) {
        std::iota(parent_.begin(), parent_.end(), 0U);
    }

    [[nodiscard]] std::uint32_t find(std::uint32_t node) {
        while (parent_[node] != node) {
            parent_[node] = parent_[parent_[node]];
            node = parent_[node];
        }
        return node;
    }

    /// Lets the set of root `child` join that of root `root`.
    void attach(std::uint32_t child, std::uint32_t root) { parent_[child] = root; }

    /// Dense labels in the order of first members.
    [[nodiscard]] Clustering clustering() {
        std::vector<std::uint32_t> roots;
        roots.reserve(parent_.size());
        for (std::uint32_t node = 0; node < parent_.size(); ++node)
            roots.push_back(find(node));
        return dense_labels(std::move(roots), parent_.size());
    }

private:
    std::vector<std::uint32_t> parent_;
};

} // namespace fabula::detail
