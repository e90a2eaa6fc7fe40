// SPDX-License-Identifier: Apache-2.0
#include "statistics/window_density.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace fabula::detail {

namespace {

double articles_in_window(Times times, std::span<const std::uint32_t> members,
                          std::chrono::seconds time_window) {
    const auto n = static_cast<double>(members.size());
    if (members.empty() || time_window.count() == 0)
        return n;
    std::vector<std::chrono::sys_seconds> dated;
    for (const std::uint32_t member : members)
        if (times[member])
            dated.push_back(*times[member]);
    std::sort(dated.begin(), dated.end());
    double pairs = 0;
    for (std::size_t first = 0, last = 0; last < dated.size(); ++last) {
        while (!within_window(dated[first], dated[last], time_window))
            ++first;
        pairs += static_cast<double>(last - first);
    }
    const double undated = n - static_cast<double>(dated.size());
    pairs += undated * static_cast<double>(dated.size()) + undated * (undated - 1) / 2;
    return 2 * pairs / n;
}

} // namespace

WindowDensity window_density(Times times, std::span<const std::uint32_t> members,
                             std::chrono::seconds time_window, std::size_t exact_below) {
    return {time_window, articles_in_window(times, members, time_window), exact_below};
}

} // namespace fabula::detail
