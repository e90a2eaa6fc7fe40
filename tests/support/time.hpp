// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <limits>

namespace fabula::test {

/// The shortest of three runs, in seconds.
template <class Work>
double shortest_time(Work&& work) {
    double best = std::numeric_limits<double>::max();
    for (int run = 0; run < 3; ++run) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
        best = std::min(best, passed.count());
    }
    return best;
}

/// `eight_times` takes eight times as much as `once`: whether it takes eight times as long, give or
/// take what else the machine does, and not 64 times.
template <class Work, class MoreWork>
bool is_linear(Work&& once, MoreWork&& eight_times) {
    return shortest_time(eight_times) < 28 * shortest_time(once);
}

} // namespace fabula::test
