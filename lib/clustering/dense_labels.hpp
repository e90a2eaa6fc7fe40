// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/clustering.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace fabula::detail {

/// The same partition with dense labels in the order of first members. The labels given are below
/// `numbers`.
[[nodiscard]] inline Clustering dense_labels(std::vector<std::uint32_t> labels,
                                             std::size_t numbers) {
    constexpr auto none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> renumbered(numbers, none);
    Clustering out;
    for (std::uint32_t& label : labels) {
        std::uint32_t& number = renumbered[label];
        if (number == none)
            number = static_cast<std::uint32_t>(out.clusters++);
        label = number;
    }
    out.labels = std::move(labels);
    return out;
}

} // namespace fabula::detail
