// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <limits>

namespace fabula::test {

/// Processor time of this thread, in seconds: what else the machine does is not in it.
inline double thread_time() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// The shortest of three runs, in seconds.
template <class Work>
double shortest_time(Work&& work) {
    double best = std::numeric_limits<double>::max();
    for (int run = 0; run < 3; ++run) {
        const double begin = thread_time();
        work();
        best = std::min(best, thread_time() - begin);
    }
    return best;
}

/// Whether `work` takes about 16 times as long for what `make` makes of 16 times the size, and not
/// 256 times. The size should be worth a millisecond.
template <class Make, class Work>
bool is_linear(std::size_t size, Make&& make, Work&& work) {
    const auto few = make(size);
    const auto many = make(16 * size);
    return shortest_time([&] { work(many); }) < 80 * shortest_time([&] { work(few); });
}

} // namespace fabula::test
