// SPDX-License-Identifier: Apache-2.0
#include "similarity/crowding.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

double crowding(std::vector<CrowdNeighbour>& neighbours) {
    constexpr double enough = 10;
    constexpr double as_likely_as_not = 0.6;
    constexpr double step = 0.05;
    std::sort(
        neighbours.begin(), neighbours.end(), [](const CrowdNeighbour& a, const CrowdNeighbour& b) {
            return a.closeness != b.closeness ? a.closeness > b.closeness : a.article < b.article;
        });
    double sum = 0;
    double worth = 0;
    for (const CrowdNeighbour& neighbour : neighbours) {
        if (neighbour.closeness <= 0 || worth >= enough)
            break;
        const double other = 1 / (1 + std::exp((neighbour.closeness - as_likely_as_not) / step));
        const double counts = std::min(other, enough - worth);
        worth += counts;
        sum += counts * neighbour.closeness;
    }
    return sum / enough;
}

} // namespace fabula::detail
