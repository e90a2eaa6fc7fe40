// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/cancellation.hpp"
#include "base/threads.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>

namespace fabula::detail {

/// Calls work(0) … work(tasks − 1), each once, begun in that order, on `threads` threads of oneTBB
/// (0 = `default_threads`), the calling one among them. The tasks must not depend on each other.
/// After an exception no further task begins, and the first one is thrown again here.
///
/// Never more threads than that, nor fewer, while there are tasks, even where cores are fewer; only
/// a `tbb::global_control` of the application that allows less goes first. Each call has an arena
/// of its own: a task may call this again, and a thread that waits in there does not take up
/// another task of the outer call. With one thread everything runs here, without oneTBB.
/// \throws Error(cancelled) where the caller's `CancellationScope` says so
template <class Work>
void for_each_task(std::size_t tasks, unsigned threads, Work&& work) {
    const std::stop_token* const stop = CancellationScope::current();
    const auto run_here = [&] {
        for (std::size_t task = 0; task < tasks; ++task) {
            stop_here_if_requested(stop);
            work(task);
        }
    };
    if (threads == 1 || tasks <= 1)
        return run_here(); // without asking for the cores, which takes some microseconds
    const std::size_t cores = default_threads();
    std::size_t workers = std::min<std::size_t>(threads == 0 ? cores : threads, tasks);
    if (workers <= 1)
        return run_here();
    using tbb::global_control;
    std::optional<global_control> more_than_cores;
    if (workers > cores)
        more_than_cores.emplace(global_control::max_allowed_parallelism, workers);
    workers =
        std::min(workers, global_control::active_value(global_control::max_allowed_parallelism));

    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failure_mutex;
    const auto run = [&](std::size_t /*worker*/) {
        for (std::size_t task = next++; task < tasks; task = next++) {
            try {
                stop_here_if_requested(stop);
                work(task);
            } catch (...) {
                const std::lock_guard lock(failure_mutex);
                if (!failure)
                    failure = std::current_exception();
                next = tasks;
            }
        }
    };
    tbb::task_arena arena(static_cast<int>(workers));
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, workers, std::size_t{1}, run, tbb::simple_partitioner());
    });
    if (failure)
        std::rethrow_exception(failure);
}

/// Some items in a row, by their numbers.
struct ItemRange {
    std::size_t begin{};
    std::size_t end{};
};

/// Calls work(range) for each `at_once` of so many items, the last ones fewer; as above.
template <class Work>
void for_each_range(std::size_t items, std::size_t at_once, unsigned threads, const Work& work) {
    for_each_task((items + at_once - 1) / at_once, threads, [&](std::size_t task) {
        const std::size_t begin = task * at_once;
        work(ItemRange{begin, std::min(items, begin + at_once)});
    });
}

/// How many of so many items one task takes: `most`, and fewer of few, so that all threads have
/// some.
[[nodiscard]] constexpr std::size_t items_per_task(std::size_t items, std::size_t most) {
    constexpr std::size_t enough_tasks = 64;
    return std::clamp<std::size_t>(items / enough_tasks, 1, most);
}

} // namespace fabula::detail
