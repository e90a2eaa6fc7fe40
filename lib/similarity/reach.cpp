// SPDX-License-Identifier: Apache-2.0
#include "similarity/reach.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace fabula::detail {

double articles_in_reach(std::span<const std::optional<std::chrono::sys_seconds>> times,
                         std::span<const std::uint32_t> members, std::chrono::seconds time_window) {
    const auto n = static_cast<double>(members.size());
    if (members.empty() || time_window.count() == 0)
        return n;
    std::vector<std::int64_t> dated;
    for (const std::uint32_t member : members)
        if (times[member])
            dated.push_back(times[member]->time_since_epoch().count());
    std::sort(dated.begin(), dated.end());
    // Unsigned: the difference of two signed numbers may not fit.
    const auto window = static_cast<std::uint64_t>(time_window.count());
    double pairs = 0;
    for (std::size_t first = 0, last = 0; last < dated.size(); ++last) {
        while (static_cast<std::uint64_t>(dated[last]) - static_cast<std::uint64_t>(dated[first]) >
               window)
            ++first;
        pairs += static_cast<double>(last - first);
    }
    const double undated = n - static_cast<double>(dated.size());
    pairs += undated * static_cast<double>(dated.size()) + undated * (undated - 1) / 2;
    return 2 * pairs / n;
}

} // namespace fabula::detail
