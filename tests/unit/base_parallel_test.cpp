// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <condition_variable>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace fabula::detail;

namespace {

/// Waits until `count` are here; false where they do not come.
class Meeting {
public:
    explicit Meeting(std::size_t count) : missing_(count) {}
    bool join() {
        std::unique_lock lock(mutex_);
        --missing_;
        all_here_.notify_all();
        return all_here_.wait_for(lock, std::chrono::seconds(20), [&] { return missing_ == 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable all_here_;
    std::size_t missing_;
};

} // namespace

TEST_CASE("parallel tasks: each runs once, for any number of threads") {
    for (const unsigned threads : {0U, 1U, 2U, 3U, 9U})
        for (const std::size_t tasks : {0, 1, 2, 100}) {
            std::vector<std::atomic<int>> runs(tasks);
            for_each_task(tasks, threads, [&](std::size_t task) { ++runs[task]; });
            for (const auto& count : runs)
                CHECK(count == 1);
        }
}

TEST_CASE("parallel tasks: as many threads as asked for, more than cores included, and no more") {
    const unsigned threads = std::thread::hardware_concurrency() + 3;
    Meeting meeting(threads);
    std::atomic<unsigned> met{0};
    for_each_task(threads, threads, [&](std::size_t) { met += meeting.join() ? 1 : 0; });
    CHECK(met == threads);

    std::mutex mutex;
    std::set<std::thread::id> seen;
    for_each_task(2000, 2, [&](std::size_t) {
        const std::lock_guard lock(mutex);
        seen.insert(std::this_thread::get_id());
    });
    CHECK(seen.size() <= 2);
}

TEST_CASE(
    "parallel tasks: a task may have tasks, and meets no other task of its own call meanwhile") {
    std::atomic<int> runs{0};
    std::atomic<int> mixed{0};
    for_each_task(40, 3, [&](std::size_t) {
        thread_local int inside = 0;
        mixed += inside++ != 0;
        for_each_task(20, 3, [&](std::size_t) { ++runs; });
        --inside;
    });
    CHECK(runs == 800);
    CHECK(mixed == 0);
}

TEST_CASE("parallel tasks: an exception comes out, once, and the rest is not begun") {
    for (const unsigned threads : {1U, 2U, 5U}) {
        std::atomic<int> begun{0};
        CHECK_THROWS_AS(for_each_task(100'000, threads,
                                      [&](std::size_t task) {
                                          ++begun;
                                          if (task == 5)
                                              throw std::runtime_error("task 5");
                                          if (task > 5) // however long a throw takes
                                              std::this_thread::sleep_for(
                                                  std::chrono::microseconds{20});
                                      }),
                        std::runtime_error);
        CHECK(begun >= 6);
        CHECK(begun < 100'000);
    }
}
