// SPDX-License-Identifier: Apache-2.0
#include "io/write/counts.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

std::vector<Contribution> main_contributions(const Comparison& comparison) {
    constexpr std::size_t most = 3;
    constexpr double least = 0.005; // less would read as nothing
    std::vector<Contribution> out = comparison.explanation.contributions;
    std::erase_if(out, [](const Contribution& part) { return std::abs(part.log_odds) < least; });
    std::stable_sort(out.begin(), out.end(), [](const Contribution& a, const Contribution& b) {
        return std::abs(a.log_odds) > std::abs(b.log_odds);
    });
    if (out.size() > most)
        out.resize(most);
    return out;
}

} // namespace fabula::detail
