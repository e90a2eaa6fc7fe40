// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace fabula::detail {

/// Articles of one language in one predicted and one gold cluster.
struct Cell {
    std::uint32_t predicted{};
    std::uint32_t gold{};
    std::uint32_t language{};
    std::uint64_t articles{};

    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> clusters() const {
        return {predicted, gold};
    }
};

/// Two partitions of the same articles, counted: all figures follow from these numbers, and there
/// are at most as many cells as articles. Labels are made dense here; sorted by (predicted, gold,
/// language).
struct Contingency {
    std::vector<Cell> cells;
    std::vector<std::uint64_t> predicted_sizes;
    std::vector<std::uint64_t> gold_sizes;
};

/// O(n log n). The spans have the same size.
[[nodiscard]] Contingency count(std::span<const std::uint32_t> predicted,
                                std::span<const std::uint32_t> gold,
                                std::span<const std::uint32_t> languages);

/// 1 of nothing.
[[nodiscard]] inline double share(std::uint64_t of, std::uint64_t all) {
    return all == 0 ? 1 : static_cast<double>(of) / static_cast<double>(all);
}

/// A sum of fractions that does not depend on the order of its terms: numerators of one denominator
/// are added as integers, and the quotients in the order of the denominators. Renaming clusters or
/// reordering articles changes no bit of a figure.
class FractionSum {
public:
    void add(std::uint64_t numerator, std::uint64_t denominator) {
        numerators_[denominator] += numerator;
    }
    [[nodiscard]] double value() const {
        double sum = 0;
        for (const auto& [denominator, numerator] : numerators_)
            sum += static_cast<double>(numerator) / static_cast<double>(denominator);
        return sum;
    }

private:
    std::map<std::uint64_t, std::uint64_t> numerators_;
};

} // namespace fabula::detail
