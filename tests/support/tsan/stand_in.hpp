// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

/// The few parts of oneTBB that this project uses, on plain threads, for the tsan preset alone.
///
/// ThreadSanitizer does not see how an uninstrumented libtbb synchronises its threads. It then
/// either reports races that are none, or, with those suppressed, misses the real ones in every
/// task. These threads it does see.
namespace tbb {

namespace stand_in {

/// More threads than the cores of a small machine have a better chance to meet.
constexpr int default_concurrency = 4;

inline thread_local int concurrency = default_concurrency;

/// Calls work(0) … work(count − 1) on the threads that the arena allows; the first exception is
/// thrown again.
template <class Work>
void for_each_index(std::size_t count, const Work& work) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failure_mutex;
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            try {
                work(i);
            } catch (...) {
                const std::lock_guard lock(failure_mutex);
                if (!failure)
                    failure = std::current_exception();
                next = count;
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 1; i < concurrency && static_cast<std::size_t>(i) < count; ++i)
            threads.emplace_back(run);
        run();
    }
    if (failure)
        std::rethrow_exception(failure);
}

} // namespace stand_in

/// The one that allows most goes, not the one that allows least: enough for an application that
/// has none of its own.
class global_control {
public:
    enum parameter { max_allowed_parallelism };

    global_control(parameter /*of*/, std::size_t value) {
        std::size_t before = most_.load();
        while (before < value && !most_.compare_exchange_weak(before, value)) {
        }
    }

    static std::size_t active_value(parameter /*asked*/) { return most_.load(); }

private:
    inline static std::atomic<std::size_t> most_{stand_in::default_concurrency};
};

class simple_partitioner {};

class task_arena {
public:
    static constexpr int automatic = -1;

    explicit task_arena(int concurrency = automatic)
        : concurrency_(concurrency == automatic ? stand_in::default_concurrency : concurrency) {}

    template <class Function>
    auto execute(Function&& function) {
        struct Restore {
            int before = stand_in::concurrency;
            ~Restore() { stand_in::concurrency = before; }
        } const restore;
        stand_in::concurrency = concurrency_;
        return std::forward<Function>(function)();
    }

private:
    int concurrency_;
};

template <class Value>
class blocked_range {
public:
    blocked_range(Value begin, Value end, std::size_t grain = 1)
        : begin_(begin), end_(end), grain_(grain) {}

    [[nodiscard]] Value begin() const { return begin_; }
    [[nodiscard]] Value end() const { return end_; }
    [[nodiscard]] std::size_t grainsize() const { return grain_; }

private:
    Value begin_;
    Value end_;
    std::size_t grain_;
};

template <class Index, class Body>
void parallel_for(Index first, Index last, const Body& body) {
    const auto count = first < last ? static_cast<std::size_t>(last - first) : std::size_t{0};
    stand_in::for_each_index(
        count, [&](std::size_t i) { body(static_cast<Index>(first + static_cast<Index>(i))); });
}

template <class Index, class Body>
void parallel_for(Index first, Index last, Index step, const Body& body,
                  const simple_partitioner& /*partitioner*/) {
    const auto count =
        first < last ? static_cast<std::size_t>((last - first + step - 1) / step) : std::size_t{0};
    stand_in::for_each_index(count, [&](std::size_t i) {
        body(static_cast<Index>(first + static_cast<Index>(i) * step));
    });
}

template <class Value, class Body>
void parallel_for(const blocked_range<Value>& range, const Body& body) {
    const auto size = static_cast<std::size_t>(range.end() - range.begin());
    const std::size_t grain = std::max<std::size_t>(range.grainsize(), 1);
    stand_in::for_each_index((size + grain - 1) / grain, [&](std::size_t i) {
        const std::size_t end = std::min(size, (i + 1) * grain);
        body(blocked_range<Value>(range.begin() + static_cast<Value>(i * grain),
                                  range.begin() + static_cast<Value>(end), grain));
    });
}

template <class Iterator, class Less = std::less<>>
void parallel_sort(Iterator begin, Iterator end, Less less = {}) {
    std::sort(begin, end, less);
}

template <class Value>
class enumerable_thread_specific {
public:
    enumerable_thread_specific() : make_([] { return Value(); }) {}
    template <class Make>
    explicit enumerable_thread_specific(Make make) : make_(std::move(make)) {}

    Value& local() {
        const std::lock_guard lock(mutex_);
        const auto [entry, is_new] = of_thread_.try_emplace(std::this_thread::get_id(), nullptr);
        if (is_new)
            entry->second = &values_.emplace_back(make_());
        return *entry->second;
    }

    auto begin() { return values_.begin(); }
    auto end() { return values_.end(); }
    [[nodiscard]] std::size_t size() const { return values_.size(); }

private:
    std::function<Value()> make_;
    std::mutex mutex_;
    std::map<std::thread::id, Value*> of_thread_;
    std::deque<Value> values_;
};

} // namespace tbb
