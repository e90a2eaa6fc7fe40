// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/clustering.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
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
        constexpr auto none = std::numeric_limits<std::uint32_t>::max();
        std::vector<std::uint32_t> label_of_root(parent_.size(), none);
        Clustering result;
        result.labels.reserve(parent_.size());
        for (std::uint32_t node = 0; node < parent_.size(); ++node) {
            std::uint32_t& label = label_of_root[find(node)];
            if (label == none)
                label = static_cast<std::uint32_t>(result.clusters++);
            result.labels.push_back(label);
        }
        return result;
    }

private:
    std::vector<std::uint32_t> parent_;
};

} // namespace fabula::detail
